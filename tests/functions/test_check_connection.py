"""The check through its app: who may ask, what is told, and where secrets go."""

import json
import threading

import pytest

from authsso.adapters.guarded_http import HttpAnswer
from authsso.errors import IssuerMismatchError, ProviderError
from authsso.findings.outcome import Unclear
from check_connection import probing, subject
from check_connection.app import create_app
from harness.http_event import http_event
from harness.settings_caller import (
    AZURE,
    BODY,
    CANARY,
    CLAIMS,
    ISSUER,
    OTHER_TENANT,
    TENANT_GUID,
    Api,
)
from harness.settings_fakes import settings_services

DATE = "Fri, 26 Nov 2026 00:00:00 GMT"
CHECK = f"{AZURE}/check"


def answered(status, body=b"", location=""):
    return HttpAnswer(status, "application/json", body, location, DATE)


class FakeProbes:
    """A provider that likes everything, unless told otherwise."""

    def __init__(self):
        self.secrets = []
        self.token = answered(200, b"{}")
        self.authorize = None
        self.answers = threading.Event()
        self.answers.set()

    def client(self, metadata, _provider, **shown):
        self.answers.wait()
        self.secrets.append((metadata.token_endpoint, shown["client_secret"]))
        return self.token

    def redirect_uri(self, _metadata, _client_id, uri):
        return self.authorize or answered(302, location=f"{uri}?error=login_required")

    def userinfo(self, _endpoint, _method):
        return answered(401)

    def date(self, _issuer):
        return "not a date"


@pytest.fixture
def services():
    made = settings_services()
    made.probes = FakeProbes()
    return made


def check(services, body=None, *, path=CHECK, claims=CLAIMS):
    answer = create_app(services).resolve(http_event("POST", path, body=body, claims=claims), None)
    return answer["statusCode"], json.loads(answer["body"])


def states(answer):
    return {probe["name"]: probe["state"] for probe in answer["probes"]}


def found(answer):
    return {p["name"]: p["finding"]["code"] for p in answer["probes"] if p["finding"]}


def test_what_is_right_is_told_line_by_line(services):
    status, answer = check(services, BODY)
    assert status == 200
    assert states(answer) == {
        "discovery": "ok",
        "keys": "ok",
        "clock": "cannot_tell",
        "pkce": "ok",
        "client": "ok",
        "redirect_uri_authsso": "ok",
        "redirect_uri_cognito": "ok",
        "method": "ok",
    }
    assert answer["mends"] == []
    assert CANARY not in json.dumps(answer)


def test_F27_a_tenant_checks_thirty_times_a_minute_and_others_are_not_affected(services):
    services.provider.failure = ProviderError("provider_refused", "HTTP 400")
    assert {check(services, BODY)[0] for _ in range(30)} == {200}
    status, problem = check(services, BODY)
    assert (status, problem["code"]) == (429, "too_many_changes")
    assert check(services, BODY, claims=OTHER_TENANT)[0] == 200
    services.now.time += 60
    assert check(services, BODY)[0] == 200


def test_a_refused_secret_is_named_with_the_providers_words(services):
    text = "AADSTS7000222: The secret is expired. Trace ID: 1"
    body = json.dumps({"error": "invalid_client", "error_description": text}).encode()
    services.probes.token = answered(401, body)
    _, answer = check(services, BODY)
    assert found(answer) == {"client": "entra_secret_expired"}
    finding = next(p["finding"] for p in answer["probes"] if p["finding"])
    assert finding["provider_text"] == "AADSTS7000222: The secret is expired."
    assert finding["look_up_url"].endswith("code=7000222")


def test_a_redirect_uri_that_is_not_registered_is_named(services):
    services.probes.authorize = answered(200, b"AADSTS50011: no")
    _, answer = check(services, BODY)
    assert set(found(answer).values()) == {"entra_redirect_uri_not_registered"}


def test_a_kind_with_a_callback_of_its_own_needs_no_second_address(services):
    asked = []
    probed = services.probes.redirect_uri
    services.probes.redirect_uri = lambda *arguments: (
        asked.append(arguments[2]),
        probed(*arguments),
    )[1]
    _, answer = check(services, BODY, path=CHECK.replace("azure", "oidc"))
    assert states(answer)["redirect_uri_cognito"] == "ok"
    assert len(asked) == 1
    assert "/oauth2/idpresponse/" in asked[0]


def test_F14_without_a_discovery_document_the_rest_cannot_be_told(services):
    services.provider.failure = ProviderError("provider_refused", "HTTP 400, AADSTS90002")
    _, answer = check(services, BODY)
    assert found(answer) == {"discovery": "entra_tenant_not_found"}
    assert services.probes.secrets == []
    assert set(states(answer).values()) == {"finding", "cannot_tell"}


@pytest.mark.parametrize(
    "typed",
    [
        TENANT_GUID,
        f"{ISSUER}/",
        f"{ISSUER}/.well-known/openid-configuration",
        ISSUER.removesuffix("/v2.0"),
        f"https://portal.azure.com/#view/Overview/tenantId/{TENANT_GUID}",
    ],
)
def test_a_better_address_is_offered(services, typed):
    _, answer = check(services, BODY | {"discovery_url": typed})
    assert answer["mends"] == [{"field": "discovery_url", "value": ISSUER}]


def test_a_mistake_in_the_values_themselves_is_told_too(services):
    _, answer = check(services, BODY | {"client_secret": TENANT_GUID})
    assert found(answer)["typed_values"] == "client_secret_is_secret_id"


def test_a_tenants_domain_is_answered_with_the_issuer_that_microsoft_names(services):
    typed = "contoso.onmicrosoft.com"
    services.provider.failure = IssuerMismatchError(ISSUER, typed)
    _, answer = check(services, BODY | {"discovery_url": typed})
    assert found(answer)["typed_values"] == "discovery_url_domain"
    asked = "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0"
    assert services.provider.asked == [asked]
    assert answer["mends"] == [{"field": "discovery_url", "value": ISSUER}]


@pytest.mark.parametrize(
    ("kind", "issuer"),
    [
        ("azure", "https://evil.example/v2.0"),
        ("azure", "https://login.microsoftonline.com/common/v2.0"),
        ("keycloak", "https://keycloak.internal/realms/acme"),
    ],
)
def test_no_issuer_is_offered_that_would_be_wrong_itself(services, kind, issuer):
    services.provider.failure = IssuerMismatchError(issuer, "an address")
    _, answer = check(services, BODY, path=CHECK.replace("azure", kind))
    assert answer["mends"] == []


@pytest.mark.parametrize("secret", [f"{CANARY} ", TENANT_GUID, f'"{CANARY}"'])
def test_a_mistyped_secret_is_told_once_and_not_tried(services, secret):
    services.probes.token = answered(401, b'{"error": "invalid_client"}')
    _, answer = check(services, BODY | {"client_secret": secret})
    assert [probe["name"] for probe in answer["probes"] if probe["finding"]] == ["typed_values"]
    client = next(probe for probe in answer["probes"] if probe["name"] == "client")
    assert client["state"] == "cannot_tell"
    assert client["message"] == "The Client Secret is mistyped, so it was not tried; mend it first."
    assert services.probes.secrets == []


def test_what_is_saved_is_checked_with_its_own_secret(services):
    assert Api(services).put().status == 200
    status, answer = check(services)
    assert (status, states(answer)["client"]) == (200, "ok")
    assert [secret for _, secret in services.probes.secrets] == [CANARY]


def test_a_stored_secret_goes_to_no_other_issuer(services):
    assert Api(services).put().status == 200
    other = BODY | {"discovery_url": ISSUER.replace("1111", "9999")}
    del other["client_secret"]
    _, answer = check(services, other)
    assert states(answer)["client"] == "cannot_tell"
    assert services.probes.secrets == []


def test_nothing_saved_and_nothing_typed_is_a_409(services):
    assert check(services)[0] == 409
    assert Api(services).put().status == 200
    assert check(services, claims=OTHER_TENANT)[1]["code"] == "nothing_to_check"


def test_F15_K45_nobody_but_an_administrator_is_let_in(services):
    assert check(services, BODY, claims=None)[0] == 401
    assert check(services, BODY, claims=CLAIMS | {"cognito:groups": []})[0] == 403
    services.users.administrators.clear()
    assert check(services, BODY)[0] == 403
    assert services.probes.secrets == []


def test_google_takes_no_settings(services):
    path = "/settings/sso/connections/google/check"
    assert check(services, BODY, path=path)[1]["code"] == "takes_no_settings"


def test_what_does_not_answer_in_time_cannot_be_told(services):
    assert Api(services).put().status == 200
    services.probes.answers.clear()
    asked = subject.find(services, "tenant-a", "azure", None)
    outcomes = probing.probe(services, asked, seconds=0.2)
    services.probes.answers.set()
    assert isinstance(outcomes["client"], Unclear)
    assert "within" in outcomes["client"].reason


def test_one_question_without_an_answer_leaves_the_others_alone(services):
    def fail(*_arguments, **_named):
        raise ProviderError("provider_timeout")

    services.probes.userinfo = fail
    _, answer = check(services, BODY)
    assert states(answer)["method"] == "cannot_tell"
    assert states(answer)["client"] == "ok"


def test_keys_that_cannot_be_used_are_a_finding(services):
    def fail(*_arguments):
        raise ProviderError("key_set_unusable")

    services.provider.keys = fail
    _, answer = check(services, BODY)
    assert found(answer) == {"keys": "no_usable_key"}
