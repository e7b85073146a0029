"""What people do, over the deployed stack: who may come in, the tokens, the ways to begin."""

import httpx
import pytest

from harness.person import answer_of
from harness.token_payload import payload

ACME = "acme"
GLOBEX = "globex"
# What the backend itself asks of a provider; the rest is the person's browser.
OUR_CALLS = {"discovery", "jwks", "token", "userinfo"}


# --- who may come in


def test_F19_an_address_of_another_tenant_is_refused(stack, person, demo_provider):
    """The provider of one tenant asserts the address of another tenant's user."""
    victim = stack.tenant(GLOBEX).user
    wrong = {"extra_claims": {"email": victim.email, "sub": "attacker"}}
    callback = person.back_from_provider(stack.demo.user.email)
    with demo_provider.misbehaving(stack.provider, **wrong):
        answer = answer_of(person.send(callback))
    assert answer["error"] == "access_denied"


def test_A16_userinfo_about_somebody_else_signs_nobody_in(stack, person, demo_provider):
    callback = person.back_from_provider(stack.demo.user.email)
    with demo_provider.misbehaving(
        stack.provider, missing_claims=["email"], wrong_userinfo_sub=True
    ):
        answer = answer_of(person.send(callback))
    assert "(userinfo_subject, " in answer["error_description"]


@pytest.mark.parametrize("method", ["POST"])
def test_userinfo_is_asked_with_the_method_when_a_claim_is_missing(
    stack, person, demo_provider, method
):
    callback = person.back_from_provider(stack.demo.user.email)
    with demo_provider.misbehaving(stack.provider, missing_claims=["email"]):
        answer = answer_of(person.send(callback))
    assert "code" in answer
    assert [r["method"] for r in demo_provider.requests(route="userinfo")] == [method]


def test_a_user_who_was_never_here_is_created_once(stack, person, demo_provider):
    newcomer = next(p for p in stack.tenant(ACME).people if p.username is None)
    first = payload(person.sign_in(newcomer.email)["id_token"])
    second = payload(person.sign_in(newcomer.email)["id_token"])

    assert first["cognito:username"] == second["cognito:username"]
    assert first["custom:tenant_id"] == ACME
    assert first["email"] == newcomer.email


def test_a_user_who_has_a_password_is_linked(stack, person, demo_provider):
    user = stack.tenant(ACME).user
    tokens = person.sign_in(user.email)
    assert payload(tokens["id_token"])["cognito:username"] == user.username


# --- the tokens


@pytest.mark.parametrize("tenant_id", [ACME, GLOBEX])
def test_both_tokens_carry_the_tenant_and_the_application(stack, person, demo_provider, tenant_id):
    tokens = person.sign_in(stack.tenant(tenant_id).user.email)
    of_identity, of_access = payload(tokens["id_token"]), payload(tokens["access_token"])

    assert of_identity["custom:tenant_id"] == of_access["custom:tenant_id"] == tenant_id
    assert of_identity["aud"] == of_access["client_id"] == stack.app_client_id
    assert set(str(of_access["scope"]).split()) == {"openid", "email", "profile"}
    assert tokens["token_type"] == "Bearer"


def test_a_refresh_keeps_tenant_and_scopes(stack, person, demo_provider):
    tokens = person.sign_in(stack.demo.user.email)
    refreshed = person.token_request(
        "", grant_type="refresh_token", code=None, refresh_token=tokens["refresh_token"]
    ).json()
    of_access = payload(refreshed["access_token"])
    assert of_access["custom:tenant_id"] == ACME
    assert set(str(of_access["scope"]).split()) == {"openid", "email", "profile"}


def test_the_settings_api_takes_access_tokens_of_administrators_only(stack, person, demo_provider):
    url = f"{stack.base_url}/settings/sso"

    def status(token: str | None) -> int:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return person.http.get(url, headers=headers).status_code

    assert status(None) == 401
    member = person.sign_in(stack.demo.user.email)
    assert status(member["access_token"]) == 403
    demo_provider.reset()
    administrator = person.sign_in(stack.demo.admin.email)
    assert status(administrator["id_token"]) == 401
    assert status(administrator["access_token"]) == 200


# --- ways to sign in


def test_the_provider_is_asked_with_pkce_nonce_and_hint(stack, person, demo_provider):
    departure = person.authorize(login_hint=stack.demo.user.email)
    query = httpx.URL(departure.headers["location"]).params
    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) == len(query["nonce"]) == len(query["state"]) == 43
    assert query["login_hint"] == stack.demo.user.email
    assert query["scope"] == "openid profile email"
    assert query["redirect_uri"] == f"{stack.base_url}/oauth2/idpresponse"


@pytest.mark.parametrize(
    "hints",
    [
        pytest.param({"idp_identifier": "acme", "login_hint": None}, id="tenant"),
        pytest.param({"idp_identifier": "acme.example", "login_hint": None}, id="domain"),
        pytest.param({"identity_provider": "azure"}, id="kind-with-address"),
        pytest.param({"identity_provider": "COGNITO"}, id="amplify-says-none"),
        pytest.param(
            {"identity_provider": "azure", "idp_identifier": "acme"}, id="kind-and-tenant"
        ),
    ],
)
def test_the_hints_lead_to_the_provider(stack, person, demo_provider, hints):
    departure = person.authorize(**({"login_hint": stack.demo.user.email} | hints))
    assert departure.headers["location"].startswith(stack.provider.issuer.rpartition("/")[0])


@pytest.mark.parametrize(
    "hints",
    [
        pytest.param({"identity_provider": "nobody"}, id="E11-unknown"),
        pytest.param({"identity_provider": "a" * 26}, id="E11-unknown-connection"),
        pytest.param({"idp_identifier": "nobody.example"}, id="E11-unknown-domain"),
        pytest.param({"idp_identifier": "acme", "identity_provider": "okta"}, id="E11-not-set-up"),
    ],
)
def test_an_unknown_hint_is_told_to_the_application(person, hints):
    answer = answer_of(person.authorize(**hints))
    assert (answer["error"], answer["state"]) == ("invalid_request", person.state)


def test_E16_prompt_none_without_a_hint_asks_nobody(person):
    assert answer_of(person.authorize(prompt="none"))["error"] == "login_required"


def test_a_sign_in_makes_two_provider_calls_at_most(stack, person, demo_provider):
    person.sign_in(stack.demo.user.email)
    demo_provider.forget()
    person.sign_in(stack.demo.user.email)
    called = [r["route"] for r in demo_provider.requests()]
    assert [route for route in called if route in OUR_CALLS] == ["token"]
