"""POST /oauth2/revoke through its app: who may end which token (RFC 7009)."""

import base64
from urllib.parse import urlencode

import pytest

from authsso.errors import UnavailableError
from harness.http_event import http_event
from harness.sign_in_world import FORM, answered, services, token
from token_endpoint.app import create_app

BACKEND = {"client_id": "backend", "client_secret": "backend-secret"}


@pytest.fixture
def world():
    made = services()
    made.tokens.refresh_tokens = {"good": "portal", "of-backend": "backend"}
    made.calls.clear()
    return made


def revoke(world, form, authorization="", **changes):
    body = form if isinstance(form, str) else urlencode(form)
    headers = FORM | ({"Authorization": authorization} if authorization else {})
    event = http_event("POST", "/oauth2/revoke", body=body, headers=headers) | changes
    return answered(create_app(world), event)


def basic(text):
    return f"Basic {base64.b64encode(text.encode()).decode()}"


def refused(answer):
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.json) == {"error", "error_description"}
    return answer.status, answer.json["error"]


def is_alive(world, client_id, refresh_token):
    return world.tokens.refresh_tokens.get(refresh_token) == client_id


@pytest.mark.parametrize(
    ("form", "authorization"),
    [
        pytest.param({"token": "good"}, "", id="E02-nobody"),
        pytest.param({"token": "good", "client_id": "other"}, "", id="E02-unknown"),
        pytest.param({"token": "of-backend", "client_id": "backend"}, "", id="E30-no-secret"),
        pytest.param(
            {"token": "of-backend", "client_id": "backend", "client_secret": "x"},
            "",
            id="E30-wrong-secret",
        ),
        pytest.param(
            {"token": "good", "client_id": "portal"}, basic("backend:x"), id="E30-two-clients"
        ),
        pytest.param({"token": "good", "client_id": "portal"}, "Bearer x", id="E30-bearer"),
        pytest.param({"token": "of-backend"} | BACKEND, basic("backend:backend-secret"), id="both"),
    ],
)
def test_who_is_not_proven_revokes_nothing(world, form, authorization):
    answer = revoke(world, form, authorization)
    assert refused(answer) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert "tokens.revoke" not in world.calls


@pytest.mark.parametrize(
    ("form", "change"),
    [
        pytest.param("token=good&token=x&client_id=portal", {}, id="twice"),
        pytest.param("token=good&client_id=portal", {"headers": {}}, id="E34-no-form"),
        pytest.param("", {"rawQueryString": "token=good&client_id=portal"}, id="E34-in-the-query"),
    ],
)
def test_a_revocation_is_a_form_alone(world, form, change):
    assert refused(revoke(world, form, **change)) == (400, "invalid_request")
    assert world.calls == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_are_nothing__E34(world, method):
    event = http_event(method, "/oauth2/revoke", query={"token": "good", "client_id": "portal"})
    assert refused(answered(create_app(world), event)) == (404, "invalid_request")


@pytest.mark.parametrize("form", [{}, {"token": ""}, {"token_type_hint": "refresh_token"}])
def test_a_token_must_be_there(world, form):
    assert refused(revoke(world, form | {"client_id": "portal"})) == (400, "invalid_request")
    assert "tokens.revoke" not in world.calls


@pytest.mark.parametrize(
    ("outcome", "error"),
    [
        pytest.param("not_a_refresh_token", "unsupported_token_type", id="access-token"),
        pytest.param("switched_off", "invalid_request", id="switched-off"),
        pytest.param("refused", "unauthorized_client", id="not-its-own"),
    ],
)
def test_what_cognito_does_not_revoke_is_said(world, outcome, error):
    world.tokens.revocations = {"x": outcome}
    assert refused(revoke(world, {"token": "x", "client_id": "portal"})) == (400, error)


def test_the_token_of_another_application_stays(world):
    form = {"token": "of-backend", "client_id": "portal"}
    assert refused(revoke(world, form)) == (400, "unauthorized_client")
    assert is_alive(world, "backend", "of-backend")


def test_an_outage_is_never_taken_for_success__J15(world):
    world.failures["tokens.revoke"] = UnavailableError("aws_unavailable", "pool x")
    answer = revoke(world, {"token": "good", "client_id": "portal"})
    assert refused(answer) == (503, "server_error")
    assert "pool" not in answer.body


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param("good", id="good"),
        pytest.param("unknown", id="unknown"),
        pytest.param("x" * 9000, id="endless"),
    ],
)
def test_done_is_200_and_empty(world, sent):
    answer = revoke(world, {"token": sent, "client_id": "portal", "token_type_hint": "anything"})
    assert (answer.status, answer.body) == (200, "")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.cookies == []


def test_what_could_not_be_a_token_is_no_error(world):
    world.tokens.revocations = {"{}": "not_a_token"}
    assert revoke(world, {"token": "{}", "client_id": "portal"}).status == 200


@pytest.mark.parametrize(
    ("form", "authorization"),
    [
        pytest.param(BACKEND, "", id="secret-in-the-form"),
        pytest.param({}, basic("backend:backend-secret"), id="secret-in-the-header"),
    ],
)
def test_a_confidential_application_ends_its_own(world, form, authorization):
    assert revoke(world, form | {"token": "of-backend"}, authorization).status == 200
    assert not is_alive(world, "backend", "of-backend")


def test_a_revoked_token_refreshes_nothing(world):
    revoke(world, {"token": "good", "client_id": "portal"})
    form = {"grant_type": "refresh_token", "client_id": "portal", "refresh_token": "good"}
    assert refused(token(world, form)) == (400, "invalid_grant")


def test_no_token_is_in_a_log__E46(world, capsys, caplog):
    world.tokens.revocations = {"secret-token": "refused"}
    revoke(world, {"token": "secret-token", "client_id": "portal"})
    assert "secret-token" not in capsys.readouterr().out + caplog.text
