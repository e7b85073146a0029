"""Whole sign-ins over the deployed stack: what an attacker tries first, then what people do."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from harness.demo_provider import DemoProvider
from harness.person import Person, answer_of, error_shown
from harness.token_payload import payload

ACME = "acme"
GLOBEX = "globex"


def was_not_called(demo_provider: DemoProvider, route: str) -> bool:
    return not demo_provider.requests(route=route)


# --- the browser and the sign-in


def test_B03_a_callback_in_another_browser_is_refused_and_burns_nothing(
    stack, person, demo_provider
):
    """Attacker's link opened by a victim: no cookie, no sign-in; the owner may still finish."""
    user = stack.demo.user
    callback = person.back_from_provider(user.email)
    with Person(stack) as victim:
        assert error_shown(victim.send(callback)) == "wrong_browser"
        assert was_not_called(demo_provider, "token")

    assert "code" in answer_of(person.send(callback))


def test_B03_a_wrong_cookie_is_refused_and_burns_nothing(stack, person, demo_provider):
    callback = person.back_from_provider(stack.demo.user.email)
    name = next(c.name for c in person.http.cookies.jar if c.name.startswith("__Host-sign-in-"))
    with Person(stack) as other:
        refused = other.send(callback, headers={"Cookie": f"{name}={'A' * 43}"})
    assert error_shown(refused) == "wrong_browser"
    assert was_not_called(demo_provider, "token")

    assert "code" in answer_of(person.send(callback))


def test_B08_of_twenty_callbacks_at_once_one_wins(stack, person, demo_provider):
    callback = person.back_from_provider(stack.demo.user.email)
    cookie = "; ".join(f"{c.name}={c.value}" for c in person.http.cookies.jar)

    def send(_: int) -> httpx.Response:
        with Person(stack) as tab:
            return tab.send(callback, headers={"Cookie": cookie})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(20)))

    winners = [a for a in answers if a.status_code == 303]
    assert len(winners) == 1
    assert len(demo_provider.requests(route="token")) == 1
    assert {error_shown(a) for a in answers if a.status_code != 303} <= {"sign_in_unknown"}


def test_B08_a_replayed_state_is_refused(stack, person, demo_provider):
    callback = person.back_from_provider(stack.demo.user.email)
    cookie = "; ".join(f"{c.name}={c.value}" for c in person.http.cookies.jar)
    assert "code" in answer_of(person.send(callback))
    demo_provider.forget()

    with Person(stack) as replay:
        assert error_shown(replay.send(callback, headers={"Cookie": cookie})) == "sign_in_unknown"
    assert was_not_called(demo_provider, "token")


def test_B06_two_tabs_of_two_tenants_finish_in_reverse_order(stack, person, demo_provider):
    first = person.back_from_provider(stack.tenant(ACME).user.email)
    second = person.back_from_provider(stack.tenant(GLOBEX).user.email)
    for callback, expected in ((second, GLOBEX), (first, ACME)):
        tokens = person.token_request(answer_of(person.send(callback))["code"]).json()
        assert payload(tokens["id_token"])["custom:tenant_id"] == expected


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"code": None}, "code_missing", id="B01-only-state"),
        pytest.param({"state": None}, "wrong_browser", id="B01-only-code"),
        pytest.param({"state": "x" * 43}, "wrong_browser", id="B31-foreign-state"),
        pytest.param({"iss": "https://evil.example"}, "issuer_mismatch", id="A58-B12-other-iss"),
    ],
)
def test_a_changed_answer_stays_on_our_page(stack, person, demo_provider, changes, code):
    callback = person.back_from_provider(stack.demo.user.email).with_(**changes)
    assert error_shown(person.send(callback)) == code
    assert was_not_called(demo_provider, "token")


def test_A59_a_provider_that_promises_iss_must_send_it(stack, person, demo_provider):
    callback = person.back_from_provider(stack.tenant(GLOBEX).user.email)
    assert "iss" in callback.parameters
    assert error_shown(person.send(callback.with_(iss=None))) == "issuer_missing"
    assert was_not_called(demo_provider, "token")


def test_B20_an_answer_at_the_wrong_callback_is_refused(stack, person, demo_provider):
    """A malicious tenant's own callback never takes an answer of a shared one, nor the reverse."""
    own = person.back_from_provider(stack.tenant(GLOBEX).user.email)
    connection_id = own.url.partition("?")[0].rpartition("/")[2]
    assert len(connection_id) == 26

    shared = person.back_from_provider(stack.tenant(ACME).user.email)
    moved = type(shared)(
        shared.method, shared.url.replace("/idpresponse", f"/idpresponse/{connection_id}"), {}
    )
    assert error_shown(person.send(moved)) == "wrong_callback"
    back = type(own)(own.method, own.url.replace(f"/{connection_id}", ""), {})
    assert error_shown(person.send(back)) == "wrong_callback"
    assert was_not_called(demo_provider, "token")


def test_B29_an_error_of_the_provider_reaches_the_application(stack, person, demo_provider):
    wrong = {"error": "access_denied", "error_description": "AADSTS65004: <b>User declined</b>"}
    with demo_provider.misbehaving(stack.provider, authorization_error=wrong):
        callback = person.back_from_provider(stack.demo.user.email)
    answer = answer_of(person.send(callback))

    assert answer["error"] == "access_denied"
    assert answer["state"] == person.state
    assert "code" not in answer
    assert "User declined" not in answer["error_description"]
    assert "You pressed Cancel" in answer["error_description"]


# --- the provider's ID token


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param({"wrong_nonce": True}, "id_token_nonce", id="A66-B24-wrong-nonce"),
        pytest.param({"wrong_audience": True}, "id_token_audience", id="A94-wrong-audience"),
        pytest.param({"wrong_issuer": True}, "id_token_issuer", id="A02-wrong-issuer"),
        pytest.param({"expired_id_token": True}, "id_token_expired", id="A82-expired"),
        pytest.param({"bad_signature": True}, "id_token_signature", id="A12-bad-signature"),
        pytest.param({"alg_none": True}, "id_token_algorithm", id="A10-alg-none"),
        pytest.param({"hs256_with_public_key": True}, "id_token_algorithm", id="A75-hs256"),
        pytest.param({"missing_claims": ["sub"]}, "id_token_subject", id="A03-missing-sub"),
        pytest.param({"missing_claims": ["aud"]}, "id_token_audience", id="A05-missing-aud"),
        pytest.param({"missing_claims": ["iat"]}, "id_token_issued_at", id="A06-missing-iat"),
        pytest.param({"missing_claims": ["exp"]}, "id_token_expired", id="A65-missing-exp"),
        pytest.param({"extra_claims": {"azp": "other"}}, "id_token_audience", id="A87-azp"),
        pytest.param({"no_id_token": True}, "token_response_without_id_token", id="C15-none"),
        pytest.param({"token_not_json": True}, "token_response_malformed", id="J04-not-json"),
    ],
)
def test_a_bad_token_answer_signs_nobody_in(stack, person, demo_provider, wrong, code):
    callback = person.back_from_provider(stack.demo.user.email)
    with demo_provider.misbehaving(stack.provider, **wrong):
        answer = answer_of(person.send(callback))

    assert answer["error"] == "invalid_request"
    assert f"({code}, " in answer["error_description"]
    assert answer["state"] == person.state
    assert "code" not in answer
    assert was_not_called(demo_provider, "userinfo")


def test_C04_a_wrong_client_secret_is_named_and_not_tried_otherwise(stack, person, demo_provider):
    wrong = {
        "status": 401,
        "error": "invalid_client",
        "error_description": "AADSTS7000215: Invalid client secret provided. Trace ID: 1",
    }
    callback = person.back_from_provider(stack.demo.user.email)
    with demo_provider.misbehaving(stack.provider, token_error=wrong):
        answer = answer_of(person.send(callback))

    assert "(provider_invalid_client, entra_secret_wrong, " in answer["error_description"]
    assert "AADSTS" not in answer["error_description"]
    assert len(demo_provider.requests(route="token")) == 1


def test_A32_J05_keys_rotated_just_before_signing_are_found(stack, person, demo_provider):
    demo_provider.rotate_keys(stack.provider)
    assert person.sign_in(stack.demo.user.email)["id_token"]


# --- our own code


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"code_verifier": "w" * 43}, id="E21-wrong-verifier"),
        pytest.param({"code_verifier": None}, id="E22-no-verifier"),
        pytest.param({"redirect_uri": "https://evil.example/"}, id="E25-other-redirect-uri"),
        pytest.param({"redirect_uri": None}, id="E25-no-redirect-uri"),
    ],
)
def test_a_wrong_redemption_burns_the_code(stack, person, changes):
    code = person.code(stack.demo.user.email)
    refused = person.token_request(code, **changes)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    assert refused.headers["cache-control"] == "no-store"

    assert person.token_request(code).json()["error"] == "invalid_grant"


def test_E24_a_code_of_another_application_is_refused(stack, person):
    code = person.code(stack.demo.user.email)
    refused = person.token_request(code, client_id=stack.settings_client_id)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


def test_E26_a_second_use_ends_every_session_of_the_user(stack, person):
    code = person.code(stack.demo.user.email)
    tokens = person.token_request(code).json()
    again = person.token_request(code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")

    refresh = person.token_request(
        "", grant_type="refresh_token", code=None, refresh_token=tokens["refresh_token"]
    )
    assert refresh.json()["error"] == "invalid_grant"


def test_E27_of_twenty_redemptions_at_once_one_wins(stack, person):
    code = person.code(stack.demo.user.email)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: person.token_request(code), range(20)))
    assert sorted(a.status_code for a in answers) == [200] + [400] * 19


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"grant_type": "password"}, "unsupported_grant_type", id="E32-password"),
        pytest.param({"grant_type": None}, "unsupported_grant_type", id="E32-missing"),
        pytest.param({"code": "sso_" + "A" * 43}, "invalid_grant", id="E29-unknown-code"),
        pytest.param({"client_id": "unknown"}, "invalid_client", id="E30-unknown-client"),
    ],
)
def test_the_token_endpoint_refuses_in_json(person, changes, error):
    refused = person.token_request("sso_" + "B" * 43, **changes)
    assert refused.json()["error"] == error
    assert refused.headers["content-type"] == "application/json"
    assert refused.headers["cache-control"] == "no-store"
