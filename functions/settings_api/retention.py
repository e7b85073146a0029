"""After a write: throw away the versions and secrets that nobody needs any more, best effort.

What is left behind is found by the next write, or by the daily job.
"""

import logging
from typing import TYPE_CHECKING

from authsso.errors import UnavailableError
from authsso.protocol import version_retention

if TYPE_CHECKING:
    from authsso.model import Connection
    from authsso.services import Services

_logger = logging.getLogger(__name__)


def tidy(services: "Services", before: "Connection", after: "Connection") -> None:
    """Throw away what the change from `before` to `after` left unneeded."""
    try:
        _tidy(services, before, after)
    except UnavailableError:
        _logger.exception("versions_not_tidied")


def _tidy(services: "Services", before: "Connection", after: "Connection") -> None:
    tenant_id, provider = after.tenant_id, after.provider
    versions = services.connections.versions(tenant_id, provider)
    unneeded = version_retention.collectable(versions, before, after, now=services.now())
    for secret_id in version_retention.unneeded_secrets(versions, unneeded):
        services.new_secrets.retire(after.connection_id, secret_id)
    for version in unneeded:
        services.connection_changes.forget_version(tenant_id, provider, version.number)
