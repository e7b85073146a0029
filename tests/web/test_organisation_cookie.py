"""What a browser remembers of the last sign-in: an organisation, never a person (H01, H05, H07)."""

import pytest

from authsso.web.organisation_cookie import NAME, Remembered, forgotten, recall, remembered
from harness.http_event import http_event

ID = "kqwlpjh5s5maf7p427uyuwlgfo"


def brought(*cookies):
    return recall(http_event("GET", "/oauth2/authorize", cookies=cookies))


def test_it_holds_the_connection_and_the_domain_and_nothing_of_the_person():
    cookie = remembered(ID, "ada.lovelace@acme.example")
    assert cookie.value == f"{ID}.acme.example"
    assert brought(f"{NAME}={cookie.value}") == Remembered(ID, "acme.example")


def test_without_an_address_it_holds_the_connection():
    assert brought(f"{NAME}={remembered(ID, None).value}") == Remembered(ID, None)


@pytest.mark.parametrize("cookie", [remembered(ID, None), forgotten()], ids=["set", "removed"])
def test_its_attributes__H01_H02(cookie):
    name, *attributes = str(cookie).split("; ")
    assert name.startswith("__Host-organisation=")
    assert {"Path=/", "HttpOnly", "Secure", "SameSite=Lax"} <= set(attributes)
    assert not any(attribute.startswith("Domain") for attribute in attributes)


def test_it_is_removed_by_its_own_attributes__H02():
    made, removed = str(remembered(ID, None)), str(forgotten())
    assert removed == made.replace(ID, "").replace("Max-Age=7776000", "Max-Age=0")


@pytest.mark.parametrize(
    "cookies",
    [
        pytest.param((), id="none"),
        pytest.param((f"{NAME}=",), id="empty"),
        pytest.param((f"{NAME}={ID}", f"{NAME}={ID}"), id="H05-twice"),
        pytest.param((f"{NAME}={ID}x",), id="H07-too-long"),
        pytest.param((f"{NAME}={ID.upper()}",), id="H07-upper-case"),
        pytest.param((f"{NAME}={ID}.<script>",), id="H11-markup"),
        pytest.param((f"{NAME}={ID}.ada@acme.example",), id="an-address"),
        pytest.param((f"{NAME}={ID}.acme.example\n",), id="H12-line"),
        pytest.param((f"{NAME}={ID}." + "a" * 254,), id="H05-long"),
        pytest.param((f"\u2000{NAME}={ID}",), id="H05-space-before"),
        pytest.param((f"__Host-sign-in-0123456789abcdef={ID}",), id="H07-another-purpose"),
    ],
)
def test_what_is_not_of_our_making_is_nothing(cookies):
    assert brought(*cookies) is None
