"""The demo provider looks like Entra, or like a plain provider, and misbehaves when told to."""

import json
import re
import shutil
import ssl
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from jose import jws

from local_stack import http, processes, provider
from local_stack.certificate import make_certificate
from local_stack.people import demo_tenants, provider_realms
from local_stack.plan import Ports

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
GRAPH_FIELDS = {"sub", "name", "given_name", "family_name", "picture", "email"}


@dataclass
class Browser:
    """A person's browser and a relying party in one, at one realm of the demo provider."""

    http: httpx.Client
    registration: object
    callback: str
    discovery: dict = field(default_factory=dict)

    def __post_init__(self):
        found = self.http.get(f"{self.registration.issuer}/.well-known/openid-configuration")
        self.discovery = found.json()

    def ask(self, **more):
        """The answer to an authorization request."""
        parameters = {
            "client_id": self.registration.client_id,
            "redirect_uri": self.callback,
            "response_type": "code",
            "scope": "openid profile email",
            "state": "s1",
            "nonce": "n1",
            **more,
        }
        return self.http.get(self.discovery["authorization_endpoint"], params=parameters)

    def sign_in(self, form, **more):
        """What the provider's last answer is, once somebody has filled in its page."""
        answer = self.ask(**more)
        if answer.is_redirect and "/interaction/" in answer.headers["location"]:
            page = answer.headers["location"]
            assert self.http.get(page).status_code == 200
            answer = self.http.post(page, data=form)
            if answer.is_redirect:
                answer = self.http.get(answer.headers["location"])
        return answer

    def returned(self, **more):
        """The parameters that come back to the redirect URI."""
        answer = self.sign_in(
            {"pick": f"ada@{self.registration.realm.split('-')[0]}.example"}, **more
        )
        return parameters_of(answer.headers["location"])

    def exchange(self, code, **more):
        """The token endpoint's answer."""
        return self.http.post(
            self.discovery["token_endpoint"],
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.callback,
                "client_id": self.registration.client_id,
                "client_secret": self.registration.client_secret,
                **more,
            },
        )

    def tokens(self):
        return self.exchange(self.returned()["code"]).json()

    def userinfo(self, method="POST"):
        bearer = {"authorization": f"Bearer {self.tokens()['access_token']}"}
        return self.http.request(method, self.discovery["userinfo_endpoint"], headers=bearer)

    def misbehave(self, **wrong):
        url = f"/_demo/clients/{self.registration.client_id}/misbehaviour"
        assert self.http.put(url, json=wrong).status_code == 200

    def requests(self, **wanted):
        return self.http.get("/_demo/requests", params=wanted).json()["requests"]


def parameters_of(location):
    return {name: value for name, (value,) in parse_qs(urlsplit(location).query).items()}


def claims_of(token):
    return json.loads(jws.get_unverified_claims(token))


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    ports = Ports.free()
    run_dir = tmp_path_factory.mktemp("provider")
    tenants = demo_tenants(ports)
    files = make_certificate(run_dir)
    config = {
        "port": ports.provider,
        "application": {"port": ports.application, "client_id": "the-application"},
        "https": {
            "port": ports.secure,
            "target_port": ports.provider,
            "certificate": str(files.certificate),
            "key": str(files.key),
        },
        "realms": provider_realms(tenants, ports),
    }
    process = provider.start(config, run_dir)
    yield ports, tenants[0], run_dir
    processes.stop(process, run_dir)


@pytest.fixture(params=["azure", "oidc"])
def kind(request):
    return request.param


@pytest.fixture
def browser(running, kind):
    ports, tenant, _run_dir = running
    registration = tenant.registration(kind)
    with httpx.Client(base_url=f"http://localhost:{ports.provider}") as client:
        client.post("/_demo/reset")
        yield Browser(
            client, registration, f"http://authsso.localhost:{ports.stack}/oauth2/idpresponse"
        )


entra = pytest.mark.parametrize("kind", ["azure"], indirect=True)
plain = pytest.mark.parametrize("kind", ["oidc"], indirect=True)


def test_it_starts_without_noise(running):
    assert processes.log_file(running[2], "provider").read_text() == "ready\n"


@entra
def test_entra_metadata_has_what_entras_has(browser):
    assert browser.discovery["issuer"] == browser.registration.issuer
    assert browser.discovery["issuer"].endswith("/v2.0")
    assert "authorization_response_iss_parameter_supported" not in browser.discovery
    assert "code_challenge_methods_supported" not in browser.discovery
    assert "client_secret_post" in browser.discovery["token_endpoint_auth_methods_supported"]
    assert "form_post" in browser.discovery["response_modes_supported"]


@entra
def test_entra_sends_no_iss_and_entras_claims(browser):
    returned = browser.returned()
    claims = claims_of(browser.exchange(returned["code"]).json()["id_token"])

    assert returned.keys() == {"code", "state"}
    assert claims["tid"] in browser.registration.issuer
    assert claims["ver"] == "2.0"
    assert claims["nonce"] == "n1"
    assert claims["preferred_username"] == claims["email"] == "ada@acme.example"
    assert len(claims["sub"]) == 43
    assert claims["sub"] != claims["oid"]
    assert "given_name" not in claims
    assert claims["aud"] == browser.registration.client_id


@entra
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_entra_userinfo_has_graphs_fields_only(browser, method):
    assert browser.userinfo(method).json().keys() == GRAPH_FIELDS


@entra
def test_entra_posts_no_iss_either(browser):
    page = browser.sign_in({"pick": "ada@acme.example"}, response_mode="form_post").text

    assert re.findall(r'name="(\w+)"', page) == ["code", "state"]
    assert f'action="{browser.callback}"' in page


@plain
def test_a_plain_provider_sends_iss_and_signs_with_es256(browser):
    returned = browser.returned()
    token = browser.exchange(returned["code"]).json()["id_token"]

    assert returned["iss"] == browser.registration.issuer
    assert jws.get_unverified_header(token)["alg"] == "ES256"
    assert claims_of(token)["email_verified"] is True


def test_tokens_verify_with_the_published_keys(browser):
    token = browser.tokens()["id_token"]
    keys = browser.http.get(browser.discovery["jwks_uri"]).json()["keys"]

    header = jws.get_unverified_header(token)
    (key,) = [key for key in keys if key["kid"] == header["kid"]]
    assert jws.verify(token, key, algorithms=[header["alg"]])


def test_pkce_is_checked_when_it_is_used(browser):
    challenge = {"code_challenge": "a" * 43, "code_challenge_method": "S256"}
    code = browser.returned(**challenge)["code"]

    assert browser.exchange(code, code_verifier="b" * 43).json()["error"] == "invalid_grant"


@entra
def test_no_session_and_no_prompt_is_login_required(browser):
    returned = parameters_of(browser.ask(prompt="none").headers["location"])

    assert returned["error"] == "login_required"
    assert returned["error_description"].startswith("AADSTS50058")


@pytest.mark.parametrize(
    ("change", "number"),
    [
        pytest.param({"redirect_uri": "https://evil.example/"}, "AADSTS50011", id="redirect URI"),
        pytest.param({"client_id": "nobody"}, "AADSTS700016", id="application"),
    ],
)
@entra
def test_entra_shows_what_is_not_registered_on_its_own_page(browser, change, number):
    answer = browser.ask(**change)

    assert not answer.is_redirect
    assert f'"strServiceExceptionMessage":"{number}' in answer.text


def test_a_connections_own_callback_is_registered(browser):
    answer = browser.ask(redirect_uri=f"{browser.callback}/con_123-x", prompt="none")

    assert answer.headers["location"].startswith(f"{browser.callback}/con_123-x?")


def test_a_redirect_uri_can_be_registered_on_the_way(browser):
    uri = "http://elsewhere.localhost:1234/callback"
    assert not browser.ask(redirect_uri=uri, prompt="none").is_redirect

    browser.http.post(
        f"/_demo/clients/{browser.registration.client_id}/redirect-uris", json={"uri": uri}
    )

    assert browser.ask(redirect_uri=uri, prompt="none").headers["location"].startswith(uri)


@entra
@pytest.mark.parametrize(
    ("change", "status", "error", "number"),
    [
        pytest.param({"client_secret": "no"}, 401, "invalid_client", 7000215, id="secret"),
        pytest.param({"client_id": "nobody"}, 400, "unauthorized_client", 700016, id="application"),
        pytest.param({}, 400, "invalid_grant", 70000, id="code"),
    ],
)
def test_entra_names_what_is_wrong_at_the_token_endpoint(browser, change, status, error, number):
    answer = browser.exchange("no such code", **change)

    assert answer.status_code == status
    assert answer.json()["error"] == error
    assert answer.json()["error_codes"] == [number]
    assert answer.json()["error_description"].startswith(f"AADSTS{number}: ")
    assert "Trace ID: " in answer.json()["error_description"]


@entra
def test_client_credentials_are_answered(browser):
    answer = browser.http.post(
        browser.discovery["token_endpoint"],
        data={
            "grant_type": "client_credentials",
            "client_id": browser.registration.client_id,
            "client_secret": browser.registration.client_secret,
            "scope": "https://graph.microsoft.com/.default",
        },
    )

    assert answer.status_code == 200
    assert answer.json()["access_token"]


@entra
def test_a_tenant_that_does_not_exist_has_no_metadata(browser):
    answer = browser.http.get("/no-such-tenant/v2.0/.well-known/openid-configuration")

    assert answer.status_code == 400
    assert answer.json()["error_description"].startswith("AADSTS90002")


def test_a_password_can_be_typed(browser, running):
    person = running[1].user
    form = {"login": person.email, "password": person.password}

    assert "code" in parameters_of(browser.sign_in(form).headers["location"])


def test_a_wrong_password_is_refused(browser, running):
    answer = browser.sign_in({"login": running[1].user.email, "password": "wrong"})

    assert answer.status_code == 401
    assert "not the right password" in answer.text


def test_a_hint_comes_first(browser):
    page = browser.ask(login_hint="grace@acme.example").headers["location"]

    first = re.search(r'name="pick" value="([^"]+)"', browser.http.get(page).text)
    assert first
    assert first[1] == "grace@acme.example"


@entra
def test_cancelling_is_access_denied(browser):
    returned = parameters_of(browser.sign_in({"cancel": "yes"}).headers["location"])

    assert returned["error"] == "access_denied"
    assert returned["error_description"].startswith("AADSTS65004")


def test_the_session_lasts_until_it_is_reset(browser):
    browser.returned()
    assert "code" in parameters_of(browser.ask().headers["location"])

    browser.http.post("/_demo/reset")

    assert "/interaction/" in browser.ask().headers["location"]


def test_another_account_can_be_chosen_despite_the_session(browser):
    browser.returned()

    assert "/interaction/" in browser.ask(prompt="select_account").headers["location"]


@pytest.mark.parametrize(
    ("wrong", "is_so"),
    [
        ({"wrong_nonce": True}, lambda token, _: claims_of(token)["nonce"] != "n1"),
        ({"wrong_audience": True}, lambda token, _: claims_of(token)["aud"] == "somebody-else"),
        ({"wrong_issuer": True}, lambda token, b: claims_of(token)["iss"] != b.registration.issuer),
        ({"expired_id_token": True}, lambda token, b: claims_of(token)["exp"] < b.now()),
        ({"alg_none": True}, lambda token, _: jws.get_unverified_header(token)["alg"] == "none"),
        ({"unknown_key": True}, lambda token, b: key_id(token) not in b.key_ids()),
        ({"bad_signature": True}, lambda token, b: key_id(token) in b.key_ids()),
        ({"missing_claims": ["email"]}, lambda token, _: "email" not in claims_of(token)),
        ({"extra_claims": {"a": [1]}}, lambda token, _: claims_of(token)["a"] == [1]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_id_token_is_wrong_on_demand(browser, wrong, is_so):
    browser.misbehave(**wrong)

    assert is_so(browser.tokens()["id_token"], Facts(browser))


class Facts:
    """What a row above compares with."""

    def __init__(self, browser):
        self.registration = browser.registration
        self._browser = browser

    def now(self):
        return int(self._browser.requests()[-1]["at"])

    def key_ids(self):
        keys = self._browser.http.get(self._browser.discovery["jwks_uri"]).json()["keys"]
        return {key["kid"] for key in keys}


def key_id(token):
    return jws.get_unverified_header(token)["kid"]


def test_a_bad_signature_does_not_verify(browser):
    browser.misbehave(bad_signature=True)
    token = browser.tokens()["id_token"]
    (key,) = browser.http.get(browser.discovery["jwks_uri"]).json()["keys"]

    with pytest.raises(jws.JWSError):
        jws.verify(token, key, algorithms=[jws.get_unverified_header(token)["alg"]])


def test_keys_can_be_rotated(browser):
    before = Facts(browser).key_ids()

    rotated = browser.http.post(f"/_demo/realms/{browser.registration.realm}/rotate-keys", json={})

    assert Facts(browser).key_ids() == {rotated.json()["kid"]} != before
    assert key_id(browser.tokens()["id_token"]) == rotated.json()["kid"]


def test_the_iss_parameter_can_be_wrong(browser):
    browser.misbehave(iss_parameter="https://other.example")

    assert browser.returned()["iss"] == "https://other.example"


def test_the_token_endpoint_can_fail(browser):
    refusal = {"error": "invalid_client", "error_description": "AADSTS7000222: expired"}
    browser.misbehave(token_error={"status": 401, **refusal})

    answer = browser.exchange(browser.returned()["code"])

    told = answer.json()
    assert (answer.status_code, told["error"]) == (401, "invalid_client")
    assert told["error_description"].startswith("AADSTS7000222: expired")


def test_the_provider_can_refuse_a_person(browser):
    browser.misbehave(authorization_error={"error": "interaction_required"})

    assert browser.returned()["error"] == "interaction_required"


@pytest.mark.parametrize(("refused", "other"), [("POST", "GET"), ("GET", "POST")])
def test_userinfo_can_refuse_a_method(browser, refused, other):
    browser.misbehave(userinfo_refuses=[refused])

    assert browser.userinfo(refused).status_code == 405
    assert browser.userinfo(other).status_code == 200


def ask_graph(browser, token, **question):
    url = "/v1.0/me/getMemberObjects"
    return browser.http.post(url, json=question, headers={"authorization": f"Bearer {token}"})


def test_graph_tells_the_groups_when_it_is_allowed_to(browser):
    token = browser.tokens()["access_token"]
    assert ask_graph(browser, "another", securityEnabledOnly=True).status_code == 401
    assert ask_graph(browser, token).status_code == 400
    assert ask_graph(browser, token, securityEnabledOnly=True).status_code == 403

    browser.misbehave(member_objects=["one", "two"])

    answer = ask_graph(browser, token, securityEnabledOnly=True)
    assert answer.json() == {"value": ["one", "two"]}
    assert len(browser.requests(route="graph")) == 2


def test_userinfo_can_be_somebody_elses(browser):
    browser.misbehave(wrong_userinfo_sub=True)

    assert browser.userinfo().json()["sub"] == "somebody-else"


@pytest.mark.parametrize("way", ["client_secret_post", "client_secret_basic"])
def test_the_log_tells_how_the_secret_was_shown(browser, way):
    code = browser.returned()["code"]
    if way == "client_secret_post":
        browser.exchange(code)
    else:
        browser.http.post(
            browser.discovery["token_endpoint"],
            auth=(browser.registration.client_id, browser.registration.client_secret),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": browser.callback,
            },
        )

    (request,) = browser.requests(route="token", client_id=browser.registration.client_id)
    assert request["client_authentication"] == way
    assert request["form"]["code"] == code
    assert request["status"] == 200
    assert browser.requests(route="userinfo") == []


def test_a_realm_can_be_added_on_the_way(browser):
    realm = {
        "kind": "oidc",
        "name": "later",
        "path": "/op/later",
        "clients": [],
        "people": [],
    }

    issuer = browser.http.post("/_demo/realms", json=realm).json()["issuer"]

    found = browser.http.get(f"{issuer}/.well-known/openid-configuration").json()
    assert found["issuer"] == issuer


def test_the_front_over_tls_hands_on_what_it_gets(running):
    ports, tenant, run_dir = running
    trusted = ssl.create_default_context(cafile=str(run_dir / "certificate.pem"))
    issuer = tenant.registrations[0].issuer.partition(f":{ports.provider}")[2]

    answer = httpx.get(
        f"https://localhost:{ports.secure}{issuer}/.well-known/openid-configuration",
        verify=trusted,
    )

    assert answer.json()["issuer"] == tenant.registrations[0].issuer


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/?code=a&state=b", 200, "text/html; charset=utf-8"),
        ("/application.js", 200, "text/javascript; charset=utf-8"),
        ("/config.json", 200, "application/json"),
        ("/..%2fdemo_provider/main.mjs", 404, "text/plain"),
        ("/../demo_provider/main.mjs", 404, "text/plain"),
    ],
)
def test_the_application_is_served(running, path, status, kind):
    answer = http.send("GET", f"http://app.localhost:{running[0].application}{path}")

    assert (answer.status, answer.headers["content-type"]) == (status, kind)
