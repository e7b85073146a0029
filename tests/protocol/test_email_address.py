"""One spelling for each address, and no second domain inside it (D10)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.protocol import email_address


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="D10-none"),
        pytest.param(["ada@acme.example"], id="D10-list"),
        pytest.param({"value": "ada@acme.example"}, id="D10-object"),
        pytest.param(True, id="D10-bool"),
        pytest.param("", id="D10-empty"),
        pytest.param("ada", id="D10-no-at"),
        pytest.param("@acme.example", id="D10-no-local-part"),
        pytest.param("ada@", id="D10-no-domain"),
        pytest.param("ada@acme", id="D10-one-label"),
        pytest.param("a@b@c.com", id="D10-two-ats"),
        pytest.param("a@b.com@evil.com", id="D10-two-domains"),
        pytest.param("a@acme.example＠evil.com", id="D10-full-width-at"),
        pytest.param("a﹫evil.com@acme.example", id="D10-small-at"),
        pytest.param("ada@acme.example\n", id="D10-line-end"),
        pytest.param("ada@acme.example\r\nBcc: x@y.z", id="D10-header"),
        pytest.param("ada@acme.example.", id="D10-dot-at-the-end"),
        pytest.param(" ada@acme.example", id="D10-space"),
        pytest.param('"ada"@acme.example', id="D10-quoted"),
        pytest.param('a"@acme.example', id="D10-quote-that-ends-a-filter"),
        pytest.param("a\\@acme.example", id="D10-backslash"),
        pytest.param("ada@[127.0.0.1]", id="D10-address-literal"),
        pytest.param("ada@127.0.0.1", id="D10-address"),
        pytest.param("ädä@acme.example", id="D10-local-part-not-ascii"),
        pytest.param("a" * 65 + "@acme.example", id="D10-long-local-part"),
        pytest.param("a@" + "b" * 300 + ".example", id="D10-three-hundred-characters"),
        pytest.param("ada@acme.example\x00", id="D10-nul"),
    ],
)
def test_what_is_no_usable_address_is_none__K05_K52_K62(value):
    assert email_address.normalise(value) is None


@pytest.mark.parametrize(
    ("value", "normalised"),
    [
        pytest.param("ada@acme.example", "ada@acme.example", id="good"),
        pytest.param("Ada.Love+x@ACME.Example", "ada.love+x@acme.example", id="case"),
        pytest.param("ada@bücher.example", "ada@xn--bcher-kva.example", id="idn"),
        pytest.param("ada＠acme.example", "ada@acme.example", id="D10-one-full-width-at"),
        pytest.param("o'neill@acme.example", "o'neill@acme.example", id="apostrophe"),
    ],
)
def test_one_spelling(value, normalised):
    assert email_address.normalise(value) == normalised


def test_a_homoglyph_is_another_domain__D10():
    latin, cyrillic = "ada@acme.example", "ada@аcme.example"
    assert email_address.normalise(cyrillic) not in (None, email_address.normalise(latin))


def test_the_domain_is_what_stands_after_the_at():
    assert email_address.domain("ada@acme.example") == "acme.example"


@settings(max_examples=200)
@given(st.text(max_size=40), st.text(max_size=40))
def test_normalising_twice_is_normalising_once(local, domain):
    normalised = email_address.normalise(f"{local}@{domain}")
    if normalised is not None:
        assert email_address.normalise(normalised) == normalised
        assert normalised.count("@") == 1
        assert normalised.isascii()
        assert not set(normalised) & set('"\\ \r\n')
