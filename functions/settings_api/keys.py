"""The provider's keys, stored for the first sign-in with a new version."""

import logging
from typing import TYPE_CHECKING

from authsso.adapters.aws import calling
from authsso.errors import UnavailableError

if TYPE_CHECKING:
    from authsso.model import Connection, ConnectionVersion, KeySet
    from authsso.services import Services

_logger = logging.getLogger(__name__)


def keep(
    services: "Services", head: "Connection", version: "ConnectionVersion", keys: "KeySet"
) -> None:
    """Store the keys, best effort: without them the first sign-in fetches them itself.

    Only once the version is ours: of two saves at once, the loser must not leave its keys under
    the winner's number.
    """
    try:
        with calling("key snapshots: store"):
            services.key_snapshots.store(head.connection_id, version.number, keys)
    except UnavailableError:
        _logger.exception("keys_not_stored")
