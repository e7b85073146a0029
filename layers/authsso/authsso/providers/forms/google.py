"""How Google is set up: the SaaS's own client is used, so nothing is typed."""

from authsso.providers.forms.form import STANDARD_CLAIMS, ProviderForm

FORM = ProviderForm(
    guide_url="https://developers.google.com/identity/openid-connect/openid-connect",
    fields=(),
    attribute_mapping=STANDARD_CLAIMS,
)
