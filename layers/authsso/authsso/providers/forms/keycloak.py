"""How Keycloak is set up."""

from authsso.errors import FieldError
from authsso.providers.forms.address_rules import ANY_ADDRESS, mistake
from authsso.providers.forms.form import STANDARD_CLAIMS, ProviderForm, three_fields
from authsso.providers.forms.typed import Surroundings
from authsso.providers.forms.typed_address import Address


def _is_admin_console(address: Address, _: Surroundings) -> FieldError | None:
    match address.segments:
        case ("admin", console, "console", *_):
            issuers = f"https://{address.authority}/realms"
        case ("auth", "admin", console, "console", *_):
            issuers = f"https://{address.authority}/auth/realms"
        case _:
            return None
    # The console of `master` shows every realm; that of another realm shows this one alone.
    realm = _realm_on_screen(address) or (console if console != "master" else None)
    fix = f"Use {issuers}/{realm}"
    if realm is None:
        fix = f"Use {issuers}/{{realm}}, with the name of your realm for {{realm}}."
    return mistake("portal", "This is the address of Keycloak's admin console.", fix)


def _realm_on_screen(address: Address) -> str | None:
    """Read the realm off the fragment: `#/acme/clients`; old releases: `#/realms/acme/clients`."""
    fragment = address.text.partition("#")[2].partition("?")[0]
    match [part for part in fragment.split("/") if part]:
        case ["realms", realm, *_] | [realm, *_]:
            return realm
        case _:
            return None


def _is_not_an_issuer(address: Address, _: Surroundings) -> FieldError | None:
    """Find what does not end in a realm; a proxy or an old release puts a path before it."""
    before, realms, after = address.path.partition("/realms/")
    realm, *rest = after.split("/")
    if realm and not rest:
        return None
    path = f"{before}{realms}{realm}" if realm else "/realms/{realm}"
    return mistake(
        "not_an_issuer",
        "This is not the issuer of a Keycloak realm.",
        f"Use https://{address.authority}{path}",
    )


FORM = ProviderForm(
    guide_url="https://www.keycloak.org/docs/latest/server_admin/#_oidc_clients",
    fields=three_fields(
        client_id=("Clients > your client > Settings: Client ID.", "my-application"),
        client_secret=("Clients > your client > Credentials: Client Secret.", "..."),
        discovery_url=(
            "Realm settings > General > Endpoints: OpenID Endpoint Configuration.",
            "https://{host}/realms/{realm}",
        ),
    ),
    attribute_mapping=STANDARD_CLAIMS,
    address_rules=(_is_admin_console, *ANY_ADDRESS, _is_not_an_issuer),
)
