"""How OneLogin is set up."""

from authsso.errors import FieldError
from authsso.providers.forms.address_rules import ANY_ADDRESS, is_elsewhere, mistake
from authsso.providers.forms.form import STANDARD_CLAIMS, ProviderForm, three_fields
from authsso.providers.forms.typed import Surroundings
from authsso.providers.forms.typed_address import Address
from authsso.providers.forms.typed_address import normalise as normalise_address


def _normalise(text: str) -> str:
    """Bring what was typed to the issuer; the account's address is enough."""
    address = normalise_address(text)
    return f"{address}/oidc/2" if address.count("/") == 2 else address  # noqa: PLR2004 - https://


def _is_not_an_issuer(address: Address, _: Surroundings) -> FieldError | None:
    if address.segments == ("oidc", "2"):
        return None
    return mistake(
        "not_an_issuer",
        "This is not the issuer of a OneLogin account.",
        f"Use https://{address.authority}/oidc/2",
    )


FORM = ProviderForm(
    guide_url="https://developers.onelogin.com/openid-connect",
    fields=three_fields(
        client_id=("Applications > your app > SSO: Client ID.", "..."),
        client_secret=("Applications > your app > SSO: Client Secret.", "..."),
        discovery_url=(
            "Applications > your app > SSO: Issuer URL (V2).",
            "https://{subdomain}.onelogin.com/oidc/2",
        ),
    ),
    attribute_mapping=STANDARD_CLAIMS,
    normalise=_normalise,
    address_rules=(*ANY_ADDRESS, is_elsewhere, _is_not_an_issuer),
)
