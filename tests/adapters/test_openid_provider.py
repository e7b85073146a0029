"""Against a real little provider: what is asked, and how every failure is named."""

import json

import pytest

from authsso.adapters.guarded_http import GuardedHttp
from authsso.adapters.openid_provider import OpenIdProvider
from authsso.errors import ProviderError
from authsso.providers import PROFILES
from harness.providers import metadata
from harness.rude_server import answer, says, serving
from harness.tokens import rsa_jwk, rsa_key

SUBJECT = "ann"


@pytest.fixture(scope="module")
def provider():
    http = GuardedHttp(loopback_allowed=True, deadline_seconds=2)
    return OpenIdProvider(http, extra_hosts={"azure": ("localhost",)}, loopback_allowed=True)


def issuer_of(server):
    return f"http://localhost:{server.port}"


def document(issuer):
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys",
        "userinfo_endpoint": f"{issuer}/userinfo",
    }


def sends(value, status="200 OK"):
    return says(answer(json.dumps(value).encode(), status))


def request_line(server):
    return server.requests[-1].split(b"\r\n")[0].decode()


@pytest.mark.parametrize("kind", ["oidc", "azure"])
def test_discovery_asks_the_well_known_address_once__A29_A34_A35(provider, kind):
    with serving(
        lambda connected: connected.sendall(answer(json.dumps(document(issuer)).encode()))
    ) as server:
        issuer = issuer_of(server)
        assert provider.discover(issuer, PROFILES[kind]).issuer == issuer
        assert request_line(server) == "GET /.well-known/openid-configuration HTTP/1.1"  # A29
        assert len(server.requests) == 1  # A34: no WebFinger


ENTRA_UNKNOWN_TENANT = {
    "error": "invalid_tenant",
    "error_description": "AADSTS90002: Tenant 'x' not found.",
}


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        pytest.param(says(answer(b"<html>")), "metadata_malformed", id="J04-html"),
        pytest.param(says(answer(b"[]")), "metadata_malformed", id="A98-array"),
        pytest.param(sends({"issuer": "x"}), "issuer_mismatch", id="A02-other-issuer"),
        pytest.param(sends({}, "404 Not Found"), "provider_refused", id="404"),
        pytest.param(sends(ENTRA_UNKNOWN_TENANT, "400 Bad"), "provider_refused", id="tenant"),
        pytest.param(sends({}, "503 Busy"), "provider_unavailable", id="J02-503"),
        pytest.param(sends({}, "302 Found"), "provider_redirected", id="G10-redirect"),
        pytest.param(
            says(answer(b" " * 262_145)), "provider_answer_too_large", id="G15-over-256-KB"
        ),
    ],
)
def test_a_failed_discovery_has_a_name(provider, behaviour, code):
    with serving(behaviour) as server, pytest.raises(ProviderError) as caught:
        provider.discover(issuer_of(server), PROFILES["oidc"])
    assert caught.value.code == code


def test_a_pinned_kind_is_not_even_asked_elsewhere__G09_K76(provider):
    with serving(sends({})) as server:
        with pytest.raises(ProviderError, match="metadata_host_not_pinned"):
            provider.discover(issuer_of(server), PROFILES["google"])
        assert server.connections == 0  # G09


def test_keys_come_from_jwks_uri__A30(provider):
    with serving(sends({"keys": [rsa_jwk(rsa_key(), kid="k")]})) as server:
        keys = provider.keys(metadata(issuer_of(server)), 7)
        assert request_line(server) == "GET /keys HTTP/1.1"  # A30
    assert ([key["kid"] for key in keys.keys], keys.fetched_at) == (["k"], 7)


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        pytest.param(sends({"error": "not_found"}), "key_set_malformed", id="A76"),
        pytest.param(says(answer(b'{"keys": [')), "key_set_malformed", id="J04-truncated"),
        pytest.param(sends({"keys": []}), "key_set_unusable", id="A81-none"),
        pytest.param(sends({}, "500 Oops"), "provider_unavailable", id="J06-down"),
    ],
)
def test_a_failed_key_set_has_a_name(provider, behaviour, code):
    with serving(behaviour) as server, pytest.raises(ProviderError) as caught:
        provider.keys(metadata(issuer_of(server)), 7)
    assert caught.value.code == code


def exchange(provider, server, method):
    return provider.exchange(
        metadata(issuer_of(server)),
        client_id="client",
        client_secret="s3cret+/",
        client_authentication=method,
        provider_code="c0de",
        redirect_uri="https://sso.example/oauth2/idpresponse",
        code_verifier="verifier",
    )


TOKENS = {"access_token": "a", "id_token": "i", "token_type": "Bearer", "refresh_token": "r"}
GRANT = (
    "grant_type=authorization_code&code=c0de"
    "&redirect_uri=https%3A%2F%2Fsso.example%2Foauth2%2Fidpresponse&code_verifier=verifier"
)


@pytest.mark.parametrize(
    ("method", "header", "body"),
    [
        pytest.param(
            "client_secret_basic",
            "Authorization: Basic Y2xpZW50OnMzY3JldCUyQiUyRg==",
            GRANT,
            id="C01-basic",
        ),
        pytest.param(
            "client_secret_post",
            None,
            GRANT + "&client_id=client&client_secret=s3cret%2B%2F",
            id="C02-post",
        ),
    ],
)
def test_a_code_is_exchanged_with_one_kind_of_credentials(provider, method, header, body):
    with serving(sends(TOKENS)) as server:
        tokens = exchange(provider, server, method)
        head, _, sent = server.requests[0].decode().partition("\r\n\r\n")
    assert (tokens.access_token, tokens.id_token) == ("a", "i")
    authorization = [line for line in head.split("\r\n") if line.startswith("Authorization")]
    assert authorization == ([header] if header else [])
    assert sent == body  # C09
    assert "Content-Type: application/x-www-form-urlencoded" in head


def test_a_refused_code_is_not_tried_again(provider):
    with serving(sends({"error": "invalid_grant"}, "400 Bad Request")) as server:
        with pytest.raises(ProviderError) as caught:
            exchange(provider, server, "client_secret_post")
        assert len(server.requests) == 1  # C04, C12, J03
    assert (caught.value.code, caught.value.error) == ("provider_invalid_grant", "invalid_grant")
    assert "c0de" not in str(caught.value)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_userinfo_gets_the_token_in_the_header_only__A19_A20(provider, method):
    with serving(sends({"sub": SUBJECT, "name": "Ann"})) as server:
        claims = provider.userinfo(metadata(issuer_of(server)), "t0ken", method, SUBJECT)
        head, _, body = server.requests[0].decode().partition("\r\n\r\n")
    assert claims == {"sub": SUBJECT, "name": "Ann"}
    assert head.startswith(f"{method} /userinfo HTTP/1.1")
    assert head.count("t0ken") == 1  # A19
    assert "Authorization: Bearer t0ken" in head
    assert body == ""


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        pytest.param(sends({"sub": "bob"}), "userinfo_subject", id="A16"),
        pytest.param(sends({}, "401 Unauthorized"), "userinfo_refused", id="D08-401"),
        pytest.param(sends({}, "302 Found"), "provider_redirected", id="D03-302"),
        pytest.param(says(answer(b"x" * 300_000)), "provider_answer_too_large", id="D13-300-KB"),
    ],
)
def test_a_failed_userinfo_has_a_name_and_is_not_retried(provider, behaviour, code):
    with serving(behaviour) as server:
        with pytest.raises(ProviderError) as caught:
            provider.userinfo(metadata(issuer_of(server)), "t0ken", "POST", SUBJECT)
        assert len(server.requests) == 1
    assert caught.value.code == code


def test_a_provider_without_userinfo_says_so(provider):
    with pytest.raises(ProviderError, match="userinfo_not_offered"):
        provider.userinfo(metadata(userinfo_endpoint=None), "t0ken", "POST", SUBJECT)
