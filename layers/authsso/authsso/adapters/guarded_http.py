"""The one HTTP client for everything outside AWS (design.md 6.7; OWASP ASVS 1.3.6, 13.1.3).

https only, public addresses only, no redirects, no cookies, no proxies, nothing from the
environment, no content codings, bounded size, and one deadline for the whole exchange.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as Urllib3TimeoutError
from urllib3.util import Timeout

from authsso.adapters.deadline import Deadline, for_an_exchange
from authsso.adapters.guarded_connection import GuardedConnection, GuardedTlsConnection
from authsso.adapters.network import Network, NotSentError
from authsso.errors import ProviderError
from authsso.protocol import outbound_url

DEADLINE_SECONDS = 5.0
_KEPT_HOSTS = 32
_REDIRECTION = 3
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "authsso"}


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back; the body may hold tokens, and `location` a code."""

    status: int
    content_type: str
    body: bytes = field(repr=False)
    location: str = field(default="", repr=False)
    date: str = ""
    challenge: str = field(default="", repr=False)


class GuardedHttp:
    """Sends requests to providers. Thread-safe; build one and keep it, with its connections.

    Args:
        loopback_allowed: The local stack only: http and any port on this machine.
        refused_hosts: Our own names, so that nobody has us call ourselves.
        own_hosts: Hosts that the deployment itself names; they may be AWS's own.
        deadline_seconds: For one exchange, name look-up and TLS included.
        network: The way out.
        ca_file: The authorities to trust; the environment has no say.
    """

    def __init__(  # noqa: PLR0913 - every bound has a name
        self,
        *,
        loopback_allowed: bool = False,
        refused_hosts: frozenset[str] = frozenset(),
        own_hosts: frozenset[str] = frozenset(),
        deadline_seconds: float = DEADLINE_SECONDS,
        network: Network | None = None,
        ca_file: str | None = None,
    ) -> None:
        self._loopback_allowed = loopback_allowed
        self._refused_hosts = refused_hosts
        self._own_hosts = own_hosts
        self._deadline_seconds = deadline_seconds
        self._adapter = _GuardedAdapter(
            replace(network or Network(), loopback_allowed=loopback_allowed),
            ssl.create_default_context(cafile=ca_file or certifi.where()),
        )

    def send(  # noqa: PLR0913 - what a request is made of
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        form: Mapping[str, str] | None = None,
        json: Mapping[str, object] | None = None,
        limit: int,
    ) -> HttpAnswer:
        """Send one request and read one answer.

        It is sent a second time only when the first got no connection: a code is good for one
        use, so what may have arrived is never repeated.

        Args:
            method: GET or POST.
            url: Where to.
            headers: Besides our own.
            form: Body, form-urlencoded.
            json: Body, as JSON.
            limit: Bytes that the body may have.

        Returns:
            The answer, whatever its status, redirects excepted.

        Raises:
            ProviderError: `provider_url_refused`, `provider_address_refused`,
                `provider_unreachable`, `provider_certificate`, `provider_timeout`,
                `provider_answer_broken`, `provider_answer_encoded`,
                `provider_answer_too_large`, `provider_redirected`.
        """
        answer = self._answer(
            requests.Request(method, url, headers={**_HEADERS, **headers}, data=form, json=json),
            limit,
        )
        if answer.status // 100 == _REDIRECTION:
            raise ProviderError("provider_redirected", f"HTTP {answer.status}")
        return answer

    def look(self, url: str, *, headers: Mapping[str, str], limit: int) -> HttpAnswer:
        """GET a page as a browser would see it first: a redirect is the answer, not followed.

        Args:
            url: Where to.
            headers: Besides our own.
            limit: Bytes that the body may have.

        Raises:
            ProviderError: As `send`, redirects excepted.
        """
        return self._answer(requests.Request("GET", url, headers={**_HEADERS, **headers}), limit)

    def _answer(self, request: requests.Request, limit: int) -> HttpAnswer:
        checked = outbound_url.check(
            request.url, loopback_allowed=self._loopback_allowed, own_hosts=self._own_hosts
        )
        if checked.host in self._refused_hosts:
            raise ProviderError("provider_url_refused", f"{checked.host} is our own")
        prepared = request.prepare()
        deadline = for_an_exchange(self._deadline_seconds)
        try:
            return self._exchange(prepared, deadline, limit)
        except NotSentError as error:
            if error.code != "provider_unreachable":
                raise
        return self._exchange(prepared, deadline, limit)

    def _exchange(
        self, prepared: requests.PreparedRequest, deadline: Deadline, limit: int
    ) -> HttpAnswer:
        try:
            # requests hands it on as it is; its own pairs would bound each read, not their sum.
            timeout = cast("float", Timeout(total=deadline.remaining()))
            with self._adapter.send(prepared, stream=True, timeout=timeout) as response:
                return _read(response, limit)
        except (requests.Timeout, Urllib3TimeoutError, TimeoutError) as error:
            raise ProviderError("provider_timeout", type(error).__name__) from error
        except (requests.RequestException, HTTPError, OSError) as error:
            raise ProviderError("provider_answer_broken", type(error).__name__) from error


class _GuardedAdapter(HTTPAdapter):
    """requests' adapter without its Session, so there is no cookie jar, netrc or proxy at all."""

    def __init__(self, network: Network, context: ssl.SSLContext) -> None:
        self._network = network
        self._context = context
        super().__init__(pool_connections=_KEPT_HOSTS)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
        super().init_poolmanager(*arguments, **options, ssl_context=self._context)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _pool_class(HTTPConnectionPool, GuardedConnection, self._network),
            "https": _pool_class(HTTPSConnectionPool, GuardedTlsConnection, self._network),
        }

    def cert_verify(self, *_arguments: object, **_options: object) -> None:
        """Leave the pool as it is: the context already demands a certificate and its name.

        requests would read its bundle of authorities again for every connection (20 ms).
        """


def _pool_class(
    pool: type[HTTPConnectionPool], connection: type[GuardedConnection], network: Network
) -> type[HTTPConnectionPool]:
    connect = partial(connection, network=network)
    return type(pool.__name__, (pool,), {"ConnectionCls": staticmethod(connect)})


def _read(response: requests.Response, limit: int) -> HttpAnswer:
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ProviderError("provider_answer_encoded", "identity was asked for")
    body = b""
    # Until nothing comes: only then does urllib3 compare with Content-Length.
    while part := response.raw.read(limit + 1 - len(body), decode_content=False):
        body += part
        if len(body) > limit:
            raise ProviderError("provider_answer_too_large", f"over {limit} bytes")
    headers = response.headers
    return HttpAnswer(
        status=response.status_code,
        content_type=headers.get("Content-Type", ""),
        body=body,
        location=headers.get("Location", ""),
        date=headers.get("Date", ""),
        challenge=headers.get("WWW-Authenticate", ""),
    )
