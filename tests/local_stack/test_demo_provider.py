"""The demo provider looks like Entra, or like a plain provider, and misbehaves when told to."""

import re
import shutil
import ssl

import httpx
import pytest
from jose import jws

from harness.demo_visitor import claims_of, parameters_of
from local_stack import http, processes

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
GRAPH_FIELDS = {"sub", "name", "given_name", "family_name", "picture", "email"}


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
