"""A typed discovery URL: made comparable, and taken apart without surprises."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

WELL_KNOWN = "/.well-known/openid-configuration"

# What copying from a web page or a chat adds around a value: blanks that are seen or not, quotes.
# No line breaks: those are told, never cut off in silence (security_cases.md C22, G23).
_AROUND = " \t\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_AROUND += "\N{ZERO WIDTH NO-BREAK SPACE}\"'"
_BARE_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?(/.*)?")
_BAD_CHARACTER = re.compile(r"[^\x21-\x7e]|[\\\"'`]")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart.

    Args:
        text: As normalised.
        scheme: Lower case.
        authority: Host and, when it is not the scheme's own, port; lower case.
        host: Without the port.
        path: Begins with a slash, or is empty.
        is_plain: No user, password, query or fragment.
    """

    text: str
    scheme: str
    authority: str
    host: str
    path: str
    is_plain: bool

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts of the path between slashes."""
        return tuple(part for part in self.path.split("/") if part)

    @property
    def is_loopback(self) -> bool:
        """Whether it is on this machine."""
        return self.host in _LOOPBACK or self.host.endswith(".localhost")

    def is_on(self, hosts: tuple[str, ...]) -> bool:
        """Tell whether it is on one of `hosts`; `*.okta.com` matches sub-domains.

        A port counts, except on this machine, where the local stack's are picked at random.
        """
        name = self.host if self.is_loopback else self.authority
        return (
            any(
                name.endswith(host[1:]) if host.startswith("*.") else name == host for host in hosts
            )
            or self.authority in hosts
        )


def trimmed(text: str) -> str:
    """Take away what copying adds around a value, except line breaks."""
    return text.strip(_AROUND)


def normalise(text: str) -> str:
    """Bring a typed address to the issuer that it means.

    Adds a missing `https://`, lowers scheme and host, and takes off the well-known suffix and
    slashes at the end, so that all forms of one address that consoles show become one.
    """
    address = trimmed(text)
    if _BARE_HOST.fullmatch(address):
        address = f"https://{address}"
    scheme, separator, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    address = f"{scheme.lower()}{separator}{host.lower()}{slash}{path}" if separator else address
    return address.rstrip("/").removesuffix(WELL_KNOWN).rstrip("/")


def parse(text: str) -> Address | None:
    """Take a normalised address apart; None when it is no URL of a server."""
    if _BAD_CHARACTER.search(text):
        return None
    try:
        parts = urlsplit(text)
        authority = _authority(parts)
    except ValueError:  # a port that is no number, half an IPv6 address
        return None
    if not parts.hostname:
        return None
    extras = (parts.username, parts.password, parts.query or None, parts.fragment or None)
    is_plain = all(extra is None for extra in extras)
    return Address(text, parts.scheme, authority, parts.hostname, parts.path, is_plain)


def _authority(parts: SplitResult) -> str:
    host, port = parts.hostname or "", parts.port
    default = {"https": 443, "http": 80}.get(parts.scheme)
    shown = f"[{host}]" if ":" in host else host
    return shown if port in {None, default} else f"{shown}:{port}"
