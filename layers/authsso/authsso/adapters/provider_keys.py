"""The signing keys of a connection's provider: from memory, from the table, from the provider.

A key that the provider withdraws is refused an hour later at the latest, whether its key set can
be fetched or not (J08): nothing older than an hour is ever used. So that an outage of the key set
does not stop sign-ins at once, keys are renewed after half an hour already, and those at hand
serve for the other half (J04, J06).
"""

import logging
from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError

from authsso.adapters.bounded_cache import BoundedCache
from authsso.adapters.key_snapshots import KeySnapshots
from authsso.adapters.openid_provider import OpenIdProvider
from authsso.errors import ProviderError
from authsso.model import ConnectionVersion, KeySet

RENEW_SECONDS = 1800
MAX_AGE_SECONDS = 3600
PAUSE_SECONDS = 30
_KEPT_CONNECTIONS = 256

_logger = logging.getLogger(__name__)


class ProviderKeys:
    """Keys for sign-ins.

    Args:
        snapshots: The table.
        provider: Fetches and judges key sets.
        now: The clock.
    """

    def __init__(
        self, snapshots: KeySnapshots, provider: OpenIdProvider, *, now: Callable[[], int]
    ) -> None:
        self._snapshots = snapshots
        self._provider = provider
        self._now = now
        self._kept: BoundedCache[tuple[str, int], KeySet] = BoundedCache(_KEPT_CONNECTIONS)
        self._pauses: BoundedCache[tuple[str, int], bool] = BoundedCache(_KEPT_CONNECTIONS)
        self._refetches: BoundedCache[tuple[str, int], bool] = BoundedCache(_KEPT_CONNECTIONS)

    def keys(self, connection_id: str, version: ConnectionVersion) -> KeySet:
        """Return keys that are an hour old at most.

        Raises:
            ProviderError: None are at hand and the provider gives none (OpenIdProvider.keys).
        """
        now, place = self._now(), (connection_id, version.number)
        at_hand = self._kept.find(place, now=now)
        if at_hand and (_is_new(at_hand, now) or self._pauses.find(place, now=now)):
            return at_hand
        at_hand = _newest(at_hand, self._shared(place))
        if at_hand and _is_new(at_hand, now):
            return self._keep(place, at_hand)
        try:
            return self._fetched(place, version)
        except ProviderError as error:
            if at_hand is None or not _is_usable(at_hand, now):
                raise
            _logger.warning("keys_not_renewed: %s", error)
            self._pauses.keep(place, value=True, valid_until=now + PAUSE_SECONDS)
            return self._keep(place, at_hand)

    def refetched(self, connection_id: str, version: ConnectionVersion, kid: str | None) -> KeySet:
        """Look once more for a key that a token names and the set at hand does not have.

        Another function may have found it already; else the provider is asked, at most once in
        30 seconds for a version (OpenID Connect Core, 10.1.1; J07).

        Args:
            connection_id: Whose.
            version: Of the connection.
            kid: What the token names; None when it names nothing.

        Raises:
            ProviderError: `key_refetch_throttled`; `key_store_unavailable`: the limit cannot be
                kept, so nothing is fetched; or as OpenIdProvider.keys.
        """
        now, place = self._now(), (connection_id, version.number)
        if self._refetches.find(place, now=now):
            raise ProviderError("key_refetch_throttled", f"connection {connection_id}")
        try:
            shared = self._snapshots.find(*place)
            if shared and _is_usable(shared, now) and _has(shared, kid):
                return self._keep(place, shared)
            is_ours = self._snapshots.claim_refetch(*place, now=now, pause=PAUSE_SECONDS)
        except (BotoCoreError, ClientError) as error:
            raise ProviderError("key_store_unavailable", type(error).__name__) from error
        if not is_ours:
            raise ProviderError("key_refetch_throttled", f"connection {connection_id}")
        self._refetches.keep(place, value=True, valid_until=now + PAUSE_SECONDS)
        return self._fetched(place, version)

    def _shared(self, place: tuple[str, int]) -> KeySet | None:
        try:
            return self._snapshots.find(*place)
        except (BotoCoreError, ClientError):
            _logger.exception("key_store_unavailable")  # the provider itself can still be asked
            return None

    def _fetched(self, place: tuple[str, int], version: ConnectionVersion) -> KeySet:
        keys = self._provider.keys(version.metadata, self._now())
        try:
            self._snapshots.store(*place, keys)
        except (BotoCoreError, ClientError):
            _logger.exception("key_store_unavailable")  # these keys are good all the same
        return self._keep(place, keys)

    def _keep(self, place: tuple[str, int], keys: KeySet) -> KeySet:
        self._kept.keep(place, keys, valid_until=keys.fetched_at + MAX_AGE_SECONDS)
        return keys


def _newest(one: KeySet | None, other: KeySet | None) -> KeySet | None:
    return max(filter(None, (one, other)), key=lambda keys: keys.fetched_at, default=None)


def _is_new(keys: KeySet, now: int) -> bool:
    return now < keys.fetched_at + RENEW_SECONDS


def _is_usable(keys: KeySet, now: int) -> bool:
    return now < keys.fetched_at + MAX_AGE_SECONDS


def _has(keys: KeySet, kid: str | None) -> bool:
    return kid is not None and any(key.get("kid") == kid for key in keys.keys)
