"""What a browser remembers of being signed in: strict in and strict out (H01-H07)."""

import pytest

from authsso.web import session_cookies

CONNECTION = "a2" * 13
STATE = "s" * 43
WAY = session_cookies.WayBack("portal", "https://portal.example/bye?from=sso")
SENT = str(session_cookies.signing_out(WAY, STATE)).split(";")[0]
VALUE = SENT.partition("=")[2]


def event(*sent):
    return {"cookies": list(sent)}


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param([], id="none"),
        pytest.param(["__Host-session="], id="H07-empty"),
        pytest.param([f"__Host-session={CONNECTION[:-1]}"], id="H07-truncated"),
        pytest.param([f"__Host-session={CONNECTION}x"], id="H07-extended"),
        pytest.param([f"__Host-session={CONNECTION.upper()}"], id="H07-case"),
        pytest.param([f'__Host-session="{CONNECTION}"'], id="H05-quoted"),
        pytest.param([f"__Host-session={CONNECTION}"] * 2, id="H05-twice"),
        pytest.param([f"session={CONNECTION}"], id="H06-no-prefix"),
        pytest.param(["__Host-session=signed-out"], id="signed-out"),
    ],
)
def test_no_connection_is_read_from_what_we_did_not_set(sent):
    assert session_cookies.connection_of(event(*sent)) is None


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param([], id="A46-none"),
        pytest.param([f"__Host-signing-out={VALUE[:43]}"], id="H07-state-alone"),
        pytest.param([SENT.replace("portal", "por tal")], id="H07-client-id"),
        pytest.param([f"{SENT}="], id="H07-padded"),
        pytest.param([f"__Host-signing-out={STATE}.portal._w"], id="H07-not-utf8"),
        pytest.param([f"__Host-signing-out={STATE}.portal.a"], id="H07-not-base64"),
        pytest.param([SENT, SENT], id="H05-twice"),
        pytest.param([SENT.replace("__Host-", "")], id="H06-no-prefix"),
    ],
)
def test_no_way_back_is_read_from_what_we_did_not_set(sent):
    assert session_cookies.way_back(event(*sent), STATE) is None


@pytest.mark.parametrize("state", ["", "S" * 43, STATE[:-1], f"{STATE}x", "é" * 43])
def test_a_way_back_is_for_its_state_alone__A45(state):
    assert session_cookies.way_back(event(SENT), state) is None


def test_what_is_set_is_read_back():
    signed_in = str(session_cookies.signed_in(CONNECTION)).split(";")[0]
    signed_out = str(session_cookies.signed_out()).split(";")[0]
    assert session_cookies.connection_of(event("x=1", signed_in)) == CONNECTION
    assert not session_cookies.is_signed_out(event(signed_in))
    assert session_cookies.is_signed_out(event(signed_out))
    assert session_cookies.way_back(event(SENT), STATE) == WAY


@pytest.mark.parametrize(
    "cookie",
    [
        session_cookies.signed_in(CONNECTION),
        session_cookies.signed_out(),
        session_cookies.signing_out(WAY, STATE),
        session_cookies.arrived(),
    ],
    ids=["in", "out", "on-the-way", "arrived"],
)
def test_every_cookie_is_for_this_host_alone__H01(cookie):
    written = str(cookie)
    for attribute in ("Path=/", "Secure", "HttpOnly", "SameSite=Lax"):
        assert attribute in written
    assert "Domain" not in written
