"""Which URL we may ever call at a provider (RFC 3986; OWASP ASVS 1.3.6).

One pattern reads the whole URL, so nothing is parsed twice and understood twice. What the host's
name resolves to is judged elsewhere, at the moment of connecting (protocol/address.py).
"""

import re
from dataclasses import dataclass

from authsso.errors import ProviderError

MAX_CHARACTERS = 1024
MAX_HOST_CHARACTERS = 253

_CHARACTER = r"[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}"
_URL = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[a-z0-9.-]+)"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
    rf"(?P<path>(?:/(?:{_CHARACTER})*)*)"
    rf"(?P<query>\?(?:{_CHARACTER}|[/?])*)?"
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label begins with a letter: no spelling of an IPv4 address does (WHATWG URL, 3.5).
_HOSTNAME = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z]){_LABEL}")
# Controls, `.`, `/` and `\` in disguise: servers disagree about when they are decoded.
_DISGUISED = re.compile(r"%(?:[01][0-9A-F]|7F|2E|2F|5C)", re.IGNORECASE)
_DOT_SEGMENT = re.compile(r"/\.\.?(?:/|$)")

_LOOPBACK_HOSTS = ("localhost", "127.0.0.1")
_NEVER_PUBLIC = (".localhost", ".local", ".internal", ".home.arpa", ".amazonaws.com")
_HTTPS_PORT = 443
_HTTP_PORT = 80
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class OutboundUrl:
    """A URL that may be called.

    Args:
        url: The whole of it, as it was given.
        host: Its host name.
        port: Where to connect.
        has_query: Whether it carries a query.
        is_loopback: The local stack's exception; never true in a deployment.
    """

    url: str
    host: str
    port: int
    has_query: bool
    is_loopback: bool


def check(
    url: str, *, loopback_allowed: bool = False, own_hosts: frozenset[str] = frozenset()
) -> OutboundUrl:
    """Accept `https://host[:443]/path[?query]` in canonical form, and nothing else.

    Args:
        url: From an administrator or from a provider's metadata.
        loopback_allowed: The local stack only: http and any port on localhost, too.
        own_hosts: Names that come from the deployment, so that they need not be public ones.

    Raises:
        ProviderError: `provider_url_refused`; the detail says why.
    """
    match = _URL.fullmatch(url) if len(url) <= MAX_CHARACTERS else None
    if match is None:
        raise _refused("not a canonical https URL")
    if _DISGUISED.search(url) or _DOT_SEGMENT.search(match["path"]):
        raise _refused("the path hides characters or dot segments")
    host, is_http = match["host"], match["scheme"] == "http"
    port = int(match["port"] or (_HTTP_PORT if is_http else _HTTPS_PORT))
    is_loopback = loopback_allowed and is_loopback_host(host)
    if is_loopback:
        if port > _LAST_PORT:
            raise _refused("no such port")
    else:
        if is_http:
            raise _refused("https is required")
        if port != _HTTPS_PORT:
            raise _refused("port 443 is required")
        if host not in own_hosts:
            _check_public_name(host)
    return OutboundUrl(url, host, port, match["query"] is not None, is_loopback)


def is_loopback_host(host: str) -> bool:
    """Whether a name means this very machine (RFC 6761, 6.3)."""
    return host in _LOOPBACK_HOSTS or host.endswith(".localhost")


def _check_public_name(host: str) -> None:
    if len(host) > MAX_HOST_CHARACTERS or not _HOSTNAME.fullmatch(host):
        raise _refused("a full host name is required, no address")
    if host.endswith(_NEVER_PUBLIC):
        raise _refused("the host is not on the public internet")


def _refused(reason: str) -> ProviderError:
    return ProviderError("provider_url_refused", reason)
