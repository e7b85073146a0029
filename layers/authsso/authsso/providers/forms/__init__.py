"""What an administrator may type for each provider kind: one module each, one table here.

Owns the fields of the form, how a typed address is read, and every mistake that can be named
without asking the provider. Apart from providers/ because no sign-in needs it.
"""

from authsso.model import ProviderKind
from authsso.providers.forms import azure, google, keycloak, oidc, okta, onelogin, salesforce
from authsso.providers.forms.form import ProviderForm

FORMS: dict[ProviderKind, ProviderForm] = {
    "azure": azure.FORM,
    "google": google.FORM,
    "okta": okta.FORM,
    "onelogin": onelogin.FORM,
    "keycloak": keycloak.FORM,
    "salesforce": salesforce.FORM,
    "oidc": oidc.FORM,
}
