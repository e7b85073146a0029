"""Which names are asked for at all."""

from authsso.adapters.dns_records import DnsRecords


def test_nothing_stands_at_a_name_that_is_too_long():
    assert DnsRecords("127.0.0.1:1").texts(".".join(["a" * 60] * 5)) == ()
