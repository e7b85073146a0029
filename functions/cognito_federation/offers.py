"""Which app clients offer the tenants' providers on Cognito's page, and which of them may."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from authsso.protocol import cognito_provider

if TYPE_CHECKING:
    from authsso.services import Services


def clients(services: "Services") -> tuple[str, ...]:
    """Return the ids of the app clients that still use the Cognito domain."""
    named = services.config.federated_clients
    return cognito_provider.opted_in(services.pool_federation.clients(), named) if named else ()


def offered(services: "Services") -> dict[str, frozenset[str]]:
    """Return what each app client offers of ours, opted in or not."""
    pool = services.pool_federation
    return {client_id: pool.offered(client_id) for client_id in pool.clients()}


def offer(services: "Services", name: str) -> None:
    """Have a provider offered wherever it may be."""
    for client_id in clients(services):
        services.pool_federation.offer(client_id, add={name})


def withdraw(services: "Services", names: Collection[str]) -> None:
    """Have providers offered nowhere, and then be gone: nobody may offer what is not there."""
    pool = services.pool_federation
    for client_id in clients(services):
        pool.offer(client_id, drop=names)
    for name in names:
        pool.remove(name)
