"""One tenant: what the pool must hold for it, and making it so."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger

from authsso.adapters.client_secrets import SecretBindingError
from authsso.adapters.pool_federation import PoolRefusedError
from authsso.errors import UnavailableError
from authsso.model import Connection, ConnectionVersion
from authsso.protocol import cognito_provider
from authsso.protocol.cognito_provider import CognitoProvider
from authsso.protocol.federation_state import state_of
from authsso.providers import PROFILES
from cognito_federation import offers

if TYPE_CHECKING:
    from authsso.services import Services

logger = Logger()


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to become of one connection in the pool.

    Args:
        connection: Which.
        wanted: The provider that the pool must hold, None for none.
        reason: Why, for federation_state.state_of.
    """

    connection: Connection
    wanted: CognitoProvider | None
    reason: str


def converge(services: "Services", tenant_id: str, *, gone: Collection[str] = ()) -> None:
    """Make the pool hold what the tenant's connections say; it is no error if it does already.

    Args:
        services: The world outside.
        tenant_id: Whose.
        gone: Ids of connections that are no more.

    Raises:
        UnavailableError: Cognito is busy; try again. The connections' states say so meanwhile.
    """
    with services.federation.alone(services.new_token(), services.now):
        aims = aims_of(services, tenant_id)
        gone = set(gone) - {aim.connection.connection_id for aim in aims}
        withdraw(services, gone)
        busy = [aim for aim in in_order(aims) if not _reach(services, aim)]
    if busy:
        raise UnavailableError("pool_busy", f"{len(busy)} connections of {tenant_id}")


def aims_of(services: "Services", tenant_id: str) -> list[Aim]:
    """Return what is to become of each of the tenant's connections."""
    connections = services.connections.connections(tenant_id)
    obstacles = {one.provider: _obstacle(services, one, connections) for one in connections}
    free = [one for one in connections if obstacles[one.provider] is None]
    bearer = cognito_provider.bearer(free)
    domains = services.domains.proven_domains(tenant_id) if bearer else ()
    return [
        Aim(one, None, reason)
        if (reason := obstacles[one.provider])
        else _aim(services, one, domains if one is bearer else ())
        for one in connections
    ]


def in_order(aims: Iterable[Aim]) -> list[Aim]:
    """Put first what gives up domains: another provider can bear them only then."""
    return sorted(aims, key=lambda aim: len(aim.wanted.identifiers) if aim.wanted else -1)


def withdraw(services: "Services", connection_ids: Iterable[str]) -> None:
    """Take the providers of connections that are no more out of the pool."""
    for connection_id in connection_ids:
        offers.withdraw(services, {cognito_provider.name_of(connection_id)})
        services.federation.remove(connection_id)


def note(services: "Services", aim: Aim, reason: str) -> None:
    """Write down how a connection stands, for its page and for the callback."""
    state = state_of(reason, at=services.now())
    services.federation.save(aim.connection.connection_id, state)


def _obstacle(
    services: "Services", connection: Connection, siblings: Iterable[Connection]
) -> str | None:
    pinned = PROFILES[connection.provider].pinned_hosts
    more = services.config.pinned_hosts.get(connection.provider, ())
    return cognito_provider.obstacle(
        connection,
        _live(services, connection),
        pinned_hosts=(*pinned, *more) if pinned else (),
        enforced_elsewhere=any(one.enforced for one in siblings),
        is_offered=bool(services.config.federated_clients),
    )


def _live(services: "Services", connection: Connection) -> ConnectionVersion | None:
    if connection.live is None:
        return None
    return services.connections.version(connection.tenant_id, connection.provider, connection.live)


def _aim(services: "Services", connection: Connection, domains: Iterable[str]) -> Aim:
    live = _live(services, connection)
    assert live is not None  # noqa: S101 - else there was an obstacle
    try:
        secret = services.client_secrets.get(
            connection.connection_id,
            live.secret_id,
            issuer=live.metadata.issuer,
            client_id=live.client_id,
        )
    except SecretBindingError:
        return Aim(connection, None, "secret")
    wanted = cognito_provider.wanted(
        connection,
        live,
        client_secret=secret,
        identifiers=cognito_provider.identifiers(domains),
    )
    return Aim(connection, wanted, "offered")


def _reach(services: "Services", aim: Aim) -> bool:
    """Bring one connection about, and write down how it stands; False: try again later."""
    reason = aim.reason
    try:
        _change(services, aim)
    except PoolRefusedError as error:
        logger.warning("pool_refused", detail=str(error), connection=aim.connection.connection_id)
        reason = error.code
    except UnavailableError as error:
        logger.warning(error.code, detail=error.detail, connection=aim.connection.connection_id)
        reason = "busy"
    note(services, aim, reason)
    return reason != "busy"


def _change(services: "Services", aim: Aim) -> None:
    pool, wanted = services.pool_federation, aim.wanted
    name = cognito_provider.name_of(aim.connection.connection_id)
    match cognito_provider.difference(wanted, pool.find(name)):
        case "create" if wanted:
            pool.create(wanted)
        case "update" if wanted:
            pool.update(wanted)
        case "remove":
            offers.withdraw(services, {name})
    if wanted:
        offers.offer(services, name)
