"""The keys with which the user pool signs: kept for an hour, looked for once more when unknown."""

from collections.abc import Callable

from authsso.adapters.guarded_http import GuardedHttp
from authsso.errors import ProviderError, UnavailableError
from authsso.model import KeySet
from authsso.protocol import bounded_json, key_set

KEPT_SECONDS = 3600
PAUSE_SECONDS = 60
_DOCUMENT_BYTES = 65_536
_OK = 200


class PoolKeys:
    """The user pool's key set.

    Args:
        http: The guarded client; this one may call Cognito.
        url: Of the key set, from the deployment's own configuration.
        now: The clock.
    """

    def __init__(self, http: GuardedHttp, url: str, now: Callable[[], int]) -> None:
        self._http = http
        self._url = url
        self._now = now
        self._kept: KeySet | None = None

    def keys(self) -> KeySet:
        """Return keys that are an hour old at most.

        Raises:
            UnavailableError: None are at hand and Cognito gives none.
        """
        if self._kept is None or self._now() >= self._kept.fetched_at + KEPT_SECONDS:
            self._kept = self._fetched()
        return self._kept

    def refetched(self) -> KeySet:
        """Look once more for a key that a token names, at most once a minute: tokens are cheap.

        Raises:
            UnavailableError: Cognito gives none.
        """
        if self._kept is None or self._now() >= self._kept.fetched_at + PAUSE_SECONDS:
            self._kept = self._fetched()
        return self._kept

    def _fetched(self) -> KeySet:
        try:
            answer = self._http.send("GET", self._url, headers={}, limit=_DOCUMENT_BYTES)
            if answer.status != _OK:
                raise UnavailableError("pool_keys_unavailable", f"HTTP {answer.status}")
            document = bounded_json.parse_object(answer.body, limit=_DOCUMENT_BYTES)
            return key_set.judge(document, fetched_at=self._now())
        except (ProviderError, bounded_json.MalformedJsonError) as error:
            raise UnavailableError("pool_keys_unavailable", str(error)) from error
