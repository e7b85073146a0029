"""docs/drop-in.md row by row, where a row is not what another file of these tests is about."""

import re

import pytest

from harness.settings_fakes import CONFIG
from harness.sign_in_world import CALLBACK, Browser, services, token
from harness.template import ROOT, routes

PAGE = (ROOT / "docs/drop-in.md").read_text()
COMPARED = PAGE.partition("## GET /oauth2/authorize")[2]
ROWS = re.findall(r"^\| ([`A-Za-z].*?) \| (.*?) \| (.*?) \|$", COMPARED, re.MULTILINE)
REFRESH = {"grant_type": "refresh_token", "client_id": "portal", "refresh_token": "good"}


@pytest.fixture
def browser():
    made = services()
    made.tokens.refresh_tokens = {"good": "portal"}
    return Browser(made)


def test_every_row_has_one_of_the_four_verdicts():
    verdicts = {verdict for _, verdict, meaning in ROWS if meaning != "what that means"}
    assert verdicts == {"same", "stricter", "different", "not offered"}


def test_what_is_not_offered_has_no_route():
    paths = {route.split()[1] for route in routes()}
    missing = [row for row, verdict, _ in ROWS if verdict == "not offered" and row[:2] == "`/"]
    named = {path for row in missing for path in re.findall(r"`(/.*?)`", row)}
    assert "/saml2/logout" in named
    assert not named & paths


def test_what_is_offered_has_a_route():
    offered = set(re.findall(r"(?:GET|POST) /[A-Za-z0-9/]+", PAGE))
    assert offered >= {"GET /login", "POST /oauth2/revoke", "GET /logout"}
    assert offered <= set(routes())


# --- authorize


def test_a_confidential_application_needs_pkce_too(browser):
    without = {"code_challenge": None, "code_challenge_method": None, "scope": "openid"}
    answer = browser.authorize(client_id="backend", **without)
    assert answer.location.startswith(CALLBACK)
    assert answer.query["error"] == "invalid_request"
    assert "PKCE" in answer.query["error_description"]


@pytest.mark.parametrize(
    "ignored",
    [
        pytest.param({"resource": "https://api.example"}, id="resource"),
        pytest.param({"lang": "de"}, id="lang"),
        pytest.param({"unknown": "x"}, id="unknown"),
    ],
)
def test_what_is_ignored_at_authorize_changes_nothing(browser, ignored):
    assert browser.authorize(idp_identifier="acme", **ignored).status == 303


@pytest.mark.parametrize("name", ["Facebook", "LoginWithAmazon", "SignInWithApple", "MySaml"])
def test_other_providers_of_the_pool_are_no_hint(browser, name):
    answer = browser.authorize(identity_provider=name)
    assert answer.location.startswith(CALLBACK)
    assert answer.query["error"] == "invalid_request"


@pytest.mark.parametrize("name", [None, "COGNITO", "Google", "azure"])
def test_without_a_tenant_the_page_asks(browser, name):
    answer = browser.authorize(identity_provider=name)
    assert answer.status == 200
    assert "Work e-mail" in answer.body


def test_amplify_with_a_kind_and_an_address_goes_straight_to_the_provider(browser):
    answer = browser.authorize(identity_provider="azure", login_hint="ada@acme.example")
    assert answer.location.startswith("https://login.microsoftonline.com/")


def test_any_other_address_continues_at_cognitos_own_page(browser):
    answer = browser.authorize(identity_provider="COGNITO", login_hint="bob@elsewhere.example")
    assert answer.location.startswith(f"{CONFIG.cognito_domain_url}/oauth2/authorize?")
    assert answer.query["identity_provider"] == "COGNITO"


@pytest.mark.parametrize("prompt", ["none", "login", "select_account", "consent"])
def test_every_prompt_reaches_the_provider(browser, prompt):
    assert browser.authorize(idp_identifier="acme", prompt=prompt).query["prompt"] == prompt


def test_nobody_is_signed_in_without_being_asked(browser):
    assert browser.authorize(prompt="none").query["error"] == "login_required"


# --- token


def test_machines_ask_the_cognito_domain(browser):
    form = {"grant_type": "client_credentials", "client_id": "backend", "client_secret": "x"}
    assert token(browser.services, form).json["error"] == "unsupported_grant_type"


@pytest.mark.parametrize(
    "ignored",
    [
        pytest.param({"scope": "openid admin"}, id="scope"),
        pytest.param({"aws_client_metadata": '{"a": 1}'}, id="aws_client_metadata"),
    ],
)
def test_what_is_ignored_at_the_token_endpoint_changes_nothing(browser, ignored):
    assert token(browser.services, REFRESH | ignored).status == 200
