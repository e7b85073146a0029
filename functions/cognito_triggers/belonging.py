"""Which tenant the triggers take somebody to belong to."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from authsso.protocol.pool_identities import read_identities
from authsso.protocol.token_claims import TENANT_CLAIM

if TYPE_CHECKING:
    from authsso.services import Services


def tenant_of(services: "Services", attributes: Mapping[str, Any]) -> str | None:
    """Return the tenant whose enforcement somebody is under.

    A user whom Cognito's federation has made need not carry one: who came through an imported
    provider belongs to the tenant that it was imported for.

    Args:
        services: For the imported providers.
        attributes: `userAttributes` of the event.

    Raises:
        UnavailableError: DynamoDB did not answer; nobody may be let in on a guess.
    """
    if tenant_id := attributes.get(TENANT_CLAIM):
        return str(tenant_id)
    names = {name for name, _ in read_identities(attributes.get("identities"))}
    keys = (services.imported_providers.by_name(name) for name in sorted(names))
    return next((key.tenant_id for key in keys if key), None)
