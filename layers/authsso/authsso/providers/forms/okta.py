"""How Okta is set up: the org server or a custom authorization server."""

from authsso.errors import FieldError
from authsso.providers.forms.address_rules import ANY_ADDRESS, is_elsewhere, is_endpoint, mistake
from authsso.providers.forms.form import STANDARD_CLAIMS, ProviderForm, three_fields
from authsso.providers.forms.typed import Surroundings
from authsso.providers.forms.typed_address import Address


def _is_admin_console(address: Address, _: Surroundings) -> FieldError | None:
    name, dot, domain = address.host.partition(".")
    if not name.endswith("-admin") and address.segments[:1] != ("admin",):
        return None
    return mistake(
        "portal",
        "This is the address of Okta's Admin Console.",
        f"Use https://{name.removesuffix('-admin')}{dot}{domain}",
    )


def _is_not_an_issuer(address: Address, _: Surroundings) -> FieldError | None:
    match address.segments:
        case () | ("oauth2", _):
            return None
    return mistake(
        "not_an_issuer",
        "This is not an issuer of Okta.",
        f"Use https://{address.authority}, or the Issuer shown under Security > API > "
        "Authorization Servers.",
    )


FORM = ProviderForm(
    guide_url="https://help.okta.com/oie/en-us/content/topics/apps/apps_app_integration_wizard_oidc.htm",
    fields=three_fields(
        client_id=("Applications > your app > General: Client ID.", "0oa1b2c3d4e5f6g7h8i9"),
        client_secret=("Applications > your app > General > Client secrets.", "..."),
        discovery_url=(
            "Your Okta domain, or the Issuer of a custom authorization server.",
            "https://{domain}.okta.com",
        ),
    ),
    attribute_mapping=STANDARD_CLAIMS,
    address_rules=(
        *ANY_ADDRESS,
        is_elsewhere,
        _is_admin_console,
        is_endpoint,
        _is_not_an_issuer,
    ),
)
