"""What the questions of a check send, and how."""

from urllib.parse import parse_qs, urlsplit

import pytest

from authsso.adapters.guarded_http import HttpAnswer
from authsso.adapters.provider_probes import ProviderProbes
from harness.providers import metadata

OURS = "https://authsso.saas.example/oauth2/idpresponse"


class RecordingHttp:
    """Remembers each request and answers with a date."""

    def __init__(self):
        self.sent = []

    def send(self, method, url, *, headers, limit, form=None):
        assert limit <= 1_048_576
        self.sent.append((method, url, dict(headers), form))
        return HttpAnswer(200, "application/json", b"{}", date="today")

    def look(self, url, *, headers, limit):
        return self.send("GET", url, headers=headers, limit=limit)


@pytest.fixture
def http():
    return RecordingHttp()


@pytest.fixture
def found():
    return metadata()


def shown(http, found, provider, client_authentication):
    ProviderProbes(http).client(
        found,
        provider,
        client_id="id",
        client_secret="secret",
        client_authentication=client_authentication,
        redirect_uri=OURS,
    )
    return http.sent[-1]


def test_entra_is_asked_for_a_token_of_the_application(http, found):
    method, url, headers, form = shown(http, found, "azure", "client_secret_post")
    assert (method, url, headers) == ("POST", found.token_endpoint, {})
    assert form["grant_type"] == "client_credentials"
    assert (form["client_id"], form["client_secret"]) == ("id", "secret")


def test_others_are_given_a_code_that_cannot_be_valid(http, found):
    _, _, headers, form = shown(http, found, "okta", "client_secret_basic")
    assert (form["grant_type"], form["redirect_uri"]) == ("authorization_code", OURS)
    assert "client_secret" not in form
    assert headers["Authorization"].startswith("Basic ")


def test_the_authorize_endpoint_is_asked_without_a_question(http, found):
    ProviderProbes(http).redirect_uri(found, "id", OURS)
    _, url, headers, _ = http.sent[-1]
    query = parse_qs(urlsplit(url).query, strict_parsing=True)
    assert url.startswith(found.authorization_endpoint)
    assert (query["prompt"], query["redirect_uri"]) == (["none"], [OURS])
    assert "cookie" not in {name.lower() for name in headers}


def test_userinfo_is_asked_with_the_method_and_no_real_token(http):
    ProviderProbes(http).userinfo("https://op.example/userinfo", "GET")
    assert http.sent[-1][:2] == ("GET", "https://op.example/userinfo")
    assert http.sent[-1][2] == {"Authorization": "Bearer authsso-check"}


def test_the_time_is_the_discovery_documents(http):
    assert ProviderProbes(http).date("https://op.example") == "today"
    assert http.sent[-1][1] == "https://op.example/.well-known/openid-configuration"
