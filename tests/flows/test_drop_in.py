"""The other endpoints of a Cognito domain, over the deployed stack."""

from urllib.parse import parse_qs, urlsplit

import pytest

from harness.token_payload import payload

ACCESS = "access_token"
ENDPOINTS = [("POST", "/oauth2/token"), ("POST", "/oauth2/revoke"), ("GET", "/oauth2/userInfo")]


@pytest.fixture
def tokens(stack, person):
    return person.sign_in(stack.demo.user.email)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def preflight(stack, person, path, method, origin):
    """Ask as a browser does before a script of aws-amplify or oidc-client-ts may."""
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,x-amz-user-agent",
    }
    return person.http.options(f"{stack.base_url}{path}", headers=asked)


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_scripts_of_allowed_origins_alone_may_ask(stack, person, method, path):
    refused = preflight(stack, person, path, method, "https://evil.example")
    assert "access-control-allow-origin" not in refused.headers

    ours = stack.app_redirect_uri.rstrip("/")
    answer = preflight(stack, person, path, method, ours)
    assert answer.is_success
    assert answer.headers["access-control-allow-origin"] == ours
    assert method in answer.headers["access-control-allow-methods"]
    allowed = answer.headers["access-control-allow-headers"].split(",")
    assert {"authorization", "content-type", "x-amz-user-agent"} <= set(allowed)
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_scripts_of_allowed_origins_alone_read_the_answer(stack, person, method, path):
    url, ours = f"{stack.base_url}{path}", stack.app_redirect_uri.rstrip("/")
    told = person.http.request(method, url, headers={"Origin": ours})
    assert told.is_client_error
    assert told.headers["access-control-allow-origin"] == ours
    other = person.http.request(method, url, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize(
    "spoil", [lambda _: "none", lambda t: t[:-6] + "AAAAAA"], ids=["no-token", "signature"]
)
def test_userinfo_refuses_what_is_no_access_token(stack, person, tokens, spoil):
    url = f"{stack.base_url}/oauth2/userInfo"
    answer = person.http.get(url, headers=bearer(spoil(tokens[ACCESS])))
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert person.http.get(url, headers=bearer(tokens["id_token"])).status_code == 401


def test_userinfo_tells_who_signed_in(stack, person, tokens):
    answer = person.http.get(f"{stack.base_url}/oauth2/userInfo", headers=bearer(tokens[ACCESS]))
    assert answer.status_code == 200
    assert answer.json()["email"] == stack.demo.user.email


def test_tokens_carry_all_scopes_whichever_were_asked_for(stack, person):
    token = person.sign_in(stack.demo.user.email, scope="openid")[ACCESS]
    claims = payload(token)
    assert set(claims["scope"].split()) == {"openid", "email", "profile"}


def test_userinfo_does_not_see_that_the_refresh_token_was_revoked(stack, person, tokens):
    revoked = {"token": tokens["refresh_token"], "client_id": stack.app_client_id}
    assert person.http.post(f"{stack.base_url}/oauth2/revoke", data=revoked).status_code == 200
    answer = person.http.get(f"{stack.base_url}/oauth2/userInfo", headers=bearer(tokens[ACCESS]))
    assert answer.status_code == 200


def test_a_revoked_refresh_token_is_good_for_nothing(stack, person, tokens):
    client = {"client_id": stack.app_client_id}
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]} | client
    assert person.http.post(f"{stack.base_url}/oauth2/token", data=refresh).status_code == 200

    revoked = {"token": tokens["refresh_token"]} | client
    answer = person.http.post(f"{stack.base_url}/oauth2/revoke", data=revoked)
    assert (answer.status_code, answer.text) == (200, "")
    again = person.http.post(f"{stack.base_url}/oauth2/token", data=refresh)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize("logout_uri", ["https://evil.example/", None])
def test_signing_out_leads_to_registered_addresses_alone(stack, person, logout_uri):
    query = {"client_id": stack.app_client_id, "logout_uri": logout_uri}
    kept = {name: value for name, value in query.items() if value}
    answer = person.http.get(f"{stack.base_url}/logout", params=kept)
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_signing_out_goes_by_way_of_the_cognito_domain(stack, person):
    query = {"client_id": stack.app_client_id, "logout_uri": stack.app_redirect_uri}
    answer = person.http.get(f"{stack.base_url}/logout", params=query)
    there = urlsplit(answer.headers["location"])
    assert answer.status_code == 303
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{stack.cognito_domain_url}/logout"
    assert parse_qs(there.query)["logout_uri"] == [stack.app_redirect_uri]


def test_a_tile_leads_to_the_application(stack, person):
    answer = person.http.get(
        f"{stack.base_url}/login/initiate", params={"idp_identifier": stack.demo.domain}
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(stack.app_redirect_uri)
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {
        "start": ["1"],
        "idp_identifier": [stack.demo.domain],
    }


@pytest.mark.parametrize("path", ["/signup", "/forgotPassword"])
def test_pages_of_cognito_are_passed_on_to(stack, person, path):
    query = person.authorization_request()
    answer = person.http.get(f"{stack.base_url}{path}", params=query)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{stack.cognito_domain_url}{path}?")


def test_signing_out_at_the_provider_ends_its_session_and_the_next_sign_in_asks(
    stack, person, organisation, demo_provider
):
    organisation.connect(logout_at_provider=True)
    employee = organisation.employee
    with organisation.at_the_provider(demo_provider, employee):
        person.code(stack.demo.user.email, login_hint=employee.email)
        query = {"client_id": stack.app_client_id, "logout_uri": stack.app_redirect_uri}
        answer = person.http.get(f"{stack.base_url}/logout", params=query)
        returned = person.signed_out_at_provider(answer.headers["location"])
        onward = person.http.get(returned)
    assert onward.status_code == 303, onward.text
    assert onward.headers["location"].startswith(f"{stack.cognito_domain_url}/logout?")
    assert parse_qs(urlsplit(onward.headers["location"]).query)["logout_uri"] == [
        stack.app_redirect_uri
    ]

    # Past us, to see that the session at the provider itself is over.
    again = person.authorize(login_hint=employee.email).headers["location"]
    silent = f"{again.replace('prompt=login', 'prompt=none')}"
    assert "error=login_required" in person.http.get(silent).headers["location"]
