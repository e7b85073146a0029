"""How any other OpenID Provider is set up."""

from authsso.providers.forms.address_rules import ANY_ADDRESS, is_endpoint
from authsso.providers.forms.form import STANDARD_CLAIMS, ProviderForm, three_fields

FORM = ProviderForm(
    guide_url="https://openid.net/developers/how-connect-works/",
    fields=three_fields(
        client_id=("The Client ID that your provider gave the application.", "my-application"),
        client_secret=("The Client Secret that your provider gave the application.", "..."),
        discovery_url=(
            "The Issuer; also the address that ends in /.well-known/openid-configuration.",
            "https://login.example.com",
        ),
    ),
    attribute_mapping=STANDARD_CLAIMS,
    address_rules=(*ANY_ADDRESS, is_endpoint),
)
