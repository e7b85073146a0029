"""Lets somebody do something so many times a minute (F27, E37; ASVS 2.4.1).

When the counters cannot be reached, everybody is let through: what comes next needs the same
database, and a limit must not become an outage.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from botocore.exceptions import BotoCoreError, ClientError

from authsso.adapters.bounded_cache import BoundedCache
from authsso.adapters.limit_table import LimitTable
from authsso.protocol.rate_limit import WINDOW_SECONDS, Limit, window_of

_KEPT = 1024
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Local:
    left: int
    is_spent: bool = False


class RateLimits:
    """What a function knows of the limits in this minute.

    Args:
        table: The counters that all functions share.
        now: The clock.
    """

    def __init__(self, table: LimitTable, *, now: Callable[[], int]) -> None:
        self._table = table
        self._now = now
        self._known: BoundedCache[tuple[str, str], _Local] = BoundedCache(_KEPT)

    def admits(self, limit: Limit, subject: str) -> bool:
        """Take one; False when there is none left in this minute.

        Args:
            limit: What is done.
            subject: Who does it: a tenant, a network.
        """
        known = self._find(limit, subject) or _Local(limit.free)
        if known.left == 0 and not known.is_spent:
            known = self._leased(limit, subject)
        self._keep(limit, subject, replace(known, left=max(known.left - 1, 0)))
        return not known.is_spent

    def is_spent(self, limit: Limit, subject: str) -> bool:
        """Tell, without taking or asking, whether this function knows that none is left."""
        known = self._find(limit, subject)
        return known is not None and known.is_spent

    def _leased(self, limit: Limit, subject: str) -> _Local:
        window = window_of(self._now())
        # A tenant's or network's name is of any length and alphabet.
        counted = hashlib.sha256(f"{limit.name}#{window}#{subject}".encode()).hexdigest()
        expires_at = (window + 2) * WINDOW_SECONDS
        try:
            taken = self._table.take(counted, limit.lease, expires_at=expires_at)
        except (BotoCoreError, ClientError):
            _logger.exception("limit_store_unavailable")
            return _Local(limit.lease)
        return _Local(limit.lease) if limit.grants(taken) else _Local(0, is_spent=True)

    def _find(self, limit: Limit, subject: str) -> _Local | None:
        return self._known.find((limit.name, subject), now=self._now())

    def _keep(self, limit: Limit, subject: str, known: _Local) -> None:
        end = (window_of(self._now()) + 1) * WINDOW_SECONDS
        self._known.keep((limit.name, subject), known, valid_until=end)
