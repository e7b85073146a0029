"""The browser's cookie: one a sign-in, strict in and strict out (B03, H01-H07)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.model import AuthorizationRequest, SignIn
from authsso.web import cookies

STATE_HASH = "0123456789abcdef" * 4
NAME = "__Host-sign-in-0123456789abcdef"
BINDING = "b" * 43


def started(response_mode="query", state_hash=STATE_HASH):
    return SignIn(
        state_hash=state_hash,
        binding_hash="b" * 64,
        reference="REFERENC",
        request=AuthorizationRequest("portal", "https://portal.example/cb", None, "c" * 43, ()),
        tenant_id="acme",
        provider="azure",
        connection_id="connection",
        version=1,
        response_mode=response_mode,
        started_at=1000,
        expires_at=1600,
    )


def event(*sent):
    return {"cookies": list(sent)}


def set_cookies(sent=(), response_mode="query"):
    made = cookies.binding_cookies(event(*sent), started(response_mode), BINDING)
    return [str(cookie) for cookie in made]


# --- what comes in


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param([], id="B03-none"),
        pytest.param([f"{NAME}="], id="H07-empty"),
        pytest.param([f"{NAME}={BINDING[:-1]}"], id="H07-truncated"),
        pytest.param([f"{NAME}={BINDING}x"], id="H07-extended"),
        pytest.param([f'{NAME}="{BINDING}"'], id="H05-quoted"),
        pytest.param([f"{NAME}={BINDING[:-1]}é"], id="H07-not-ascii"),
        pytest.param([f"{NAME}={BINDING}\n"], id="H07-line-end"),
        pytest.param([f"{NAME}={BINDING}", f"{NAME}={BINDING}"], id="H05-twice-the-same"),
        pytest.param([f"{NAME}={BINDING}", f"{NAME}={'x' * 43}"], id="H05-twice"),
        pytest.param([f"{NAME}={BINDING}", f"{NAME}="], id="H05-twice-once-empty"),
        pytest.param([f"sign-in-0123456789abcdef={BINDING}"], id="H06-no-prefix"),
        pytest.param([f"__host-sign-in-0123456789abcdef={BINDING}"], id="H05-prefix-case"),
        pytest.param([f"\u2000{NAME}={BINDING}"], id="H05-unicode-space-before"),
        pytest.param([f"\xa0{NAME}={BINDING}"], id="H05-no-break-space-before"),
        pytest.param([f"\t{NAME}={BINDING}"], id="H05-tab-before"),
        pytest.param([f"={NAME}={BINDING}"], id="H05-nameless"),
        pytest.param([f'a="b; {NAME}={BINDING}"'], id="H05-inside-quotes"),
        pytest.param([NAME], id="H05-no-value"),
        pytest.param([f"__Host-sign-in-fedcba9876543210={BINDING}"], id="B06-of-another-sign-in"),
    ],
)
def test_what_is_not_our_cookie_exactly_once_is_no_cookie__K07(sent):
    assert cookies.binding_of(event(*sent), STATE_HASH) is None


@pytest.mark.parametrize(
    "given_event",
    [
        pytest.param(event(f"{NAME}={BINDING}"), id="listed"),
        pytest.param({"headers": {"cookie": f"a=b; {NAME}={BINDING}; c"}}, id="as-a-header"),
        pytest.param(
            event("=x", "$Version=1", "bad name=x", ";;", "a=\x00", f"{NAME}={BINDING}"),
            id="H05-junk-around-it",
        ),
        pytest.param(
            event(f"__Host-sign-in-fedcba9876543210={'x' * 43}", f"{NAME}={BINDING}"),
            id="B06-beside-another-sign-ins",
        ),
    ],
)
def test_our_cookie_is_found(given_event):
    assert cookies.binding_of(given_event, STATE_HASH) == BINDING


@pytest.mark.parametrize(
    "empty", [{}, {"headers": None}, {"cookies": None, "headers": {}}, {"cookies": []}]
)
def test_a_request_without_cookies_has_none(empty):
    assert cookies.binding_of(empty, STATE_HASH) is None


@settings(max_examples=100)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_no_cookie_header_breaks_anything__H05_K58(sent):
    cookies.binding_of(event(*sent), STATE_HASH)
    cookies.binding_of({"headers": {"cookie": ";".join(sent)}}, STATE_HASH)
    assert str(cookies.binding_cookies(event(*sent), started(), BINDING)[0]).startswith(NAME)


# --- what goes out


@pytest.mark.parametrize(
    ("response_mode", "same_site"),
    [
        pytest.param("query", "Lax", id="H02-query"),
        pytest.param("form_post", "None", id="H02-form-post"),
    ],
)
def test_the_cookie_is_for_this_host_and_ten_minutes__H01_K70(response_mode, same_site):
    (cookie,) = set_cookies(response_mode=response_mode)
    name_and_value, *attributes = cookie.split("; ")
    assert name_and_value == f"{NAME}={BINDING}"
    assert sorted(attributes) == sorted(
        ["Path=/", "Max-Age=600", "HttpOnly", "Secure", f"SameSite={same_site}"]
    )


@pytest.mark.parametrize("response_mode", ["query", "form_post"])
def test_it_is_removed_with_the_attributes_that_it_was_set_with__H02(response_mode):
    (made,) = set_cookies(response_mode=response_mode)
    removed = str(cookies.expired(STATE_HASH, response_mode))
    assert removed == made.replace(BINDING, "").replace("Max-Age=600", "Max-Age=0")


def sent_cookie(number):
    return f"__Host-sign-in-{number:016x}={'x' * 43}"


def test_twenty_sign_ins_at_once_lose_the_oldest__H04():
    browser = []
    for number in range(20):
        made = cookies.binding_cookies(
            event("theme=dark", *browser), started(state_hash=f"{number:016x}" * 4), BINDING
        )
        fresh, *removed = [str(cookie).split(";")[0] for cookie in made]
        gone = {cookie.partition("=")[0] for cookie in removed}
        browser = [sent for sent in browser if sent.partition("=")[0] not in gone] + [fresh]
    assert [sent.partition("=")[0] for sent in browser] == [
        f"__Host-sign-in-{number:016x}" for number in range(8, 20)
    ]
    assert len("; ".join(browser)) < 1024


def test_only_well_formed_names_are_ever_sent_back__H05():
    strange = [f"__Host-sign-in-{n}, x=y" for n in range(30)]
    assert len(set_cookies(strange)) == 1


def test_the_same_name_many_times_evicts_nobody_else__H04():
    twice = [sent_cookie(1)] * 30
    assert len(set_cookies(twice)) == 1
