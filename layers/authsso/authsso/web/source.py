"""Where a request came from: the address for the audit, the network for a limit."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# One household or office has this much of IPv6; addresses within it cost nothing.
_IPV6_NETWORK = 64


@dataclass(frozen=True, slots=True)
class Source:
    """A client as API Gateway saw it; what the client says of itself does not count."""

    address: str
    network: str


def source_of(event: Mapping[str, Any]) -> Source:
    """Return the source of an HTTP API event (payload format 2.0)."""
    address = str(event["requestContext"]["http"].get("sourceIp", ""))
    return Source(address, _network(address))


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:  # noqa: PLR2004 - IPv4
        return str(parsed)
    return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))
