"""Dates, warnings, and the digest that recognises a request."""

from dataclasses import replace

import pytest

from authsso.model import Connection
from authsso.protocol import connection_warnings, iso_date, request_digest
from authsso.protocol.connection_warnings import Surroundings
from harness.providers import version

NOON = 1_795_608_000  # 2026-11-25 12:00 UTC
ENABLED = Connection("t", "azure", "id", enabled=True, live=1, revision=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13-01",
        "2026-00-10",
        "2026-02-30",
        "1969-12-31",
        "26-1-1",
        "2026-11-25T00",
        "\N{ARABIC-INDIC DIGIT TWO}026-01-01",
    ],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match="no"):
        iso_date.end_of(text)


@pytest.mark.parametrize(
    ("date", "days"),
    [("2026-11-24", -1), ("2026-11-25", 0), ("2026-11-26", 1), ("2028-02-29", 461)],
)
def test_days_left_are_whole_days(date, days):
    assert iso_date.days_left(date, NOON) == days


@pytest.mark.parametrize(
    ("expires_on", "codes"),
    [
        ("2026-11-24", ["secret_expired"]),
        ("2026-11-25", ["secret_expires_soon"]),
        ("2026-12-25", ["secret_expires_soon"]),
        ("2026-12-26", []),
        (None, []),
    ],
)
def test_a_secret_is_warned_of_a_month_ahead(expires_on, codes):
    live = version(1, secret_expires_on=expires_on)

    found = connection_warnings.find(ENABLED, live, Surroundings(True, True), now=NOON)

    assert [warning.code for warning in found] == codes


def test_a_connection_without_a_proven_domain_is_warned_of():
    assert warned(ENABLED, Surroundings(False, True)) == ["no_proven_domain"]
    assert warned(replace(ENABLED, enabled=False), Surroundings(False, True)) == []


def test_an_enforced_connection_without_emergency_access_is_warned_of():
    enforced = replace(ENABLED, enforced=True)

    assert warned(enforced, Surroundings(True, False)) == ["no_emergency_access"]
    assert warned(enforced, Surroundings(True, True)) == []
    assert warned(ENABLED, Surroundings(True, False)) == []


def warned(connection, around):
    found = connection_warnings.find(connection, None, around, now=NOON)
    return [warning.code for warning in found]


def test_a_request_is_recognised_by_its_digest_alone():
    request = {"client_secret": "canary", "scopes": ("openid",)}

    stored = request_digest.digest(request, salt="salt$with$signs")

    assert "canary" not in stored
    assert request_digest.is_same({"scopes": ["openid"], "client_secret": "canary"}, stored)
    assert not request_digest.is_same(request | {"client_secret": "other"}, stored)
    assert stored != request_digest.digest(request, salt="another")
