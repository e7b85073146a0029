"""POST /oauth2/token through its app: Cognito's part, refresh, and the good way (E01-E46)."""

from dataclasses import replace

import pytest

from authsso.errors import UnavailableError
from authsso.protocol.sign_in import hashed
from harness.sign_in_world import (
    VERIFIER,
    Browser,
    redeem,
    token,
)
from harness.token_answers import INVALID_GRANT, basic, refused

BACKEND_FORM = {"client_id": "backend", "client_secret": "backend-secret"}


# --- Cognito's part


def test_when_cognito_refuses_the_code_stays_used(world, code, logged):
    world.tokens.refuses = True
    assert refused(redeem(world, code)) == INVALID_GRANT
    assert "cognito_refused" in logged()
    world.tokens.refuses = False
    assert refused(redeem(world, code)) == INVALID_GRANT


def test_a_user_disabled_since_gets_no_tokens__F38_K42_K75(world, code):
    username = world.codes.kept[hashed(code)].username
    world.users.kept[username] = replace(world.users.kept[username], enabled=False)
    assert refused(redeem(world, code)) == INVALID_GRANT


@pytest.mark.parametrize("call", ["codes.redeem", "tokens.mint", "applications.find"])
def test_an_outage_is_a_503__J15(world, code, call):
    world.failures[call] = UnavailableError("aws_unavailable", "TooManyRequests of pool x")
    answer = redeem(world, code)
    assert refused(answer) == (503, "server_error")
    assert answer.headers["Retry-After"] == "2"
    assert "pool" not in answer.body


def test_a_code_stays_used_when_minting_fails__J15_J17(world, code):
    world.failures["tokens.mint"] = UnavailableError("aws_unavailable", "")
    redeem(world, code)
    world.failures.clear()
    assert refused(redeem(world, code)) == INVALID_GRANT


def test_a_bug_is_a_500_without_its_text__J26(world, code):
    world.failures["tokens.mint"] = KeyError("our secret bug")
    answer = redeem(world, code)
    assert refused(answer) == (500, "server_error")
    assert "bug" not in answer.body


@pytest.mark.parametrize(
    ("which", "change"),
    [
        pytest.param("of_identity", {"aud": "other"}, id="E45-client-of-the-id-token"),
        pytest.param("of_identity", {"cognito:username": "eve"}, id="E45-user-of-the-id-token"),
        pytest.param("of_identity", {"custom:tenant_id": "globex"}, id="E45-tenant"),
        pytest.param("of_identity", {"iss": "https://x/other_pool"}, id="E45-pool"),
        pytest.param("of_access", {"client_id": "other"}, id="E45-client-of-the-access-token"),
        pytest.param("of_access", {"username": "eve"}, id="E45-user-of-the-access-token"),
        pytest.param("of_access", {"custom:tenant_id": None}, id="E45-access-without-tenant"),
    ],
)
def test_tokens_that_are_not_what_was_asked_for_are_kept_back(world, code, logged, which, change):
    setattr(world.tokens, which, change)
    answer = redeem(world, code)
    assert refused(answer) == (500, "server_error")
    assert "tokens_differ" in logged()
    assert "ey" not in answer.json["error_description"]


# --- refresh


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"refresh_token": None}, id="missing"),
        pytest.param({"refresh_token": ""}, id="empty"),
        pytest.param({"refresh_token": "other"}, id="unknown"),
        pytest.param({"refresh_token": "x" * 9000}, id="endless"),
        pytest.param({"refresh_token": "of-backend"}, id="of-another-application"),
    ],
)
def test_a_refresh_token_that_is_not_good(world, change):
    world.tokens.refresh_tokens = {"good": "portal", "of-backend": "backend"}
    form = {"grant_type": "refresh_token", "client_id": "portal", "refresh_token": "good"}
    assert refused(token(world, form | change)) == INVALID_GRANT


def test_a_refresh(world):
    world.tokens.refresh_tokens = {"good": "portal"}
    form = {"grant_type": "refresh_token", "client_id": "portal", "refresh_token": "good"}
    answer = token(world, form)
    assert answer.status == 200
    assert answer.json == {
        "id_token": "new.id.token",
        "access_token": "new.access.token",
        "expires_in": 300,
        "token_type": "Bearer",
    }


def test_a_refresh_token_that_cognito_rotates_is_handed_on(world):
    world.tokens.refresh_tokens, world.tokens.rotates = {"good": "portal"}, True
    form = {"grant_type": "refresh_token", "client_id": "portal", "refresh_token": "good"}
    assert token(world, form).json["refresh_token"] == "next-refresh-token"


# --- the good way


def test_a_code_becomes_tokens__E01_E35(world, code):
    answer = redeem(world, code)
    assert answer.status == 200
    assert set(answer.json) == {
        "id_token",
        "access_token",
        "refresh_token",
        "expires_in",
        "token_type",
    }
    assert answer.json["token_type"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Pragma"] == "no-cache"


@pytest.mark.parametrize(
    ("change", "authorization"),
    [
        pytest.param(BACKEND_FORM, "", id="secret-in-the-form"),
        pytest.param({"client_id": None}, basic("backend:backend-secret"), id="secret-in-header"),
    ],
)
def test_a_confidential_application_gets_its_own(world, change, authorization):
    code = Browser(world).sign_in(client_id="backend", scope="openid").query["code"]
    assert redeem(world, code, authorization, **change).status == 200


def test_no_token_code_or_verifier_is_in_a_log__E46_I02(world, code, capsys, caplog):
    answer = redeem(world, code)
    redeem(world, code)
    text = capsys.readouterr().out + caplog.text
    for secret in (code, VERIFIER, answer.json["id_token"], answer.json["refresh_token"]):
        assert secret not in text
