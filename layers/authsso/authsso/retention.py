"""Throw away the versions of a connection that nobody needs any more, and their client secrets."""

from typing import TYPE_CHECKING

from authsso.protocol import version_retention

if TYPE_CHECKING:
    from authsso.model import Connection
    from authsso.services import Services


def throw_away(services: "Services", before: "Connection", after: "Connection") -> int:
    """Throw away what the change from `before` to `after` has left unneeded.

    Args:
        services: The world outside.
        before: The head before the last write; the same as `after` when nothing was written.
        after: The head now.

    Returns:
        How many versions are gone; none when somebody has changed the connection meanwhile.

    Raises:
        UnavailableError: A service failed; what is left behind is found by the next call.
    """
    tenant_id, provider = after.tenant_id, after.provider
    versions = services.connections.versions(tenant_id, provider)
    # Asked last: a draft that is saved while we look is not among the versions, or has a head that
    # is not the one we know.
    head = services.connections.connection(tenant_id, provider)
    if head is None or head.revision != after.revision:
        return 0
    unneeded = version_retention.collectable(versions, before, after, now=services.now())
    for secret_id in version_retention.unneeded_secrets(versions, unneeded):
        services.new_secrets.retire(after.connection_id, secret_id)
    for version in unneeded:
        services.connection_changes.forget_version(tenant_id, provider, version.number)
    return len(unneeded)
