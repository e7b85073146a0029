"""GET /oauth2/authorize through its app: refusals, home realms, what is begun (E02-E17, E42)."""

import base64
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from authorize.app import create_app
from authsso.errors import UnavailableError
from harness.fakes import NOW
from harness.sign_in_world import (
    CALLBACK,
    ISSUERS,
    REQUEST,
    change_connection,
    connect,
)

EVIL = """"'><script>alert(1)</script>"""


def is_sent_to(answer, kind):
    return answer.status == 303 and answer.location.startswith(f"{ISSUERS[kind]}/authorize?")


def told(answer):
    assert answer.status == 303
    assert answer.location.startswith(f"{CALLBACK}?")
    assert "code" not in answer.query
    return answer.query["error"]


# --- nobody is redirected


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"client_id": None}, "unknown_application", id="E02-missing"),
        pytest.param({"client_id": "other"}, "unknown_application", id="E02-unknown"),
        pytest.param({"client_id": EVIL}, "unknown_application", id="H11-E02"),
        pytest.param({"redirect_uri": EVIL}, "unregistered_redirect_uri", id="H11-E03"),
        pytest.param(
            {"redirect_uri": "https://evil.example"}, "unregistered_redirect_uri", id="E03"
        ),
    ],
)
def test_the_person_alone_hears_of_it__K44(browser, world, change, code):
    answer = browser.authorize(**change)
    assert (answer.status, answer.location, answer.cookies) == (400, "", [])
    assert f"<code>{code}</code>" in answer.body
    assert "<script>" not in answer.body
    assert "evil" not in answer.body
    assert not world.sign_ins.kept


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("client_id=portal&client_id=portal", id="E02-twice"),
        pytest.param("client_id=portal&state=%ff", id="B34-not-utf8"),
        pytest.param("client_id=portal&state=%00", id="B34-nul"),
        pytest.param("client_id=portal&state=%zz", id="B34-bad-percent"),
        pytest.param("client_id=" + "x" * 17_000, id="B34-long"),
    ],
)
def test_a_malformed_request_reaches_nothing(browser, world, raw):
    answer = browser.send(create_app, "GET", "/oauth2/authorize", raw)
    assert (answer.status, answer.location) == (400, "")
    assert "malformed_request" in answer.body
    assert world.calls == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_and_paths_are_nothing(browser, world, method):
    answer = browser.send(create_app, method, "/oauth2/authorize", REQUEST)
    assert answer.status == 404
    assert browser.send(create_app, "GET", f"/oauth2/{EVIL}", {}).status == 404
    assert world.calls == []


# --- the application hears


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"response_type": "token"}, "invalid_request", id="E05"),
        pytest.param({"code_challenge": None}, "invalid_request", id="E06"),
        pytest.param({"scope": "phone"}, "invalid_scope", id="E08"),
        pytest.param({"nonce": "n"}, "invalid_request", id="E10"),
        pytest.param({"prompt": "none"}, "login_required", id="E16-no-hint"),
        pytest.param(
            {"prompt": "none", "login_hint": "x@nobody.example"}, "login_required", id="E16-unknown"
        ),
        pytest.param({"identity_provider": EVIL}, "invalid_request", id="H11-E11"),
        pytest.param({"identity_provider": "Facebook"}, "invalid_request", id="E11-unknown-kind"),
        pytest.param({"identity_provider": "a" * 26}, "invalid_request", id="E11-unknown-id"),
        pytest.param({"idp_identifier": "globex"}, "invalid_request", id="E11-unknown-tenant"),
        pytest.param({"idp_identifier": "x.example"}, "invalid_request", id="E11-unknown-domain"),
        pytest.param(
            {"idp_identifier": "acme", "identity_provider": "okta"},
            "invalid_request",
            id="E11-kind-that-the-tenant-does-not-have",
        ),
    ],
)
def test_the_application_hears_with_its_state(browser, world, change, error):
    answer = browser.authorize(**change)
    assert told(answer) == error
    assert answer.query["state"] == REQUEST["state"]
    assert "alert" not in answer.location
    assert not world.sign_ins.kept
    assert answer.cookies == []


def test_disabled_and_unknown_read_the_same__E11(browser, world):
    connection = world.connections.connection("acme", "azure")
    unknown = browser.authorize(identity_provider="a" * 26)
    for change in ({"enabled": False}, {"live": None}):
        change_connection(world, connection, **change)
        disabled = browser.authorize(identity_provider=connection.connection_id)
        assert disabled.location == unknown.location
        assert browser.authorize(idp_identifier="acme").location == unknown.location


@pytest.mark.parametrize(
    "call", ["sign_ins.save", "connections.connections", "connections.version"]
)
def test_when_our_tables_fail_nobody_is_sent_to_a_provider__J10(browser, world, call):
    world.failures[call] = UnavailableError("aws_unavailable", "throttled")
    answer = browser.authorize(idp_identifier="acme")
    assert told(answer) == "server_error"
    assert "throttled" not in answer.location
    assert answer.cookies == []


def test_without_applications_we_know_nobody_to_tell(browser, world):
    world.failures["applications.find"] = UnavailableError("aws_unavailable", "throttled")
    answer = browser.authorize()
    assert (answer.status, answer.location) == (503, "")
    assert "throttled" not in answer.body


def test_a_bug_is_a_page_without_its_text__J26(browser, world):
    world.failures["applications.find"] = KeyError("our secret bug")
    answer = browser.authorize()
    assert (answer.status, answer.location) == (500, "")
    assert "secret bug" not in answer.body
    assert answer.headers["Cache-Control"] == "no-store"


# --- home realm discovery


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"idp_identifier": "acme"}, id="tenant"),
        pytest.param({"idp_identifier": "ACME.example"}, id="its-domain"),
        pytest.param({"login_hint": "ada@acme.example"}, id="address"),
        pytest.param(
            {"login_hint": "ada@acme.example", "identity_provider": "COGNITO"}, id="E17-Amplify"
        ),
        pytest.param(
            {"login_hint": "ada@acme.example", "identity_provider": "azure"}, id="kind-and-address"
        ),
        pytest.param(
            {"idp_identifier": "acme", "identity_provider": "Azure"}, id="kind-and-tenant"
        ),
        pytest.param({"idp_identifier": "acme", "prompt": "none"}, id="E16-silent"),
    ],
)
def test_a_hint_leads_straight_to_the_provider(browser, change):
    assert is_sent_to(browser.authorize(**change), "azure")


def test_a_connection_named_outright(browser, world):
    connection_id = world.connections.connection("acme", "azure").connection_id
    assert is_sent_to(browser.authorize(identity_provider=connection_id), "azure")
    upper = browser.authorize(identity_provider=connection_id.upper())
    assert told(upper) == "invalid_request"


def test_enforced_connections_are_the_only_ones__E17(browser, world):
    okta = connect(world, "acme", "okta", enforced=True)
    azure = world.connections.connection("acme", "azure")
    assert is_sent_to(browser.authorize(idp_identifier="acme"), "okta")
    assert told(browser.authorize(identity_provider=azure.connection_id)) == "invalid_request"
    named = browser.authorize(identity_provider="azure", idp_identifier="acme")
    assert told(named) == "invalid_request"
    assert is_sent_to(browser.authorize(identity_provider=okta.connection_id), "okta")


def test_a_kind_that_the_organisation_does_not_use_still_leads_there(browser, world):
    """An application that always says `okta` must not send an enforced tenant to a password."""
    connect(world, "acme", "okta", enforced=True)
    wished = browser.authorize(identity_provider="azure", login_hint="ada@acme.example")
    assert is_sent_to(wished, "okta")


def test_nothing_in_the_request_leads_into_another_tenant__E11(browser, world):
    connect(world, "globex", "oidc")
    for change in (
        {"idp_identifier": "acme", "login_hint": "eve@globex.example"},
        {"login_hint": "ada@acme.example"},
    ):
        assert is_sent_to(browser.authorize(**change), "azure")


def test_where_the_host_header_points_does_not_matter__E42_K28(browser):
    answer = browser.send(
        create_app,
        "GET",
        "/oauth2/authorize",
        REQUEST | {"idp_identifier": "acme"},
        host="evil.example",
        x_forwarded_host="evil.example",
        forwarded="host=evil.example",
        x_forwarded_proto="http",
    )
    assert "evil" not in str(vars(answer))
    query = dict(parse_qsl(urlsplit(answer.location).query))
    assert query["redirect_uri"] == "https://authsso.saas.example/oauth2/idpresponse"


# --- what is begun


def test_a_sign_in_is_kept_before_the_browser_leaves(browser, world):
    answer = browser.authorize(idp_identifier="acme", prompt="login", login_hint="a@acme.example")
    (kept,) = world.sign_ins.kept.values()
    assert (kept.tenant_id, kept.provider, kept.version) == ("acme", "azure", 1)
    assert (kept.started_at, kept.expires_at) == (NOW, NOW + 600)
    assert kept.request.state == REQUEST["state"]
    query = dict(parse_qsl(urlsplit(answer.location).query))
    assert (query["prompt"], query["login_hint"]) == ("login", "a@acme.example")
    assert query["state"] != REQUEST["state"]
    (cookie,) = answer.cookies
    assert cookie.startswith("__Host-sign-in-")
    secret = cookie.split(";")[0].partition("=")[2]
    assert secret not in answer.location
    assert secret not in repr(kept)
    assert query["state"] not in repr(kept)


def test_every_sign_in_has_values_of_its_own__B27_K02_K79_K84(browser):
    queries = [dict(parse_qsl(urlsplit(browser.leave()).query)) for _ in range(5)]
    for name in ("state", "nonce", "code_challenge"):
        assert len({query[name] for query in queries}) == 5


@pytest.mark.parametrize(
    ("kind", "own"),
    [pytest.param("okta", False, id="shared"), pytest.param("oidc", True, id="own")],
)
def test_each_kind_is_given_its_callback__B20(browser, world, kind, own):
    connection = connect(world, "globex", kind)
    answer = browser.authorize(idp_identifier="globex")
    redirect_uri = dict(parse_qsl(urlsplit(answer.location).query))["redirect_uri"]
    shared = "https://authsso.saas.example/oauth2/idpresponse"
    assert redirect_uri == (f"{shared}/{connection.connection_id}" if own else shared)


def test_the_cookie_holds_an_opaque_secret_and_nothing_else__K16(browser):
    cookies = [browser.authorize(idp_identifier="acme").cookies[0] for _ in range(3)]
    values = {cookie.split(";")[0].partition("=")[2] for cookie in cookies}
    assert len(values) == 3
    for value in values:
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", value)
        assert len(base64.urlsafe_b64decode(value + "=")) == 32


def test_the_cookie_fits_the_way_back__H02(browser, world):
    connect(world, "globex", "okta", response_mode="form_post")
    (cookie,) = browser.authorize(idp_identifier="globex").cookies
    assert "SameSite=None" in cookie
    (cookie,) = browser.authorize(idp_identifier="acme").cookies
    assert "SameSite=Lax" in cookie


# --- ways on from an error


def ways(answer):
    return re.findall(r'<a class="[^"]*" href="([^"]*)">([^<]*)</a>', answer.body)


def test_what_passes_by_itself_can_be_tried_again_right_there(browser, world):
    world.failures["applications.find"] = UnavailableError("aws_unavailable", "throttled")
    start = "https://portal.example/start"
    assert ways(browser.authorize()) == [("", "Try again"), (start, "Start again")]


@pytest.mark.parametrize(
    ("urls", "client_id", "expected"),
    [
        pytest.param({}, "portal", [], id="none-known"),
        pytest.param({"": "https://a.example"}, EVIL, ["https://a.example"], id="everybody's"),
        pytest.param(
            {"portal": "https://a.example", "other": "https://b.example"},
            "portal",
            ["https://a.example"],
            id="the-application's",
        ),
        pytest.param(
            {"portal": "https://a.example", "other": "https://b.example"}, "x", [], id="which?"
        ),
    ],
)
def test_a_new_sign_in_begins_where_the_deployment_says__K57(
    browser, world, urls, client_id, expected
):
    """Never where the request says."""
    world.config = replace(world.config, application_start_urls=urls)
    evil = {"client_id": client_id, "redirect_uri": "https://evil.example"}
    assert [url for url, _ in ways(browser.authorize(**evil))] == expected
