"""The token endpoint's answers (C12, C13, C15, J03)."""

import json

import pytest

from authsso.errors import ProviderError
from authsso.protocol import token_response

GOOD = {
    "access_token": "a.b.c",
    "id_token": "x.y.z",
    "token_type": "Bearer",
    "expires_in": 3599,
    "refresh_token": "must-not-stay",
}
ENTRA_TEXT = (
    "AADSTS70002: Error validating credentials. AADSTS7000215: Invalid client secret provided for"
    " app 'max@contoso.example'. Trace ID: 1f3 Correlation ID: 2f4 Timestamp: 2026-01-01"
)


def judge(changes=None, *, status=200, content_type="application/json; charset=utf-8"):
    members = {k: v for k, v in (GOOD | (changes or {})).items() if v is not ...}
    return token_response.judge(status, content_type, json.dumps(members).encode())


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="good"),
        pytest.param({"token_type": "bEARER"}, id="A69-token_type-in-any-case"),
        pytest.param({"expires_in": ...}, id="A70-no-expires_in"),
        pytest.param({"refresh_token": ...}, id="no-refresh-token"),
    ],
)
def test_a_good_answer_gives_two_tokens_and_drops_the_third__A40_A41_A42_C16(changes):
    tokens = judge(changes)
    assert (tokens.access_token, tokens.id_token) == ("a.b.c", "x.y.z")
    assert not hasattr(tokens, "refresh_token")  # C16
    assert "a.b.c" not in repr(tokens)  # I02


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"token_type": ...}, "token_response_token_type", id="C13-missing"),
        pytest.param({"token_type": "mac"}, "token_response_token_type", id="C13-mac"),
        pytest.param({"token_type": "DPoP"}, "token_response_token_type", id="C13-dpop"),
        pytest.param({"token_type": 7}, "token_response_token_type", id="C13-number"),
        pytest.param({"id_token": ...}, "token_response_without_id_token", id="C15-missing"),
        pytest.param({"id_token": None}, "token_response_without_id_token", id="C15-null"),
        pytest.param({"id_token": {"sub": 1}}, "token_response_without_id_token", id="C15-object"),
        pytest.param({"id_token": ""}, "token_response_without_id_token", id="C15-empty"),
        pytest.param({"access_token": ...}, "token_response_malformed", id="no-access-token"),
        pytest.param({"access_token": "a b"}, "token_response_malformed", id="G23-space"),
        pytest.param({"access_token": "a\r\nX: y"}, "token_response_malformed", id="G23-crlf"),
        pytest.param({"access_token": "é"}, "token_response_malformed", id="G23-not-ascii"),
        pytest.param({"error": "invalid_grant"}, "provider_invalid_grant", id="error-under-200"),
    ],
)
def test_one_member_changed_and_the_answer_is_refused(changes, code):
    with pytest.raises(ProviderError) as caught:
        judge(changes)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param("text/html", b"<html>", id="J04-html"),
        pytest.param("application/json", b"<html>", id="J04-html-called-json"),
        pytest.param("text/html", json.dumps(GOOD).encode(), id="json-called-html"),
        pytest.param("application/jwt", b"x.y.z", id="jwt"),
        pytest.param("", b"", id="nothing"),
        pytest.param("application/json", b"[]", id="array"),
        pytest.param("application/json", b'{"id_token": "a", "id_token": "b"}', id="G18-duplicate"),
    ],
)
def test_what_is_not_json_is_refused(content_type, body):
    with pytest.raises(ProviderError, match="token_response_malformed"):
        token_response.judge(200, content_type, body)


@pytest.mark.parametrize(
    ("status", "body", "code", "error"),
    [
        pytest.param(
            401, {"error": "invalid_client"}, "provider_invalid_client", "invalid_client", id="C04"
        ),
        pytest.param(
            400, {"error": "invalid_grant"}, "provider_invalid_grant", "invalid_grant", id="C12"
        ),
        pytest.param(
            400,
            {"error": "unauthorized_client"},
            "provider_unauthorized_client",
            "unauthorized_client",
            id="unauthorized_client",
        ),
        pytest.param(
            400,
            {"error": "interaction_required"},
            "provider_refused",
            "interaction_required",
            id="an-error-we-do-not-know",
        ),
        pytest.param(400, {"error": "a b\n"}, "provider_refused", None, id="I04-not-a-code"),
        pytest.param(400, {"error": "a" * 65}, "provider_refused", None, id="I04-too-long"),
        pytest.param(400, {"error": {"code": 1}}, "provider_refused", None, id="graphs-shape"),
        pytest.param(400, "text", "provider_refused", None, id="no-object"),
        pytest.param(404, {}, "provider_refused", None, id="404"),
        pytest.param(204, {}, "provider_refused", None, id="204"),
        pytest.param(429, "slow down", "provider_unavailable", None, id="J03-429"),
        pytest.param(500, {}, "provider_unavailable", None, id="J03-500"),
        pytest.param(
            503,
            {"error": "temporarily_unavailable"},
            "provider_unavailable",
            "temporarily_unavailable",
            id="J03-503",
        ),
    ],
)
def test_a_refusal_has_a_name(status, body, code, error):
    with pytest.raises(ProviderError) as caught:
        token_response.judge(status, "application/json", json.dumps(body).encode())
    assert (caught.value.code, caught.value.error) == (code, error)
    assert caught.value.detail == f"HTTP {status}"


def test_a_number_for_any_parameter_keeps_the_verifiers_name():
    text = "AADSTS70000: The provided 'code_verifier' of ann@acme.example does not match."
    body = json.dumps({"error": "invalid_grant", "error_description": text}).encode()
    with pytest.raises(ProviderError) as caught:
        token_response.judge(400, "application/json", body)
    assert caught.value.detail == "HTTP 400, AADSTS70000, code_verifier"


def test_of_entras_text_only_the_number_is_kept():
    body = json.dumps({"error": "invalid_client", "error_description": ENTRA_TEXT}).encode()
    with pytest.raises(ProviderError) as caught:
        token_response.judge(401, "application/json", body)
    assert caught.value.detail == "HTTP 401, AADSTS7000215"
    assert "contoso" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["AADSTS12", "AADSTS123456789", "aadsts50011", "50011", ["AADSTS50011"], None]
)
def test_what_is_no_entra_number_is_not_kept(text):
    body = json.dumps({"error": "invalid_client", "error_description": text}).encode()
    with pytest.raises(ProviderError) as caught:
        token_response.judge(401, "application/json", body)
    assert caught.value.detail == "HTTP 401"
