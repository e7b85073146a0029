"""What the settings API takes for a request, and how it refuses one."""

import re

import pytest

from authsso.errors import UnavailableError
from authsso.providers.forms import FORMS
from authsso.web.settings import shape_mistakes
from harness.settings_caller import AZURE, BODY, CANARY, Api, mistakes
from harness.settings_fakes import settings_services
from settings_page.assets import modules


@pytest.fixture
def api():
    return Api(settings_services())


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        pytest.param({"tenant_id": "b"}, "tenant_id", "unknown_member", id="F06-tenant_id"),
        pytest.param({"enabled": True}, "enabled", "unknown_member", id="F06-enabled"),
        pytest.param({"secret_id": "x"}, "secret_id", "unknown_member", id="F06-secret_id"),
        pytest.param({"redirect_uri": "x"}, "redirect_uri", "unknown_member", id="F06-redirect"),
        pytest.param({"client_secret": ""}, "client_secret", "empty", id="F09-empty-secret"),
        pytest.param({"client_secret": 7}, "client_secret", "not_text", id="secret-number"),
        pytest.param({"client_id": None}, "client_id", "not_text", id="client_id-null"),
        pytest.param({"client_id": "x" * 513}, "client_id", "too_long", id="client_id-long"),
        pytest.param({"method": "PUT"}, "method", "unknown_value", id="method"),
        pytest.param({"scopes": "openid"}, "scopes", "not_list", id="scopes-text"),
        pytest.param({"scopes": ["a"] * 21}, "scopes", "too_many", id="scopes-many"),
        pytest.param(
            {"attribute_mapping": {"email": 1}}, "attribute_mapping.email", "not_text", id="claim"
        ),
        pytest.param({"attribute_mapping": []}, "attribute_mapping", "not_object", id="mapping"),
    ],
)
def test_a_wrong_shape_is_named_with_field_and_fix(api, change, field, code):
    answer = api.put(BODY | change)

    assert answer.status == 400
    assert answer.json["code"] == "malformed_request"
    assert mistakes(answer) == [(field, code)]
    assert all(answer.json["errors"][0][part] for part in ("message", "fix"))
    assert CANARY not in answer.text


def test_what_is_missing_is_named(api):
    answer = api.put({"client_id": "x"})

    assert mistakes(answer) == [("discovery_url", "missing"), ("client_secret", "secret_required")]


def said(answer):
    return [f"{mistake['message']} {mistake['fix']}" for mistake in answer.json["errors"]]


EMPTY = {"client_id": "", "discovery_url": "", "method": "POST"}


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}])
def test_an_empty_form_is_told_in_the_words_of_the_form_all_at_once(api, headers):
    answer = api.call("PUT", AZURE, EMPTY, headers=headers)

    assert answer.json["title"] == "Not everything is filled in."
    assert said(answer) == [
        "Client ID is missing. Fill it in.",
        "Discovery URL is missing. Fill it in.",
        "The Client Secret is missing. Enter the Client Secret of this application.",
    ]


def test_a_secret_that_was_sent_is_not_missing(api):
    answer = api.put(EMPTY | {"client_secret": CANARY})

    assert mistakes(answer) == [("client_id", "empty"), ("discovery_url", "empty")]


def test_a_later_save_may_go_on_with_the_stored_secret(api):
    api.put()

    answer = api.put(EMPTY | {"client_id": BODY["client_id"]}, etag='"1"')

    assert mistakes(answer) == [("discovery_url", "empty")]


def test_only_what_is_optional_may_be_left_out(api):
    answer = api.put(BODY | {"client_secret": "", "group_mapping": {"staff": ""}})

    assert said(answer) == [
        "Client Secret is empty. Fill it in, or leave it out.",
        "An entry of Groups is empty. Fill it in, or leave it out.",
    ]


def test_a_value_that_cannot_be_taken_is_not_called_missing(api):
    answer = api.put(BODY | {"client_id": "x" * 513})

    assert answer.json["title"] == "Some fields need your attention."
    assert said(answer) == ["Client ID is too long. Use at most 512 characters."]


@pytest.mark.parametrize(
    ("method", "path", "body", "words"),
    [
        ("POST", "domains", {"domain": ""}, "Domain is missing. Fill it in."),
        (
            "PUT",
            "emergency-access",
            {"users": ["ada@acme.example", ""]},
            "The e-mail address is missing. Fill it in.",
        ),
    ],
)
def test_an_empty_domain_or_address_is_told_in_words(api, method, path, body, words):
    answer = api.call(method, f"/settings/sso/{path}", body)

    assert (answer.status, answer.json["title"]) == (400, "Not everything is filled in.")
    assert said(answer) == [words]
    assert answer.json["errors"][0]["code"] == "empty"


def test_neither_toggle_is_400(api):
    assert api.patch({}).json["errors"][0]["code"] == "missing"


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        pytest.param("a=b", {"content-type": "application/x-www-form-urlencoded"}, 415, id="F29"),
        pytest.param("{}", {"content-type": "text/plain"}, 415, id="F29-text"),
        pytest.param("{}", {}, 415, id="F29-no-type"),
        pytest.param("x" * 44_000, {"content-type": "application/json"}, 413, id="G21-size"),
        pytest.param(
            '"' + "x" * 33_000 + '"', {"content-type": "application/json"}, 413, id="G21-size-exact"
        ),
        pytest.param('{"a":1,"a":2}', {"content-type": "application/json"}, 400, id="G21-twice"),
        pytest.param("[" * 9_000, {"content-type": "application/json"}, 400, id="G21-depth"),
        pytest.param('{"a":NaN}', {"content-type": "application/json"}, 400, id="G21-nan"),
        pytest.param("", {"content-type": "application/json"}, 400, id="empty"),
        pytest.param("[]", {"content-type": "application/json"}, 400, id="list"),
        pytest.param('"\\ud800"', {"content-type": "application/json"}, 400, id="surrogate"),
        pytest.param(b"\xff\xfe", {"content-type": "application/json"}, 400, id="not-utf-8"),
    ],
)
def test_only_small_strict_json_is_taken(api, body, headers, status):
    answer = api.call("PUT", AZURE, body, headers=headers)

    assert answer.status == status
    assert answer.json["status"] == status


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/settings/sso/connections/nothing"),
        ("DELETE", "/settings/sso"),
        ("POST", "/settings/sso/connections/nothing/activate"),
        ("GET", "/settings/else"),
        ("GET", "/settings/sso/connections/azure/../../x"),
    ],
)
def test_an_unknown_address_is_404_in_the_same_shape(api, method, path):
    answer = api.call(method, path)

    assert answer.status == 404
    assert answer.json["code"] == "not_found"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_every_answer_is_private(api):
    for answer in (
        api.get("/settings/sso"),
        api.call("GET", "/settings/openapi.json", claims=None),
        api.call("GET", "/settings/nothing"),
        api.get(claims=None),
        api.put(),
    ):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_fault_of_ours_tells_a_reference_and_nothing_else__J26(api):
    api.services.connections = None

    answer = api.get("/settings/sso")

    assert (answer.status, answer.json["code"]) == (500, "server_error")
    assert "NoneType" not in answer.text


def test_an_outage_is_503(api):
    def fail(_):
        raise UnavailableError("aws_unavailable", "dynamodb")

    api.services.users.is_administrator = fail

    answer = api.put()

    assert (answer.status, answer.json["code"]) == (503, "aws_unavailable")


def test_the_page_and_the_api_call_a_field_the_same():
    of_page = dict(re.findall(r"^  (\w+): '([^']+)',$", modules()["field_labels.js"], re.MULTILINE))
    described = {field.name: field.label for field in FORMS["azure"].fields}
    assert of_page | described | {"domain": "Domain", "text": "The text"} == shape_mistakes.LABELS
