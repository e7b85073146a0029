"""POST /oauth2/token through its app: what is refused, what is burned, what is minted (E21-E46)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from authsso.errors import UnavailableError
from authsso.protocol.sign_in import hashed
from harness.fakes import NOW
from harness.http_event import http_event
from harness.sign_in_world import (
    CALLBACK,
    PORTAL,
    REQUEST,
    VERIFIER,
    Browser,
    answered,
    redeem,
    token,
)
from harness.token_answers import INVALID_GRANT, basic, refused
from token_endpoint.app import create_app

EVIL = """"'><script>alert(1)</script>"""
BACKEND_FORM = {"client_id": "backend", "client_secret": "backend-secret"}


# --- what is no token request


@pytest.mark.parametrize(
    ("form", "error"),
    [
        pytest.param({}, "unsupported_grant_type", id="E32-missing"),
        pytest.param({"grant_type": ""}, "unsupported_grant_type", id="E32-empty"),
        pytest.param({"grant_type": "password"}, "unsupported_grant_type", id="E32-password"),
        pytest.param(
            {"grant_type": "client_credentials"}, "unsupported_grant_type", id="E32-client"
        ),
        pytest.param({"grant_type": "implicit"}, "unsupported_grant_type", id="E32-implicit"),
        pytest.param(
            {"grant_type": "urn:ietf:params:oauth:grant-type:device_code"},
            "unsupported_grant_type",
            id="E32-device",
        ),
        pytest.param(
            {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"},
            "unsupported_grant_type",
            id="E32-jwt-bearer",
        ),
        pytest.param(
            {"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange"},
            "unsupported_grant_type",
            id="E32-K37-token-exchange",
        ),
        pytest.param({"grant_type": EVIL}, "unsupported_grant_type", id="H11-E32"),
        pytest.param({"grant_type": "Authorization_Code"}, "unsupported_grant_type", id="E32-case"),
        pytest.param(
            "grant_type=authorization_code&grant_type=refresh_token",
            "invalid_request",
            id="E32-two",
        ),
        pytest.param("code=a&code=b", "invalid_request", id="E32-code-twice"),
        pytest.param("code=%ff", "invalid_request", id="B34-not-utf8"),
    ],
)
def test_what_is_no_grant_of_ours_calls_nothing(world, form, error):
    assert refused(token(world, form)) == (400, error)
    assert world.calls == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"headers": {"content-type": "application/json"}}, id="E34-json"),
        pytest.param({"headers": {}}, id="E34-no-type"),
        pytest.param({"rawQueryString": "client_id=portal"}, id="E34-query-beside-it"),
    ],
)
def test_a_token_request_is_a_form_alone(world, code, change):
    world.calls.clear()
    form = {"grant_type": "authorization_code", "client_id": "portal", "code": code}
    assert refused(token(world, form, **change)) == (400, "invalid_request")
    assert world.calls == []


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD"])
def test_other_methods_are_nothing__E34(world, method):
    event = http_event(method, "/oauth2/token", query={"grant_type": "authorization_code"})
    assert refused(answered(create_app(world), event)) == (404, "invalid_request")
    assert world.calls == []


# --- who asks


@pytest.mark.parametrize(
    ("change", "authorization"),
    [
        pytest.param({"client_id": None}, "", id="E02-missing"),
        pytest.param({"client_id": EVIL}, "", id="E02-unknown"),
        pytest.param({"client_id": "backend"}, "", id="E30-no-secret"),
        pytest.param({"client_id": "backend", "client_secret": "x"}, "", id="E30-wrong-secret"),
        pytest.param({"client_secret": "x"}, "", id="E30-secret-of-a-public-one"),
        pytest.param(BACKEND_FORM, basic("backend:backend-secret"), id="E30-header-and-body"),
        pytest.param({"client_id": "portal"}, basic("backend:backend-secret"), id="E30-two-ids"),
        pytest.param({"client_id": None}, "Basic é", id="E30-header-not-ascii"),
        pytest.param({"client_id": None}, "Bearer x", id="E30-bearer"),
    ],
)
@pytest.mark.parametrize("grant_type", ["authorization_code", "refresh_token"])
def test_who_is_not_proven_gets_nothing_and_burns_nothing__K49(
    world, code, change, authorization, grant_type
):
    answer = redeem(world, code, authorization, grant_type=grant_type, **change)
    assert refused(answer) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert not any(call.startswith(("codes.redeem", "tokens.")) for call in world.calls)
    assert redeem(world, code).status == 200


def test_an_application_must_allow_custom_authentication(world, code, logged):
    world.applications.kept["portal"] = replace(PORTAL, allows_custom_authentication=False)
    answer = redeem(world, code)
    assert refused(answer) == (400, "unauthorized_client")
    assert "ALLOW_CUSTOM_AUTH" in answer.json["error_description"]
    assert "custom_authentication_off" in logged()
    assert "codes.redeem" not in world.calls


# --- codes that are not good


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"code_verifier": "v" * 43}, "code_verifier_wrong", id="E21-wrong-verifier"),
        pytest.param({"code_verifier": None}, "code_verifier_wrong", id="E22-K39-K46-no-verifier"),
        pytest.param({"code_verifier": ""}, "code_verifier_wrong", id="E22-empty-verifier"),
        pytest.param(
            {"code_verifier": REQUEST["code_challenge"]}, "code_verifier_wrong", id="E21-challenge"
        ),
        pytest.param(BACKEND_FORM, "code_of_other_application", id="E24-K35-other-application"),
        pytest.param({"redirect_uri": None}, "redirect_uri_differs", id="E25-missing"),
        pytest.param(
            {"redirect_uri": CALLBACK + "/"}, "redirect_uri_differs", id="E25-K51-differs"
        ),
    ],
)
def test_a_code_tried_with_anything_wrong_is_burned(world, code, logged, change, reason):
    assert refused(redeem(world, code, **change)) == INVALID_GRANT
    assert reason in logged()
    assert "tokens.mint" not in world.calls
    assert refused(redeem(world, code)) == INVALID_GRANT
    assert world.tokens.signed_out == []


@pytest.mark.parametrize(
    ("change", "late"),
    [
        pytest.param({}, 60, id="E28-expired-item-still-there"),
        pytest.param(BACKEND_FORM, 60, id="E24-K32-wrong-client-and-expired"),
        pytest.param({"code_verifier": "v" * 43}, 60, id="E21-wrong-verifier-and-expired"),
    ],
)
def test_time_is_up_after_a_minute(world, code, change, late):
    world.time = NOW + late
    assert refused(redeem(world, code, **change)) == INVALID_GRANT
    assert "tokens.mint" not in world.calls


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _: "", id="E29-empty"),
        pytest.param(lambda code: code[:-1], id="E29-truncated"),
        pytest.param(lambda code: code + "A", id="E29-extended"),
        pytest.param(lambda code: "sso_" + code[4:].swapcase(), id="E29-case-flipped"),
        pytest.param(lambda code: f"{code} ", id="E29-space"),
        pytest.param(lambda code: code * 200, id="E29-ten-kilobytes"),
        pytest.param(lambda _: "sso_" + "A" * 43, id="E29-guessed"),
        pytest.param(lambda code: f"sso_{hashed(code)}", id="E29-the-hash-that-is-stored"),
    ],
)
def test_a_spoiled_code_reads_like_an_unknown_one_and_burns_nothing__E37(world, code, spoil):
    unknown = redeem(world, "sso_" + "z" * 43)
    spoiled = redeem(world, spoil(code))
    assert refused(spoiled) == INVALID_GRANT
    assert spoiled.body == unknown.body
    assert redeem(world, code).status == 200


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(str.swapcase, id="E29-case-flipped-with-its-prefix"),
        pytest.param(lambda code: f" {code}", id="E29-space-before"),
        pytest.param(lambda code: f'{{"code": "{code}"}}', id="E29-json"),
        pytest.param(hashed, id="E29-the-hash-that-is-stored"),
    ],
)
def test_a_code_that_is_not_ours_is_cognitos_to_judge(world, code, spoil):
    answer = redeem(world, spoil(code), basic("a:b"))
    assert (answer.status, answer.json) == (400, {"error": "invalid_grant"})
    assert answer.headers["Cache-Control"] == "no-store"
    ((form, authorization),) = world.cognito_domain.passed
    assert (form["code"], form["code_verifier"]) == (spoil(code), VERIFIER)
    assert authorization == basic("a:b")
    assert not any(call.startswith(("codes.redeem", "codes.burn")) for call in world.calls)
    assert redeem(world, code).status == 200


def test_our_codes_never_leave_for_the_cognito_domain__E46(world, code):
    for change in ({}, {"code_verifier": "v" * 43}, {"client_id": "other"}):
        redeem(world, code, **change)
    redeem(world, "sso_" + "A" * 43)
    assert world.cognito_domain.passed == []


def test_an_outage_of_the_cognito_domain_is_a_503(world):
    world.failures["cognito_domain.token"] = UnavailableError("cognito_domain_unavailable", "x")
    assert refused(redeem(world, "cognitos-own-code")) == (503, "server_error")


def test_every_refusal_of_a_code_reads_the_same__E35(world, code):
    answers = {redeem(world, code, code_verifier="v" * 43).body, redeem(world, code).body}
    other = Browser(world).sign_in().query["code"]
    redeem(world, other)
    assert {redeem(world, other).body} == answers


def test_a_second_use_signs_the_user_out_everywhere__E26_J18(world, code, logged):
    username = world.codes.kept[hashed(code)].username
    assert redeem(world, code).status == 200
    assert refused(redeem(world, code)) == INVALID_GRANT
    assert world.tokens.signed_out == [username]
    assert "code_used_again" in logged()


def test_a_second_use_while_the_first_is_minting_signs_out_and_gets_nothing__E26(world, code):
    """Exactly one of many wins, so the one under way ends; sessions of before are over."""
    again = []
    world.tokens.while_minting = lambda: again.append(redeem(world, code))
    first = redeem(world, code)
    assert first.status == 200
    assert [refused(answer) for answer in again] == [INVALID_GRANT]
    assert len(world.tokens.signed_out) == 1


def test_a_second_use_by_somebody_else_counts_too__E26(world, code):
    redeem(world, code)
    assert refused(redeem(world, code, **BACKEND_FORM)) == INVALID_GRANT
    assert len(world.tokens.signed_out) == 1


def test_of_thirty_at_once_exactly_one_wins__E27(world, code):
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda _: redeem(world, code), range(30)))
    assert [answer.status for answer in answers].count(200) == 1
    assert world.calls.count("tokens.mint") == 1
