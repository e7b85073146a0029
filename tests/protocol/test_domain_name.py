"""One spelling for each DNS name (D10, F18)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.protocol import domain_name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("acme", id="one-label"),
        pytest.param("acme.example.", id="F18-dot-at-the-end"),
        pytest.param(".acme.example", id="dot-before"),
        pytest.param("acme..example", id="two-dots"),
        pytest.param(" acme.example", id="space"),
        pytest.param("acme.example\n", id="line-end"),
        pytest.param("acme_.example", id="underscore"),
        pytest.param("-acme.example", id="hyphen-first"),
        pytest.param("acme-.example", id="hyphen-last"),
        pytest.param("*.example", id="wildcard"),
        pytest.param("acme.example:443", id="port"),
        pytest.param("acme.example/x", id="path"),
        pytest.param("user@acme.example", id="address"),
        pytest.param("127.0.0.1", id="ip-address"),
        pytest.param("１２７.0.0.1", id="ip-address-in-full-width"),
        pytest.param("a" * 64 + ".example", id="long-label"),
        pytest.param("a." * 126 + "aa", id="254-characters"),
        pytest.param("ﬃ." * 100 + "ü.example", id="long-once-normalised"),
        pytest.param("ﷺ.example", id="D10-one-sign-that-is-many"),
        pytest.param("a\u200d.example", id="D10-joiner"),
        pytest.param("\ud800.example", id="lone-surrogate"),
    ],
)
def test_what_is_no_domain_is_refused(text):
    with pytest.raises(ValueError, match="domain name"):
        domain_name.normalise(text)


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        pytest.param("acme.example", "acme.example", id="good"),
        pytest.param("ACME.Example", "acme.example", id="F18-case"),
        pytest.param("Bücher.Example", "xn--bcher-kva.example", id="idn"),
        pytest.param("XN--BCHER-KVA.example", "xn--bcher-kva.example", id="a-label"),
        pytest.param("ａｃｍｅ．example", "acme.example", id="D10-full-width"),
        pytest.param("bücher。example", "xn--bcher-kva.example", id="D10-ideographic-dot"),
        pytest.param("a." * 125 + "aa", "a." * 125 + "aa", id="252-characters"),
    ],
)
def test_one_spelling(text, normalised):
    assert domain_name.normalise(text) == normalised


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_it_is_a_stable_spelling_or_no_domain(text):
    try:
        name = domain_name.normalise(text)
    except ValueError:
        return
    assert domain_name.normalise(name) == name
    assert name.isascii()
    assert len(name) <= 253
