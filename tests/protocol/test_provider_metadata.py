"""Discovery documents: one good one per provider kind, and one change at a time."""

import pytest

from authsso.errors import ProviderError
from authsso.model import ProviderProfile
from authsso.protocol import provider_metadata
from authsso.providers import PROFILES

ISSUER = "https://idp.example.com/realms/acme"
GOOD = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/certs",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
    "end_session_endpoint": f"{ISSUER}/logout",
    "response_types_supported": ["code", "id_token"],
    "response_modes_supported": ["query", "fragment", "form_post"],
    "id_token_signing_alg_values_supported": ["PS256", "ES256", "RS256", "HS256"],
    "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_post"],
    "code_challenge_methods_supported": ["plain", "S256"],
    "authorization_response_iss_parameter_supported": True,
    "mtls_endpoint_aliases": {"token_endpoint": "http://10.0.0.1/"},
    "registration_endpoint": 17,
}
ENTRA = "https://login.microsoftonline.com/6babcaad-604b-40ac-a9d7-9fd97c0b779f"
GOOD_ENTRA = {
    "issuer": f"{ENTRA}/v2.0",
    "authorization_endpoint": f"{ENTRA}/oauth2/v2.0/authorize",
    "token_endpoint": f"{ENTRA}/oauth2/v2.0/token",
    "jwks_uri": f"{ENTRA}/discovery/v2.0/keys",
    "userinfo_endpoint": "https://graph.microsoft.com/oidc/userinfo",
    "end_session_endpoint": f"{ENTRA}/oauth2/v2.0/logout",
    "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
    "response_modes_supported": ["query", "fragment", "form_post"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "token_endpoint_auth_methods_supported": [
        "client_secret_post",
        "private_key_jwt",
        "client_secret_basic",
    ],
}


def judge(changes=None, *, discovery_url=ISSUER, kind="oidc", base=GOOD, **options):
    document = {k: v for k, v in (base | (changes or {})).items() if v is not ...}
    return provider_metadata.judge(
        document, discovery_url=discovery_url, profile=PROFILES[kind], **options
    )


def test_a_good_document_is_read_and_unknown_members_are_ignored__A28_A36():
    metadata = judge()
    assert metadata.issuer == ISSUER
    assert metadata.token_endpoint == f"{ISSUER}/token"
    assert metadata.id_token_algorithms == ("ES256", "RS256")
    assert metadata.client_authentication == ("client_secret_post",)
    assert metadata.response_modes == ("query", "form_post")
    assert metadata.sends_iss_parameter


def test_entras_document_is_read():
    metadata = judge(discovery_url=f"{ENTRA}/v2.0", kind="azure", base=GOOD_ENTRA)
    assert metadata.userinfo_endpoint == "https://graph.microsoft.com/oidc/userinfo"
    assert metadata.client_authentication == ("client_secret_post", "client_secret_basic")
    assert not metadata.sends_iss_parameter


def test_silence_means_what_the_specification_says():
    optional = (
        "userinfo_endpoint",
        "end_session_endpoint",
        "response_modes_supported",
        "id_token_signing_alg_values_supported",
        "token_endpoint_auth_methods_supported",
        "code_challenge_methods_supported",
        "authorization_response_iss_parameter_supported",
    )
    metadata = judge(dict.fromkeys(optional, ...))
    assert metadata.userinfo_endpoint is None
    assert metadata.end_session_endpoint is None
    assert metadata.response_modes == ("query",)
    assert metadata.id_token_algorithms == ("RS256",)
    assert metadata.client_authentication == ("client_secret_basic",)
    assert not metadata.sends_iss_parameter


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"issuer": ISSUER + "1"}, "issuer_mismatch", id="A02-appended"),
        pytest.param({"issuer": ISSUER.replace("idp", "evil")}, "issuer_mismatch", id="A100-host"),
        pytest.param({"issuer": ISSUER + "//"}, "issuer_mismatch", id="A93-two-slashes"),
        pytest.param(
            {"issuer": ISSUER.replace(".com", ".com:443")}, "issuer_mismatch", id="A90-port"
        ),
        pytest.param(
            {"issuer": ISSUER.replace("idp", "IDP")}, "issuer_mismatch", id="A90-upper-case"
        ),
        pytest.param(
            {"issuer": ISSUER.replace("acme", "%61cme")}, "issuer_mismatch", id="A90-escaped"
        ),
        pytest.param(
            {"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"},
            "issuer_templated",
            id="A91-template",
        ),
        pytest.param({"issuer": ...}, "metadata_malformed", id="A98-no-issuer"),
        pytest.param({"issuer": [ISSUER]}, "metadata_malformed", id="A98-issuer-list"),
        pytest.param({"jwks_uri": ...}, "metadata_malformed", id="A98-no-jwks_uri"),
        pytest.param({"token_endpoint": ...}, "metadata_malformed", id="A98-no-token_endpoint"),
        pytest.param({"token_endpoint": None}, "metadata_malformed", id="A98-null"),
        pytest.param(
            {"authorization_endpoint": ...}, "metadata_malformed", id="A98-no-authorization"
        ),
        pytest.param({"token_endpoint": [f"{ISSUER}/token"]}, "metadata_malformed", id="A98-list"),
        pytest.param({"userinfo_endpoint": 1}, "metadata_malformed", id="A98-userinfo-number"),
        pytest.param(
            {"response_types_supported": "code"}, "metadata_malformed", id="A98-string-for-list"
        ),
        pytest.param(
            {"id_token_signing_alg_values_supported": [1]}, "metadata_malformed", id="A98-numbers"
        ),
        pytest.param(
            {"response_modes_supported": ["query"] * 101}, "metadata_malformed", id="G20-long-list"
        ),
        pytest.param(
            {"authorization_response_iss_parameter_supported": "true"},
            "metadata_malformed",
            id="A59-string-for-boolean",
        ),
        pytest.param(
            {"token_endpoint": "http://idp.example.com/token"},
            "metadata_endpoint_refused",
            id="G11-http-token",
        ),
        pytest.param(
            {"authorization_endpoint": "javascript:alert(1)"},
            "metadata_endpoint_refused",
            id="H12-javascript",
        ),
        pytest.param(
            {"jwks_uri": "https://169.254.169.254/latest"},
            "metadata_endpoint_refused",
            id="G11-jwks-metadata-service",
        ),
        pytest.param(
            {"userinfo_endpoint": "https://vault.internal/"},
            "metadata_endpoint_refused",
            id="G11-userinfo-internal",
        ),
        pytest.param(
            {"end_session_endpoint": "https://localhost/"},
            "metadata_endpoint_refused",
            id="G11-end_session-localhost",
        ),
        pytest.param(
            {"token_endpoint": "https://idp.example.com:8443/"},
            "metadata_endpoint_refused",
            id="G12-port",
        ),
        pytest.param(
            {"id_token_signing_alg_values_supported": ["PS256", "EdDSA", "HS256", "none"]},
            "unsupported_alg",
            id="A97-no-algorithm-of-ours",
        ),
        pytest.param(
            {"id_token_signing_alg_values_supported": []}, "unsupported_alg", id="A97-none-at-all"
        ),
        pytest.param(
            {"code_challenge_methods_supported": ["plain"]}, "unsupported_pkce", id="B26-plain-only"
        ),
        pytest.param(
            {"response_types_supported": ["id_token"]},
            "unsupported_response_type",
            id="no-code-flow",
        ),
        pytest.param(
            {"token_endpoint_auth_methods_supported": ["private_key_jwt"]},
            "unsupported_client_authentication",
            id="no-client-secret",
        ),
    ],
)
def test_one_change_and_the_document_is_refused(changes, code):
    with pytest.raises(ProviderError) as caught:
        judge(changes)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("issuer", "discovery_url"),
    [
        pytest.param(ISSUER, ISSUER, id="A93-issuer"),
        pytest.param(ISSUER, ISSUER + "/", id="A93-slash-typed"),
        pytest.param(ISSUER + "/", ISSUER, id="A93-slash-in-issuer"),
        pytest.param(ISSUER + "/", ISSUER + "/", id="A93-slash-in-both"),
        pytest.param(ISSUER, ISSUER + provider_metadata.WELL_KNOWN, id="A93-well-known-typed"),
        pytest.param(ISSUER + "/", ISSUER + provider_metadata.WELL_KNOWN, id="A93-auth0"),
    ],
)
def test_the_received_issuer_is_pinned_byte_for_byte(issuer, discovery_url):
    assert judge({"issuer": issuer}, discovery_url=discovery_url).issuer == issuer


@pytest.mark.parametrize(
    "member",
    [
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "userinfo_endpoint",
        "end_session_endpoint",
    ],
)
@pytest.mark.parametrize(
    "host",
    [
        pytest.param("evil.example", id="B20-elsewhere"),
        pytest.param("login.microsoftonline.com.evil.example", id="B20-prefix"),
        pytest.param("evil-login.microsoftonline.com", id="B20-suffix"),
        pytest.param("acme.okta.com", id="B20-other-kind"),
    ],
)
def test_every_endpoint_of_a_pinned_kind_is_on_pinned_hosts(member, host):
    with pytest.raises(ProviderError, match="metadata_host_not_pinned"):
        judge(
            {member: f"https://{host}/x"},
            discovery_url=f"{ENTRA}/v2.0",
            kind="azure",
            base=GOOD_ENTRA,
        )


OKTA = ProviderProfile("okta", "Okta", ("*.okta.com",), always_calls_userinfo=True)


@pytest.mark.parametrize(
    ("host", "extra_hosts", "accepted"),
    [
        ("acme.okta.com", (), True),
        ("eu.acme.okta.com", (), True),
        ("okta.com", (), False),
        ("evilokta.com", (), False),
        ("acme.okta.com.evil.example", (), False),
        ("login.acme.com", (), False),
        ("login.acme.com", ("login.acme.com",), True),
        ("evil.login.acme.com", ("login.acme.com",), False),
    ],
)
def test_a_wildcard_ends_on_a_dot_and_custom_domains_are_the_deployments(
    host, extra_hosts, accepted
):
    def locate():
        return provider_metadata.locate(f"https://{host}", profile=OKTA, extra_hosts=extra_hosts)

    if accepted:
        assert locate() == f"https://{host}/.well-known/openid-configuration"
        return
    with pytest.raises(ProviderError, match="metadata_host_not_pinned"):
        locate()


@pytest.mark.parametrize(
    "discovery_url",
    [
        pytest.param("http://idp.example.com", id="G01-http"),
        pytest.param("https://127.0.0.1", id="G02-address"),
        pytest.param(f"{ISSUER}?x=1", id="G13-query"),
        pytest.param(f"{ISSUER}?/.well-known/openid-configuration", id="G13-query-hides-path"),
        pytest.param(f"{ISSUER}#x", id="G13-fragment"),
    ],
)
def test_a_discovery_url_is_checked_before_it_is_called(discovery_url):
    with pytest.raises(ProviderError, match="provider_url_refused"):
        provider_metadata.locate(discovery_url, profile=PROFILES["oidc"])


def test_the_local_stack_runs_its_provider_on_loopback():
    local = "http://localhost:9080/tenant/v2.0"
    members = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    changes = {"issuer": local, "end_session_endpoint": ...}
    changes |= {member: f"{local}/{member}" for member in members}
    metadata = judge(
        changes,
        discovery_url=local,
        kind="azure",
        extra_hosts=("localhost",),
        loopback_allowed=True,
    )
    assert metadata.issuer == local
