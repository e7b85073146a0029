"""Home realm discovery with the tables: the hints of a request -> connections to choose from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from authsso.errors import RedirectedError
from authsso.model import AuthorizationRequest, Connection
from authsso.protocol import home_realm

if TYPE_CHECKING:
    from authsso.protocol.home_realm import Hints
    from authsso.services import Services


@dataclass(frozen=True, slots=True)
class Realm:
    """Where a person may go.

    Args:
        connections: None: nobody knows yet. One: there. Several: the person chooses.
        goes_to_password: The address belongs to no organisation with single sign-on.
        mistyped: There was a login hint, and it is no address.
    """

    connections: tuple[Connection, ...]
    goes_to_password: bool = False
    mistyped: bool = False


def find_connections(services: "Services", request: AuthorizationRequest) -> Realm:
    """Find the connections that the hints of a request lead to.

    Raises:
        RedirectedError: The application named a connection or an organisation that is unknown,
            disabled, or not to be used now; it cannot tell which.
    """
    hints = home_realm.hints(request)
    if hints is None:
        raise _unknown(request)
    found = _found(services, hints)
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
    if tenant_id is None:
        return ()
    connections = services.connections.connections(tenant_id)
    fitting = home_realm.candidates(connections, hints.provider)
    # A kind beside an address is a wish: the address still leads to what its organisation uses.
    return fitting if fitting or hints.named else home_realm.candidates(connections)


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
