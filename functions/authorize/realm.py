"""Home realm discovery with the tables: the hints of a request -> connections to choose from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from authsso.errors import RedirectedError
from authsso.model import Application, AuthorizationRequest, Connection
from authsso.protocol import home_realm

if TYPE_CHECKING:
    from authsso.adapters.imported_providers import ImportedKey
    from authsso.protocol.home_realm import Hints
    from authsso.services import Services


@dataclass(frozen=True, slots=True)
class Realm:
    """Where a person may go.

    Args:
        connections: None: nobody knows yet. One: there. Several: the person chooses.
        goes_to_password: The address belongs to no organisation with single sign-on.
        pool_provider: A provider of the pool that is nobody's connection: it is Cognito's own.
        mistyped: There was a login hint, and it is no address.
    """

    connections: tuple[Connection, ...]
    goes_to_password: bool = False
    pool_provider: str | None = None
    mistyped: bool = False


def find_connections(
    services: "Services", request: AuthorizationRequest, application: Application | None
) -> Realm:
    """Find the connections that the hints of a request lead to.

    Args:
        services: The world outside.
        request: What the application asks.
        application: The one that asks.

    Raises:
        RedirectedError: The application named a connection or an organisation that is unknown,
            disabled, or not to be used now; it cannot tell which.
    """
    hints = home_realm.hints(request)
    found = _found(services, hints)
    if not found and _is_cognitos_own(services, hints, application):
        return Realm(connections=(), pool_provider=hints.pool_provider)
    if hints.named and not found:
        raise _unknown(request)
    return Realm(
        connections=found,
        goes_to_password=not found and hints.domain is not None,
        mistyped=request.login_hint is not None and hints.domain is None,
    )


def _found(services: "Services", hints: "Hints") -> tuple[Connection, ...]:
    if hints.connection_id:
        key = services.connections.by_connection_id(hints.connection_id)
        if key is None:
            return ()
        offered = home_realm.candidates(services.connections.connections(key.tenant_id))
        return tuple(c for c in offered if c.connection_id == hints.connection_id)
    tenant_id = _tenant(services, hints)
    if hints.pool_provider and (hints.provider is None or tenant_id is None):
        return _imported(services, services.imported_providers.by_name(hints.pool_provider))
    if tenant_id is None:
        return ()
    connections = services.connections.connections(tenant_id)
    if not connections and hints.tenant:
        return _imported(services, services.imported_providers.by_identifier(hints.tenant))
    fitting = home_realm.candidates(connections, hints.provider)
    # A kind beside an address is a wish: the address still leads to what its organisation uses.
    return fitting if fitting or hints.named else home_realm.candidates(connections)


def _imported(services: "Services", key: "ImportedKey | None") -> tuple[Connection, ...]:
    if key is None:
        return ()
    offered = home_realm.candidates(services.connections.connections(key.tenant_id))
    return tuple(c for c in offered if c.provider == key.provider and c.imported_from is not None)


def _is_cognitos_own(services: "Services", hints: "Hints", application: Application | None) -> bool:
    """Tell whether an application asks for a provider that it offers and that is no connection.

    A kind's name is one of the pool's, too, where nothing tells whose connection is meant: Cognito
    calls its own provider `Google`.
    Who imported one decides over it from then on; a connection that was deleted gives it back.
    """
    name = hints.pool_provider
    if name is None or application is None or (hints.provider and (hints.tenant or hints.domain)):
        return False
    if name not in application.identity_providers:
        return False
    key = services.imported_providers.by_name(name)
    head = services.connections.connection(*key) if key else None
    return head is None or head.is_empty


def _tenant(services: "Services", hints: "Hints") -> str | None:
    if hints.tenant is None:
        return services.domains.proven_owner(hints.domain) if hints.domain else None
    domain = home_realm.as_domain(hints.tenant)
    owner = services.domains.proven_owner(domain) if domain else None
    return owner or hints.tenant


def _unknown(request: AuthorizationRequest) -> RedirectedError:
    return RedirectedError(
        "connection_unknown",
        error="invalid_request",
        description="identity_provider or idp_identifier leads to no single sign-on that is on",
        redirect_uri=request.redirect_uri,
        state=request.state,
    )
