"""DNS: the TXT records at one name, asked for exactly there."""

import logging
from typing import TYPE_CHECKING

import dns.exception
import dns.name
import dns.resolver

from authsso.errors import UnavailableError

if TYPE_CHECKING:
    from dns.rdtypes.ANY.TXT import TXT

_logger = logging.getLogger(__name__)
_PATIENCE_SECONDS = 5.0


class DnsRecords:
    """A resolver that adds no search domain and follows no alias.

    An alias (CNAME, or one that a wildcard makes) would let whoever holds its target prove a
    domain that is not theirs, such as a forgotten address at a hosting service.

    Args:
        server: `address:port`; empty: the resolver of the machine.
    """

    def __init__(self, server: str) -> None:
        self._resolver = dns.resolver.Resolver(configure=not server)
        self._resolver.use_search_by_default = False
        self._resolver.lifetime = _PATIENCE_SECONDS
        if server:
            address, _, port = server.rpartition(":")
            self._resolver.nameservers = [address]
            self._resolver.port = int(port)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts at a name, none when there is no such record.

        Args:
            name: With every label, without a dot at the end.

        Raises:
            UnavailableError: `dns_unavailable`: no server gave an answer; it says nothing.
        """
        try:
            asked = dns.name.from_text(name)
            answer = self._resolver.resolve(asked, "TXT", search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.YXDOMAIN):
            return ()
        except dns.name.NameTooLong:  # nothing can stand there
            return ()
        except dns.exception.DNSException as error:
            raise UnavailableError("dns_unavailable", f"{name}: {type(error).__name__}") from error
        if answer.canonical_name != asked:
            _logger.info("alias_not_followed: %s", name)
            return ()
        return tuple(_text(record) for record in answer)


def _text(record: "TXT") -> str:
    """Join the strings of one record (RFC 1035, 3.3.14); what is no text is shown as such."""
    return b"".join(record.strings).decode(errors="replace")
