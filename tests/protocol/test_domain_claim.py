"""What may be claimed, what proves a claim, and when a proof has lapsed (F18)."""

from dataclasses import replace

import pytest

from authsso.errors import SettingsError
from authsso.protocol.domain_claim import (
    GRACE_SECONDS,
    MOST_DOMAINS,
    ClaimedDomain,
    claim,
    is_proof,
    missing,
    proven,
    read,
    record_missing,
)

NOW = 1_000_000
PENDING = ClaimedDomain("acme.example", None, "token")
PROVEN = replace(PENDING, proven_at=7, checked_at=8)


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("acme.example", "acme.example"),
        pytest.param("ACME.Example", "acme.example", id="F18-case"),
        pytest.param("acme.example.", "acme.example", id="F18-trailing-dot"),
        pytest.param(" @acme.example ", "acme.example", id="as in an address"),
        pytest.param("bücher.example", "xn--bcher-kva.example", id="F18-IDN"),
        pytest.param("xn--bcher-kva.example", "xn--bcher-kva.example", id="A-label"),
        pytest.param("ＡＣＭＥ.example", "acme.example", id="F18-full-width"),
        pytest.param("аcme.example", "xn--cme-5cd.example", id="F18-homoglyph"),
        pytest.param("sub.acme.example", "sub.acme.example", id="F18-sub-domain"),
        pytest.param("mygmail.com", "mygmail.com", id="not gmail.com"),
    ],
)
def test_a_domain_has_one_spelling(typed, domain):
    assert read(typed) == domain


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "domain_malformed"),
        ("example", "domain_malformed"),
        ("anna@acme.example", "domain_malformed"),
        ("https://acme.example", "domain_malformed"),
        ("*.acme.example", "domain_malformed"),
        ("_authsso.acme.example", "domain_malformed"),
        ("192.0.2.1", "domain_malformed"),
        ("acme.example..", "domain_malformed"),
        ("claim#t#acme.example", "domain_malformed"),
        ("a" * 300, "domain_malformed"),
        pytest.param("gmail.com", "domain_public", id="F18-public"),
        pytest.param("GMAIL.com.", "domain_public", id="F18-public-spelled-otherwise"),
        pytest.param("sub.outlook.com", "domain_public", id="F18-below-a-public-one"),
        pytest.param("acme.onmicrosoft.com", "domain_public", id="F18-onmicrosoft"),
    ],
)
def test_what_cannot_be_a_tenants_domain_is_named(typed, code):
    with pytest.raises(SettingsError, match="invalid_domain") as refused:
        read(typed)

    [mistake] = refused.value.fields
    assert (refused.value.status, mistake.field, mistake.code) == (400, "domain", code)


def test_there_is_an_end_to_what_may_be_claimed():
    standing = [PENDING] * MOST_DOMAINS

    assert claim("a.example", standing[1:], token="t") == ClaimedDomain("a.example", None, "t")
    with pytest.raises(SettingsError, match="too_many_domains"):
        claim("a.example", standing, token="t")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["authsso-verification=token"], True),
        (["v=spf1 -all", " authsso-verification=token "], True),
        pytest.param([], False, id="nothing"),
        pytest.param(["authsso-verification=another"], False, id="F18-another tenant's token"),
        pytest.param(["authsso-verification=TOKEN"], False, id="case matters"),
        pytest.param(["authsso-verification="], False, id="no token"),
        pytest.param(["token"], False, id="the token alone"),
        pytest.param(["authsso-verification=token2"], False, id="longer"),
    ],
)
def test_only_the_claims_own_record_proves_it(texts, expected):
    assert is_proof(PENDING, texts) is expected


def test_an_operators_domain_is_proven_by_no_record():
    assert not is_proof(replace(PROVEN, token=""), ["authsso-verification=", ""])


def test_a_proof_has_a_beginning_that_stays():
    first = proven(PENDING, now=NOW)
    again = proven(replace(first, missing_since=NOW + 5), now=NOW + 9)

    assert (first.state, first.proven_at, first.checked_at) == ("proven", NOW, NOW)
    assert (again.state, again.proven_at, again.checked_at) == ("proven", NOW, NOW + 9)


def test_a_claim_whose_record_is_missing_waits():
    assert missing(PENDING, now=NOW) == replace(PENDING, checked_at=NOW)


def test_a_proof_whose_record_is_gone_lapses_after_seven_days():
    first = missing(PROVEN, now=NOW)
    last = missing(first, now=NOW + GRACE_SECONDS - 1)
    over = missing(last, now=NOW + GRACE_SECONDS)

    assert (first.state, first.missing_since, first.proven_at) == ("lapsing", NOW, 7)
    assert (last.state, last.missing_since) == ("lapsing", NOW)
    assert (over.state, over.proven_at, over.token) == ("pending", None, "token")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([], "no TXT record"),
        (["v=spf1 -all"], '"v=spf1 -all"'),
        (["x" * 500], '"' + "x" * 80 + '"'),
        (["a", "b", "c", "d"], '"a", "b", "c" instead'),
    ],
)
def test_a_missing_record_is_told_with_what_was_found(texts, said):
    refused = record_missing(PENDING, texts)

    [mistake] = refused.fields
    assert (refused.status, mistake.code) == (409, "domain_record_missing")
    assert said in mistake.message
    assert "_authsso.acme.example" in mistake.fix
    assert "authsso-verification=token" in mistake.fix


def test_the_instruction_can_be_copied_as_it_is():
    [mistake] = record_missing(PENDING, []).fields
    assert '"' not in mistake.fix
    assert "Many DNS panels want only _authsso as the name." in mistake.fix


@pytest.mark.parametrize("quote", ['""', "''", "\u201c\u201d", ('\\"', '\\"')])
def test_quotation_marks_around_the_value_are_named(quote):
    [mistake] = record_missing(PENDING, [f"{quote[0]}authsso-verification=token{quote[1]}"]).fields
    assert mistake.message == "The value at _authsso.acme.example stands in quotation marks."
    assert mistake.fix.startswith("Remove the quotation marks")


def test_a_record_at_the_doubled_name_is_named():
    found = ["authsso-verification=token"]
    [mistake] = record_missing(PENDING, [], doubled=found).fields
    assert "stands at _authsso.acme.example.acme.example:" in mistake.message
    assert mistake.fix == "Enter only _authsso as the record's name there."


def test_f18_nothing_is_told_of_anothers_token_at_the_doubled_name():
    [mistake] = record_missing(PENDING, [], doubled=["authsso-verification=another"]).fields
    assert "no TXT record" in mistake.message
