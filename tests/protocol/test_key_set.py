"""Key sets: what is usable, what is skipped, what spoils the whole (A76-A81, G20)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.errors import ProviderError
from authsso.protocol import key_set
from harness.tokens import b64, ec_jwk, ec_key, rsa_jwk, rsa_key

RSA = rsa_jwk(rsa_key(), kid="rsa")
EC = ec_jwk(ec_key(), kid="ec")


def judge(*entries):
    return key_set.judge({"keys": list(entries)}, fetched_at=7)


def without(jwk, *members):
    return {name: value for name, value in jwk.items() if name not in members}


def test_the_conformance_suites_key_set_is_read():
    # A01: 2 RSA, 2 EC, secp256k1, OKP, RSA-enc, EC-enc
    keys = judge(
        RSA,
        rsa_jwk(rsa_key("other"), kid="rsa2", alg="RS256"),
        EC,
        ec_jwk(ec_key(name="other"), kid="ec2"),
        ec_jwk(ec_key("secp256k1"), "secp256k1", kid="k1"),
        {"kty": "OKP", "crv": "Ed25519", "x": b64(b"x" * 32), "kid": "okp", "use": "sig"},
        rsa_jwk(rsa_key("third"), kid="rsa-enc") | {"use": "enc"},
        ec_jwk(ec_key(name="third"), kid="ec-enc") | {"use": "enc"},
    )
    assert [key["kid"] for key in keys.keys] == ["rsa", "rsa2", "ec", "ec2"]
    assert keys.fetched_at == 7


def test_only_public_members_are_kept():
    [kept] = judge(RSA | {"x5c": ["MII..."], "issuer": "https://idp.example", "n2": "x"}).keys
    assert set(kept) == {"kty", "kid", "n", "e"}


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(RSA | {"use": "enc"}, id="A77-use-enc"),
        pytest.param(RSA | {"use": None}, id="A77-use-null"),
        pytest.param(RSA | {"key_ops": ["encrypt"]}, id="A77-key_ops-encrypt"),
        pytest.param(RSA | {"key_ops": "verify"}, id="A77-key_ops-string"),
        pytest.param(RSA | {"alg": "PS256"}, id="A77-alg-of-others"),
        pytest.param(RSA | {"alg": "ES256"}, id="A77-alg-of-other-type"),
        pytest.param(EC | {"alg": "ES384"}, id="A77-alg-of-other-curve"),
        pytest.param({"kty": "oct", "k": b64(b"secret"), "kid": "oct"}, id="A80-symmetric"),
        pytest.param(RSA | {"d": "AQAB"}, id="A80-private-rsa"),
        pytest.param(RSA | {"p": "AQAB"}, id="A80-private-rsa-prime"),
        pytest.param(EC | {"d": "AQAB"}, id="A80-private-ec"),
        pytest.param(rsa_jwk(rsa_key("short", 1024), kid="short"), id="A80-rsa-1024"),
        pytest.param(RSA | {"n": b64(b"\xff" * 2048)}, id="G20-rsa-16384"),
        pytest.param(RSA | {"e": b64(b"\x01" * 64)}, id="G20-huge-exponent"),
        pytest.param(RSA | {"e": "AQ"}, id="G20-exponent-1"),
        pytest.param(RSA | {"e": "AA"}, id="G20-exponent-0"),
        pytest.param(RSA | {"e": "BA"}, id="G20-exponent-even"),
        pytest.param(RSA | {"n": "***"}, id="A81-modulus-not-base64url"),
        pytest.param(RSA | {"n": 7}, id="A81-modulus-number"),
        pytest.param(RSA | {"n": "é"}, id="A81-modulus-not-ascii"),
        pytest.param(without(RSA, "n"), id="A81-no-modulus"),
        pytest.param(RSA | {"kid": 7}, id="A81-kid-number"),
        pytest.param(without(RSA, "kty"), id="A81-no-kty"),
        pytest.param(RSA | {"kty": ["RSA"]}, id="A81-kty-list"),
        pytest.param(EC | {"x": "AQAB"}, id="A81-short-coordinate"),
        pytest.param(EC | {"crv": ["P-256"]}, id="A81-curve-list"),
        pytest.param(EC | {"crv": "P-192"}, id="A01-unknown-curve"),
    ],
)
def test_an_unusable_key_is_skipped(entry):
    good = rsa_jwk(rsa_key("other"), kid="good")
    assert [key["kid"] for key in judge(entry, good).keys] == ["good"]
    with pytest.raises(ProviderError, match="key_set_unusable"):
        judge(entry)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        pytest.param({}, "key_set_malformed", id="A81-empty"),
        pytest.param({"error": "not_found"}, "key_set_malformed", id="A76-error-document"),
        pytest.param({"keys": None}, "key_set_malformed", id="A81-null"),
        pytest.param({"keys": "x"}, "key_set_malformed", id="A81-string"),
        pytest.param({"keys": {"a": RSA}}, "key_set_malformed", id="A81-object"),
        pytest.param({"keys": [1, None]}, "key_set_malformed", id="A81-entries"),
        pytest.param({"keys": [RSA, None]}, "key_set_malformed", id="A81-one-entry"),
        pytest.param({"keys": [RSA] * 10_000}, "key_set_malformed", id="G20-10000-keys"),
        pytest.param(
            {"keys": [RSA, rsa_jwk(rsa_key("other"), kid="rsa")]},
            "key_set_malformed",
            id="A81-duplicate-kid",
        ),
        pytest.param({"keys": []}, "key_set_unusable", id="A81-no-keys"),
    ],
)
def test_a_malformed_set_is_refused_whole(document, code):
    with pytest.raises(ProviderError) as caught:
        key_set.judge(document, fetched_at=7)
    assert caught.value.code == code


def test_one_key_listed_twice_is_one_key():
    assert len(judge(RSA, RSA).keys) == 1


def test_one_kid_may_name_an_rsa_and_an_ec_key():
    assert len(judge(RSA | {"kid": "k"}, EC | {"kid": "k"}).keys) == 2


@pytest.mark.parametrize(
    ("jwk", "algorithms"),
    [
        (RSA, ("RS256", "RS384", "RS512")),
        (RSA | {"alg": "RS512"}, ("RS512",)),
        (EC, ("ES256",)),
        (ec_jwk(ec_key("P-521"), "P-521"), ("ES512",)),
    ],
)
def test_a_key_fits_its_own_algorithms_only(jwk, algorithms):
    assert key_set.algorithms(jwk) == algorithms


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
_entry = st.dictionaries(
    st.sampled_from(["kty", "n", "e", "crv", "x", "y", "use", "kid", "alg", "key_ops"]),
    _json | st.sampled_from(["RSA", "EC", "P-256", "sig", "AQAB"]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_entry | _json, max_size=4))
def test_no_document_breaks_the_judge(entries):
    with pytest.raises(ProviderError):
        key_set.judge({"keys": entries}, fetched_at=7)
