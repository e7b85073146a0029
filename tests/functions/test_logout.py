"""GET /logout through its app: both of Cognito's forms, and no way to anywhere else (E38, E39)."""

from dataclasses import replace

import pytest

from authorize import app as authorize
from authsso.errors import UnavailableError
from harness.http_event import http_event
from harness.settings_fakes import CONFIG
from harness.sign_in_world import CALLBACK, PORTAL, REQUEST, answered, services
from logout.app import create_app

BYE = "https://portal.example/bye?from=sso"
EVIL = """"'><script>alert(1)</script>"""
GOOD = {"client_id": "portal", "logout_uri": BYE}


@pytest.fixture
def world():
    made = services()
    made.applications.kept["portal"] = replace(PORTAL, logout_uris=(BYE, "myapp://bye"))
    return made


def logout(world, query, **changes):
    return answered(create_app(world), http_event("GET", "/logout", query=query) | changes)


def shown(answer):
    """The code on our own page; nobody is sent anywhere."""
    assert answer.location == ""
    assert "<script>" not in answer.body
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status, answer.body.partition("<dt>Error</dt><dd><code>")[2].partition("<")[0]


# --- to nowhere but where the application has said


@pytest.mark.parametrize(
    "logout_uri",
    [
        pytest.param("", id="E38-empty"),
        pytest.param("https://evil.example/", id="E38-other-host"),
        pytest.param(BYE + "/", id="E38-slash-added"),
        pytest.param(BYE + "&x=1", id="E38-query-added"),
        pytest.param(BYE + "#x", id="E38-fragment"),
        pytest.param(BYE.partition("?")[0], id="E38-without-its-query"),
        pytest.param("https://portal.example/BYE?from=sso", id="E38-path-case"),
        pytest.param("HTTPS://portal.example/bye?from=sso", id="E38-scheme-case"),
        pytest.param("http://portal.example/bye?from=sso", id="E38-http"),
        pytest.param("https://portal.example:443/bye?from=sso", id="E38-port"),
        pytest.param("https://portal.example/x/../bye?from=sso", id="E38-dots"),
        pytest.param("https://portal.example/%62ye?from=sso", id="E38-encoded"),
        pytest.param("https://portal.example@evil.example/bye?from=sso", id="E38-userinfo"),
        pytest.param("https://portal.example.evil.example/bye?from=sso", id="E38-suffix"),
        pytest.param("https://portal.example\\bye?from=sso", id="E38-backslash"),
        pytest.param(f" {BYE}", id="E38-blank"),
        pytest.param(f"{BYE}\n", id="E38-line-break"),
        pytest.param("javascript:alert(1)", id="E38-javascript"),
        pytest.param(EVIL, id="H11"),
        pytest.param(CALLBACK, id="E38-redirect-uri-is-no-logout-uri"),
    ],
)
def test_an_address_that_is_not_registered_is_never_gone_to__K57(world, logout_uri):
    answer = logout(world, GOOD | {"logout_uri": logout_uri})
    assert shown(answer) == (400, "unregistered_logout_uri")


@pytest.mark.parametrize(
    "client_id",
    [pytest.param("", id="E38-missing"), pytest.param("other", id="unknown"), EVIL, "PORTAL"],
)
@pytest.mark.parametrize("form", [GOOD, REQUEST], ids=["out", "in-again"])
def test_an_application_must_be_named(world, client_id, form):
    answer = logout(world, form | {"client_id": client_id})
    assert shown(answer) == (400, "unknown_application")


def test_the_address_of_another_application_is_not_this_ones__E38(world):
    assert shown(logout(world, GOOD | {"client_id": "backend"})) == (400, "unregistered_logout_uri")


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"client_id": "portal"}, id="neither"),
        pytest.param({"client_id": "portal", "response_type": "code"}, id="response-type-alone"),
        pytest.param(
            {"client_id": "portal", "post_logout_redirect_uri": BYE}, id="openid-connects-own-name"
        ),
        pytest.param(REQUEST | {"logout_uri": "https://evil.example/"}, id="both-and-one-is-bad"),
    ],
)
def test_without_a_way_on_nobody_is_led_anywhere(world, query):
    assert shown(logout(world, query)) == (400, "unregistered_logout_uri")


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("client_id=portal&client_id=portal", id="client-twice"),
        pytest.param("client_id=portal&logout_uri=a&logout_uri=b", id="address-twice"),
        pytest.param("client_id=portal&logout_uri=%ff", id="B34-not-utf8"),
    ],
)
def test_a_malformed_request(world, query):
    assert shown(logout(world, query)) == (400, "malformed_request")
    assert world.calls == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_nothing(world, method):
    answer = answered(create_app(world), http_event(method, "/logout", query=GOOD))
    assert answer.status == 404


def test_an_outage_is_a_503(world):
    world.failures["applications.find"] = UnavailableError("aws_unavailable", "pool x")
    assert shown(logout(world, GOOD)) == (503, "aws_unavailable")


# --- out


@pytest.mark.parametrize("logout_uri", [BYE, "myapp://bye"])
def test_the_session_at_the_cognito_domain_is_ended_on_the_way(world, logout_uri):
    answer = logout(world, GOOD | {"logout_uri": logout_uri})
    assert answer.status == 303
    assert answer.location.startswith(f"{CONFIG.cognito_domain_url}/logout?")
    assert answer.query == {"client_id": "portal", "logout_uri": logout_uri}
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_nothing_else_goes_to_the_cognito_domain__E46(world):
    """oidc-client-ts sends the ID token along."""
    more = {"id_token_hint": "a.b.c", "state": "x", "response_type": "code", "scope": "openid"}
    assert logout(world, GOOD | more).query == GOOD


def test_an_address_to_go_to_decides_over_signing_in_again(world):
    assert logout(world, REQUEST | GOOD).query == GOOD


def test_no_header_changes_where_it_leads__E42(world):
    headers = {"host": "evil.example", "x-forwarded-host": "evil.example"}
    for query in (GOOD, REQUEST):
        assert "evil" not in logout(world, query, headers=headers).location


# --- in again


@pytest.mark.parametrize(
    "redirect_uri",
    [
        pytest.param("https://evil.example/cb", id="E39-other-host"),
        pytest.param(f"{CALLBACK}/", id="E39-slash-added"),
        pytest.param("", id="E39-empty"),
        pytest.param(BYE, id="E39-logout-uri-is-no-redirect-uri"),
    ],
)
def test_a_return_address_must_be_registered(world, redirect_uri):
    answer = logout(world, REQUEST | {"redirect_uri": redirect_uri})
    assert shown(answer) == (400, "unregistered_redirect_uri")


@pytest.mark.parametrize("prompt", [{}, {"prompt": "none"}, {"prompt": "consent"}])
def test_signing_in_again_asks_again_and_keeps_the_state__E39(world, prompt):
    answer = logout(world, REQUEST | prompt)
    assert answer.status == 303
    assert answer.location.startswith(f"{CONFIG.base_url}/oauth2/authorize?")
    assert answer.query == REQUEST | {"prompt": "login"}


def test_the_provider_is_told_to_ask_again(world):
    again = logout(world, REQUEST | {"idp_identifier": "acme"})
    event = http_event("GET", "/oauth2/authorize", query=again.query)
    assert answered(authorize.create_app(world), event).query["prompt"] == "login"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"response_type": "token"}, "invalid_request", id="E39-response-type"),
        pytest.param({"code_challenge": "x"}, "invalid_request", id="E39-pkce"),
        pytest.param({"scope": "admin"}, "invalid_scope", id="E39-scope"),
    ],
)
def test_the_rest_is_judged_as_every_sign_in_is(world, change, error):
    again = logout(world, REQUEST | change)
    event = http_event("GET", "/oauth2/authorize", query=again.query)
    answer = answered(authorize.create_app(world), event)
    assert answer.location.startswith(CALLBACK)
    assert (answer.query["error"], answer.query["state"]) == (error, REQUEST["state"])
