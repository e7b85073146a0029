"""Which IP addresses we may connect to: public unicast, decided by list and by registry.

`ipaddress.is_global` alone is not enough: it calls NAT64's 64:ff9b::a9fe:a9fe, IPv4-compatible
::7f00:1, site-local fec0::1, multicast and 6to4's relay global.
"""

import ipaddress

_REFUSED_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT, and parts of AWS
        "127.0.0.0/8",  # loopback: Lambda's runtime API, X-Ray's daemon
        "169.254.0.0/16",  # link-local: instance metadata, container credentials
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Everything public is in here (RFC 4291, 2.4); ::1, fc00::/7, 64:ff9b::/96 and kin are not.
_GLOBAL_UNICAST_IPV6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments, Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4 carries any IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)


def is_public(address: str) -> bool:
    """Whether a resolved address is somebody's on the public internet.

    Args:
        address: As getaddrinfo gives it, an IPv6 zone included.

    Returns:
        False for everything private, local, reserved, embedded or unreadable.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        is_refused = any(parsed in network for network in _REFUSED_IPV4)
    else:
        is_refused = parsed not in _GLOBAL_UNICAST_IPV6 or any(
            parsed in network for network in _REFUSED_IPV6
        )
    return parsed.is_global and not is_refused


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own; the local stack connects to such."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
