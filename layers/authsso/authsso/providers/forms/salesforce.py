"""How Salesforce is set up."""

from authsso.errors import FieldError
from authsso.providers.forms.address_rules import ANY_ADDRESS, is_elsewhere, mistake
from authsso.providers.forms.form import STANDARD_CLAIMS, ProviderForm, three_fields
from authsso.providers.forms.typed import Surroundings
from authsso.providers.forms.typed_address import Address


def _is_lightning(address: Address, _: Surroundings) -> FieldError | None:
    if not address.host.endswith(".lightning.force.com"):
        return None
    domain = address.host.removesuffix(".lightning.force.com")
    return mistake(
        "portal",
        "This is the address of Salesforce's Lightning pages.",
        f"Use https://{domain}.my.salesforce.com",
    )


def _is_open_to_all(address: Address, _: Surroundings) -> FieldError | None:
    if address.host not in {"login.salesforce.com", "test.salesforce.com"}:
        return None
    return mistake(
        "open_to_all",
        f"People of every Salesforce customer sign in at {address.host}.",
        "Use your own address: Setup > Company Settings > My Domain > Current My Domain URL.",
    )


def _is_not_an_issuer(address: Address, _: Surroundings) -> FieldError | None:
    if not address.segments:
        return None
    return mistake(
        "not_an_issuer",
        "This is not a My Domain address.",
        f"Use https://{address.authority}",
    )


FORM = ProviderForm(
    guide_url="https://help.salesforce.com/s/articleView?id=sf.connected_app_create_api_integration.htm",
    fields=three_fields(
        client_id=(
            "Setup > App Manager > your app > Manage Consumer Details: Consumer Key.",
            "...",
        ),
        client_secret=("The Consumer Secret beside it.", "..."),
        discovery_url=(
            "Setup > Company Settings > My Domain > Current My Domain URL.",
            "https://{domain}.my.salesforce.com",
        ),
    ),
    attribute_mapping=STANDARD_CLAIMS,
    address_rules=(
        *ANY_ADDRESS,
        _is_lightning,
        _is_open_to_all,
        is_elsewhere,
        _is_not_an_issuer,
    ),
)
