"""After a write: throw away the versions and secrets that nobody needs any more, best effort.

What is left behind is found by the next write, or by the daily job.
"""

import logging
from typing import TYPE_CHECKING

from authsso import retention
from authsso.errors import UnavailableError

if TYPE_CHECKING:
    from authsso.model import Connection
    from authsso.services import Services

_logger = logging.getLogger(__name__)


def tidy(services: "Services", before: "Connection", after: "Connection") -> None:
    """Throw away what the change from `before` to `after` left unneeded."""
    try:
        retention.throw_away(services, before, after)
    except UnavailableError:
        _logger.exception("versions_not_tidied")
