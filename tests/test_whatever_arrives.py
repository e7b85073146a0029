"""Nothing but one kind of refusal ever leaves a parser of outside input (A81, A82, G18, H05)."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.fakes import NOW
from harness.parsers import PARSERS, refuses
from harness.providers import ISSUER
from harness.tokens import rsa_jwk, rsa_key

# One thing that each parser takes: its members are what the others are made of.
GOOD: dict[str, dict[str, object]] = {
    "id_token_payload": {
        "iss": ISSUER,
        "aud": "client",
        "sub": "subject",
        "exp": NOW + 60,
        "iat": NOW,
        "nonce": "n" * 43,
    },
    "metadata": {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/keys",
        "userinfo_endpoint": f"{ISSUER}/userinfo",
        "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
    },
    "metadata_pinned": {
        "issuer": "https://acme.okta.com",
        "authorization_endpoint": "https://acme.okta.com/authorize",
        "token_endpoint": "https://acme.okta.com/token",
        "jwks_uri": "https://acme.okta.com/keys",
        "response_types_supported": ["code"],
    },
    "key_set": {"keys": [rsa_jwk(rsa_key(), kid="rsa")]},
    "token_answer": {"access_token": "a", "id_token": "b", "token_type": "Bearer"},
    "userinfo": {"sub": "subject", "email": "ann@acme.example"},
    "entra_groups": {"value": ["11111111-2222-3333-4444-555555555555"]},
    "entra_overage": {"_claim_names": {"groups": "src1"}, "hasgroups": True},
    "settings_json": {"client_id": "x", "discovery_url": ISSUER, "scopes": ["openid"]},
    "settings_body": {"client_id": "x", "discovery_url": ISSUER, "enabled": True, "domain": "a.b"},
    "access_token_claims": {"auth_time": NOW, "cognito:groups": ["tenant-admins"], "username": "a"},
    "cognito_attributes": {"idTokenPayload": {}, "userInfo": {}, "tokenResponse": {}},
    "id_token_header": {"alg": "RS256", "kid": "rsa", "typ": "JWT"},
    "token_refusal": {"error": "invalid_grant", "error_description": "AADSTS7000215: x"},
}
# Under a signature that holds for the header the claims are empty; a refusal is never taken.
REFUSALS = {"id_token_header", "token_refusal", "cognito_attributes"}
TEXTUAL = sorted(PARSERS.keys() - GOOD.keys())

_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from([ISSUER, "client", "RS256", "code", "S256", "openid", NOW]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
_fragments = st.sampled_from(
    ["=", "&", ";", ".", "%", "%00", "%c0%af", "+", '"', "e30", "eyJ", "__Host-sign-in-" + "a" * 16]
)
_text = st.lists(_fragments | st.text(max_size=6), max_size=10).map("".join)


@pytest.mark.parametrize("name", sorted(GOOD.keys() - REFUSALS))
def test_the_good_one_is_taken(name):
    assert not refuses(name, json.dumps(GOOD[name]).encode())


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=15, deadline=None)
@given(data=st.binary(max_size=80))
def test_bytes_are_read_or_refused(name, data):
    refuses(name, data)


@pytest.mark.parametrize("name", TEXTUAL)
@settings(max_examples=30, deadline=None)
@given(text=_text)
def test_text_is_read_or_refused(name, text):
    refuses(name, text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_one_member_changed_and_it_is_read_or_refused(name, data):
    good = GOOD[name]
    member = data.draw(st.sampled_from([*good, "crit", "enc", "secret_id", ""]))
    document = good | {member: data.draw(_json)}
    refuses(name, json.dumps(document).encode())
