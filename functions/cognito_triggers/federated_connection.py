"""The connection that a provider of the pool belongs to, as it stands now."""

from typing import TYPE_CHECKING

from authsso.errors import TriggerRefusedError
from authsso.model import Connection, ConnectionVersion
from authsso.protocol import federated_sign_in

if TYPE_CHECKING:
    from authsso.services import Services


def standing(services: "Services", connection_id: str) -> tuple[Connection, ConnectionVersion]:
    """Return a connection that people may come through, with its live version.

    Raises:
        TriggerRefusedError: It is gone or off, or the tenant demands another one.
    """
    key = services.connections.by_connection_id(connection_id)
    if key is None:
        raise _refused("connection_disabled")
    connection = services.connections.connection(*key)
    enforced = services.policies.of(key.tenant_id).connection_ids
    code = federated_sign_in.refusal(connection, connection_id, enforced=enforced)
    if code or connection is None or connection.live is None:
        raise _refused(code or "connection_disabled")
    version = services.connections.version(*key, connection.live)
    if version is None:
        raise _refused("connection_disabled")
    return connection, version


def _refused(code: str) -> TriggerRefusedError:
    return TriggerRefusedError(code, federated_sign_in.TEXTS[code])
