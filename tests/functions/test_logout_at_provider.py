"""Signing out at the provider as well, and being asked again (RP-Initiated Logout 1.0, 2 and 3)."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from authsso.errors import UnavailableError
from harness.settings_fakes import CONFIG
from harness.sign_in_world import PORTAL, Browser, change_connection, connect, services
from logout.app import create_app

BYE = "https://portal.example/bye?from=sso"
GOOD = {"client_id": "portal", "logout_uri": BYE}
DONE = "/oauth2/logout/done"
END = "https://login.microsoftonline.com/end"
COGNITO = f"{CONFIG.cognito_domain_url}/logout?"


@pytest.fixture
def world():
    made = services()
    made.applications.kept["portal"] = replace(PORTAL, logout_uris=(BYE,))
    return made


@pytest.fixture
def connection(world):
    """Acme's connection, whose provider is to end its session as well."""
    return connect(
        world,
        "acme",
        "azure",
        metadata={"end_session_endpoint": END},
        logout_at_provider=True,
    )


@pytest.fixture
def browser(world, connection):
    """One that has signed in."""
    made = Browser(world)
    assert "code" in made.sign_in().query
    return made


def sign_out(browser, **changes):
    return browser.send(create_app, "GET", "/logout", GOOD | changes)


def come_back(browser, **query):
    return browser.send(create_app, "GET", DONE, query)


def is_stranded(answer):
    assert answer.location == ""
    return answer.status == 400 and "sign_out_unknown" in answer.body


# --- back from the provider


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="A46-no-state"),
        pytest.param({"state": ""}, id="A46-empty"),
        pytest.param({"state": "x" * 43}, id="A45-other-state"),
        pytest.param(GOOD, id="A45-address-in-the-query"),
    ],
)
def test_another_state_leads_nowhere_and_the_person_stays_signed_out(browser, query):
    sign_out(browser)
    assert is_stranded(come_back(browser, **query))
    assert browser.cookies["__Host-session"] == "signed-out"


def test_a_link_to_the_way_back_leads_nowhere_in_another_browser(browser, world):
    state = sign_out(browser).query["state"]
    assert is_stranded(come_back(Browser(world), state=state))


def test_the_way_back_is_gone_once(browser):
    state = sign_out(browser).query["state"]
    assert come_back(browser, state=state).status == 303
    assert is_stranded(come_back(browser, state=state))


def test_an_address_that_is_no_longer_registered_is_not_gone_to__E38(browser, world):
    state = sign_out(browser).query["state"]
    world.applications.kept["portal"] = PORTAL
    answer = come_back(browser, state=state)
    assert (answer.status, answer.location) == (400, "")


def test_the_browser_goes_by_the_provider_and_cognito_to_the_application(browser):
    there = sign_out(browser)
    assert there.status == 303
    assert there.location.startswith(f"{END}?")
    state = there.query["state"]
    assert there.query == {
        "client_id": "client",
        "post_logout_redirect_uri": f"{CONFIG.base_url}{DONE}",
        "state": state,
    }
    onward = come_back(browser, state=state)
    assert onward.location.startswith(COGNITO)
    assert onward.query == GOOD
    assert "__Host-signing-out" not in browser.cookies


def test_a_query_of_the_endpoint_is_kept(world):
    metadata = {"end_session_endpoint": f"{END}?policy=x"}
    connect(world, "acme", "azure", metadata=metadata, logout_at_provider=True)
    browser = Browser(world)
    browser.sign_in()
    assert parse_qs(urlsplit(sign_out(browser).location).query)["policy"] == ["x"]


# --- when the session at the provider goes on


def stays(answer):
    return answer.status == 303 and answer.location.startswith(COGNITO)


def test_an_address_that_is_not_registered_signs_nobody_out__E38(browser):
    before = dict(browser.cookies)
    assert sign_out(browser, logout_uri="https://evil.example/").status == 400
    assert browser.cookies == before


def test_who_did_not_sign_in_through_us_is_not_sent_to_a_provider(world, connection):
    assert stays(sign_out(Browser(world)))


def test_a_second_sign_out_does_not_go_there_again(browser):
    sign_out(browser)
    assert stays(sign_out(browser))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"enabled": False}, id="F16-disabled"),
        pytest.param({"live": None, "enabled": False}, id="F16-deleted"),
        pytest.param({"live": 7}, id="version-gone"),
    ],
)
def test_a_connection_that_is_off_is_not_gone_to(browser, world, connection, change):
    change_connection(world, connection, **change)
    assert stays(sign_out(browser))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"logout_at_provider": False}, id="not-asked-for"),
        pytest.param({"metadata": {"end_session_endpoint": None}}, id="no-endpoint"),
    ],
)
def test_a_provider_that_is_not_to_be_asked_is_not(browser, world, changes):
    good = {"metadata": {"end_session_endpoint": END}, "logout_at_provider": True}
    connect(world, "acme", "azure", **good | changes)
    assert stays(sign_out(browser))


@pytest.mark.parametrize(
    "call", ["connections.by_connection_id", "connections.connection", "connections.version"]
)
def test_an_outage_of_our_table_does_not_keep_anybody_signed_in(browser, world, call):
    world.failures[call] = UnavailableError("aws_unavailable", "connection table")
    assert stays(sign_out(browser))
    assert browser.cookies["__Host-session"] == "signed-out"


# --- asked again


def test_who_signed_out_is_not_let_in_silently(browser):
    sign_out(browser)
    answer = browser.authorize(idp_identifier="acme", prompt="none")
    assert answer.query["error"] == "login_required"


@pytest.mark.parametrize(
    ("asked", "passed_on"),
    [
        (None, "login"),
        ("login", "login"),
        ("select_account", "select_account"),
        ("consent", "consent login"),
    ],
)
def test_who_signed_out_is_asked_again(browser, asked, passed_on):
    sign_out(browser)
    answer = browser.authorize(idp_identifier="acme", prompt=asked)
    assert answer.query["prompt"] == passed_on


def test_google_is_asked_in_its_own_word(world):
    connect(world, "acme", "google")
    browser = Browser(world)
    sign_out(browser)
    assert browser.authorize(idp_identifier="acme", identity_provider="google").query["prompt"] == (
        "select_account"
    )


def test_who_signed_in_again_is_not_asked_once_more(browser):
    sign_out(browser)
    assert "code" in browser.sign_in().query
    assert "prompt" not in browser.authorize(idp_identifier="acme").query


def test_a_sign_in_that_fails_leaves_the_person_signed_out(browser):
    sign_out(browser)
    state = browser.authorize(idp_identifier="acme").query["state"]
    browser.come_back({"state": state, "error": "access_denied"})
    assert browser.authorize(idp_identifier="acme").query["prompt"] == "login"
