"""Which addresses we connect to (G04, G05)."""

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.protocol import address


@pytest.mark.parametrize(
    "public", ["8.8.8.8", "93.184.216.34", "20.190.159.0", "2606:4700::1111", "2a00:1450:4001::1"]
)
def test_public_addresses_are_public(public):
    assert address.is_public(public)


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(refused, id=f"{case}-{refused}")
        for case, addresses in {
            "G04": "127.0.0.1 127.255.255.254 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1"
            " 169.254.169.254 169.254.170.2 100.64.0.1 100.127.255.255 192.0.0.8 192.0.2.1"
            " 192.88.99.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 0.0.0.0 0.1.2.3"
            " 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 ::1 :: fe80::1 fe80::1%eth0"
            " fc00::1 fd00:ec2::254 fec0::1 ff02::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8"
            " 64:ff9b::a9fe:a9fe 64:ff9b::808:808 64:ff9b:1::a9fe:a9fe 2001::1 2001:db8::1"
            " 2002:7f00:1:: 2002:808:808::1 3fff::1 5f00::1",
            "G03": "2130706433 0x7f.1 0177.0.0.1 127.1 ①②⑦.⓪.⓪.①",
            "unreadable": "localhost 1.2.3 1.2.3.4.5 8.8.8.8/32",
        }.items()
        for refused in addresses.split()
    ],
)
def test_no_other_address_is(refused):
    assert not address.is_public(refused)


def test_the_registry_alone_would_not_do():
    # G05: were this to fail, Python's registry has caught up; the list stays nevertheless.
    believed_global = ["64:ff9b::a9fe:a9fe", "::7f00:1", "fec0::1", "224.0.0.1", "192.88.99.1"]
    assert all(ipaddress.ip_address(one).is_global for one in believed_global)
    assert not any(address.is_public(one) for one in believed_global)


@settings(max_examples=100, deadline=None)
@given(st.ip_addresses())
def test_what_is_public_is_global_unicast(candidate):
    if address.is_public(str(candidate)):
        assert candidate.is_global
        assert not candidate.is_multicast
        assert not candidate.is_private
