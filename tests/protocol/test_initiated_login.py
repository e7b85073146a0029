"""Third-party-initiated login: where it leads and what goes along (A43)."""

import pytest

from authsso.protocol import initiated_login

START = "https://portal.example/start?from=tile"
TWO = {"portal": "https://portal.example/", "backend": "https://backend.example/"}
DEFAULT = {"": "https://portal.example/", "backend": "https://backend.example/"}


def hints(**sent):
    return initiated_login.hints(sent, START, loopback_allowed=False)


@pytest.mark.parametrize(
    ("addresses", "client_id", "start"),
    [
        pytest.param({}, "", None, id="nothing-configured"),
        pytest.param({}, "portal", None, id="nothing-configured-for-it"),
        pytest.param(TWO, "", None, id="several-and-none-named"),
        pytest.param(TWO, "other", None, id="several-and-an-unknown-one"),
        pytest.param(TWO, "PORTAL", None, id="another-spelling"),
        pytest.param(TWO, "backend", "https://backend.example/", id="named"),
        pytest.param({"portal": "https://a.example/"}, "other", "https://a.example/", id="only"),
        pytest.param(DEFAULT, "", "https://portal.example/", id="default"),
        pytest.param(DEFAULT, "other", "https://portal.example/", id="default-for-unknown"),
        pytest.param(DEFAULT, "backend", "https://backend.example/", id="own-before-default"),
    ],
)
def test_where_it_leads(addresses, client_id, start):
    assert initiated_login.start_url(addresses, client_id) == start


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("https://evil.example/", id="other-host"),
        pytest.param("https://portal.example", id="no-slash"),
        pytest.param("https://portal.example.evil.example/", id="longer-host"),
        pytest.param("https://portal.example@evil.example/", id="userinfo"),
        pytest.param("https://portal.example:8443/", id="port"),
        pytest.param("http://portal.example/", id="http"),
        pytest.param("HTTPS://portal.example/", id="case"),
        pytest.param("//portal.example/", id="no-scheme"),
        pytest.param("/inbox", id="path-alone"),
        pytest.param("javascript:alert(1)//portal.example/", id="javascript"),
        pytest.param("https://portal.example\\@evil.example/", id="backslash"),
        pytest.param("https://portal.example/\\evil.example/", id="backslash-behind"),
        pytest.param("https://portal.example/a\nb", id="line-break"),
        pytest.param("https://portal.example/a b", id="blank"),
        pytest.param(" https://portal.example/", id="blank-before"),
        pytest.param("https://portal.example/é", id="not-ascii"),
        pytest.param("https://portal.example/" + "a" * 2048, id="endless"),
        pytest.param("", id="empty"),
    ],
)
def test_a_target_elsewhere_is_not_passed_on(target):
    assert hints(target_link_uri=target) == {}


@pytest.mark.parametrize(
    "issuer",
    [
        pytest.param("http://acme.okta.com", id="http"),
        pytest.param("https://acme.okta.com?x=1", id="query"),
        pytest.param("https://acme.okta.com#x", id="fragment"),
        pytest.param("https://localhost:4700", id="this-machine"),
        pytest.param("https://10.0.0.1", id="address"),
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("acme", id="no-url"),
        pytest.param("", id="empty"),
    ],
)
def test_what_is_no_issuer_is_not_passed_on(issuer):
    assert hints(iss=issuer) == {}


@pytest.mark.parametrize("name", ["login_hint", "idp_identifier", "identity_provider"])
@pytest.mark.parametrize(
    "value",
    [
        pytest.param("", id="empty"),
        pytest.param("a" * 321, id="long"),
        pytest.param("ada\r\nSet-Cookie: x", id="line-break"),
        pytest.param("ada\u202egro.example", id="direction-override"),
    ],
)
def test_a_hint_that_is_malformed_is_not_passed_on(name, value):
    assert hints(**{name: value}) == {}


def test_nothing_else_is_passed_on():
    assert hints(client_id="portal", state="x", code="x", prompt="none", redirect_uri="x") == {}


def test_what_is_passed_on():
    sent = {
        "login_hint": "ada@acme.example",
        "idp_identifier": "acme",
        "identity_provider": "azure",
        "iss": "https://acme.okta.com/oauth2/default",
        "target_link_uri": "https://portal.example/inbox?unread=1#first",
    }
    assert hints(**sent) == sent


def test_issuers_on_this_machine_are_for_the_local_stack():
    sent = {"iss": "http://localhost:4701/acme/v2.0"}
    assert initiated_login.hints(sent, START, loopback_allowed=True) == sent
