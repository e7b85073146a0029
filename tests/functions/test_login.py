"""/login, /login/initiate, /signup ... through their app: where each leads, never elsewhere."""

from dataclasses import asdict
from urllib.parse import urlencode

import pytest

from authsso.config import Config, ConfigurationError
from authsso.protocol import enforcement
from harness.fakes import FakeServices
from harness.http_event import http_event
from harness.settings_fakes import CONFIG
from harness.sign_in_world import FORM, REQUEST, answered
from login.app import create_app

START = "https://portal.example/start"
COGNITO = CONFIG.cognito_domain_url
PAGES = ["/signup", "/forgotPassword", "/passkeys/add"]
TWO = {"portal": "https://portal.example/go?start=1", "backend": "https://backend.example/"}


def get(path, query="", services=None, **changes):
    services = services or FakeServices()
    answer = answered(create_app(services), http_event("GET", path, query=query) | changes)
    assert services.calls == []  # whatever happens: it has nothing to ask, and nobody
    return answer


# --- third-party-initiated login


@pytest.mark.parametrize(
    "addresses", [pytest.param({}, id="none"), pytest.param(TWO, id="several")]
)
def test_who_cannot_be_led_is_told_what_to_do(addresses):
    answer = get("/login/initiate", services=FakeServices(application_start_urls=addresses))
    assert answer.status == 400
    assert "start_address_unknown" in answer.body
    assert "work e-mail" in answer.body.replace("\n", " ")


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("iss=https%3A%2F%2Fa.example&iss=https%3A%2F%2Fb.example", id="B14-twice"),
        pytest.param("login_hint=%ff", id="B34-not-utf8"),
        pytest.param("login_hint=a%0", id="broken"),
    ],
)
def test_a_malformed_request_leads_nowhere(query):
    answer = get("/login/initiate", query)
    assert (answer.status, answer.location) == (400, "")
    assert "malformed_request" in answer.body


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"client_id": "other"}, id="unknown-application"),
        pytest.param({"target_link_uri": "https://evil.example/"}, id="A43-open-redirect"),
        pytest.param({"iss": "javascript:alert(1)"}, id="no-issuer"),
        pytest.param({"redirect_uri": "https://evil.example/", "code": "x"}, id="A43-unknown"),
        pytest.param({"login_hint": "a" * 400}, id="endless-hint"),
    ],
)
def test_it_leads_to_the_start_address_alone(query):
    answer = get("/login/initiate", query)
    assert (answer.status, answer.location) == (303, START)


def test_no_header_changes_where_it_leads__E42():
    answer = get(
        "/login/initiate",
        headers={"host": "evil.example", "x-forwarded-host": "evil.example"},
    )
    assert answer.location == START


def test_what_the_third_party_knows_goes_along():
    query = {"iss": "https://acme.okta.com", "login_hint": "ada+x@acme.example", "x": "y"}
    answer = get("/login/initiate", query)
    assert answer.location.startswith(f"{START}?")
    assert answer.query == {"iss": "https://acme.okta.com", "login_hint": "ada+x@acme.example"}


def post(form, **changes):
    event = http_event("POST", "/login/initiate", body=urlencode(form), headers=FORM) | changes
    return answered(create_app(FakeServices()), event)


def test_a_third_party_may_post_a_form():
    assert post({}).location == START
    answer = post({"iss": "https://acme.okta.com", "target_link_uri": "https://evil.example/"})
    assert answer.status == 303
    assert answer.location == f"{START}?iss=https%3A%2F%2Facme.okta.com"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"headers": {"content-type": "application/json"}}, id="json"),
        pytest.param({"rawQueryString": "idp_identifier=acme"}, id="query-beside-it"),
    ],
)
def test_a_post_that_is_no_form(change):
    answer = post({"iss": "https://acme.okta.com"}, **change)
    assert (answer.status, answer.location) == (400, "")


def test_of_several_applications_the_named_one_begins():
    services = FakeServices(application_start_urls=TWO)
    answer = get("/login/initiate", {"client_id": "portal", "idp_identifier": "acme"}, services)
    assert answer.location == "https://portal.example/go?start=1&idp_identifier=acme"


def test_the_address_in_the_triggers_refusal_answers():
    assert get(enforcement.SIGN_IN_PATH).status == 303


# --- /login


def test_login_is_authorize_under_another_name():
    answer = get("/login", REQUEST)
    assert answer.status == 303
    assert answer.location.startswith(f"{CONFIG.base_url}/oauth2/authorize?")
    assert answer.query == REQUEST


@pytest.mark.parametrize("path", ["/login", *PAGES])
def test_a_parameter_that_comes_twice_goes_nowhere(path):
    answer = get(path, "client_id=a&client_id=b")
    assert (answer.status, answer.location) == (400, "")


@pytest.mark.parametrize("path", ["/login", *PAGES])
def test_no_parameter_leads_elsewhere(path):
    evil = "https://evil.example/"
    query = {"redirect_uri": evil, "logout_uri": evil, "url": evil, "@evil.example/": ""}
    answer = get(path, query, headers={"host": "evil.example"})
    assert answer.location.startswith((f"{COGNITO}{path}?", f"{CONFIG.base_url}/oauth2/authorize?"))


# --- Cognito's own pages


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_cognito_gets_what_was_sent(path):
    answer = get(path, REQUEST)
    assert answer.status == 303
    assert answer.location.startswith(f"{COGNITO}{path}?")
    assert answer.query == REQUEST


@pytest.mark.parametrize("path", ["/confirm", "/login/", "/login/initiate/x", "/signup/../login"])
def test_other_paths_are_nothing(path):
    assert get(path).status == 404


# --- what the deployment says


NUMBERS = ("_DAYS", "_PER_MINUTE")


def configured(text):
    environment = {name.upper(): "" for name in asdict(CONFIG)}
    environment |= dict.fromkeys((name for name in environment if name.endswith(NUMBERS)), "1")
    environment |= {"ALLOW_LOOPBACK": "false"}
    return Config.from_environment(environment | {"APPLICATION_START_URLS": text})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("portal", id="no-address"),
        pytest.param("portal=", id="empty-address"),
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("portal=/start", id="path-alone"),
        pytest.param("https://", id="no-host"),
        pytest.param("https://a.example/#/start", id="fragment"),
        pytest.param("a.b=https://a.example/", id="no-client-id"),
        pytest.param("https://a.example/,https://b.example/", id="two-for-all"),
        pytest.param("a=https://a.example/,a=https://b.example/", id="two-for-one"),
    ],
)
def test_a_start_address_that_is_none_stops_the_deployment(text):
    with pytest.raises(ConfigurationError, match="APPLICATION_START_URLS"):
        configured(text)


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        pytest.param("", {}, id="none"),
        pytest.param("https://a.example?x=1", {"": "https://a.example?x=1"}, id="one"),
        pytest.param(
            "https://a.example/,b2=http://localhost:3000/",
            {"": "https://a.example/", "b2": "http://localhost:3000/"},
            id="default-and-one",
        ),
    ],
)
def test_start_addresses(text, urls):
    assert configured(text).application_start_urls == urls
