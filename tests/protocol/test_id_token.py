"""One good ID token, and one thing at a time changed (A02-A94)."""

import base64
import json
import time

import pytest
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from authsso.errors import ProviderError
from authsso.model import KeySet, ProviderMetadata
from authsso.protocol import id_token
from authsso.protocol.signature import UnknownKeyError
from harness.tokens import (
    b64,
    compact,
    ec_jwk,
    ec_key,
    json_b64,
    rsa_jwk,
    rsa_key,
    sign,
)

NOW = 1_800_000_000
ISSUER = "https://login.microsoftonline.com/6babcaad-604b-40ac-a9d7-9fd97c0b779f/v2.0"
CLIENT_ID = "2d4d11a2-f814-46a7-890a-274a72a7309e"
NONCE = "n-0S6_WzA2Mj"
METADATA = ProviderMetadata(
    issuer=ISSUER,
    authorization_endpoint=f"{ISSUER}/authorize",
    token_endpoint=f"{ISSUER}/token",
    jwks_uri=f"{ISSUER}/keys",
    userinfo_endpoint=None,
    end_session_endpoint=None,
    id_token_algorithms=("RS256", "ES256", "ES384"),
    client_authentication=("client_secret_post",),
    response_modes=("query",),
    sends_iss_parameter=False,
)
KEYS = KeySet(
    keys=(
        rsa_jwk(rsa_key(), kid="rsa"),
        ec_jwk(ec_key(), kid="ec"),
        ec_jwk(ec_key("P-384"), "P-384", kid="ec384"),
    ),
    fetched_at=NOW,
)
CLAIMS = {
    "iss": ISSUER,
    "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
    "aud": CLIENT_ID,
    "exp": NOW + 3600,
    "iat": NOW - 300,
    "nbf": NOW - 300,
    "nonce": NONCE,
    "tid": "6babcaad-604b-40ac-a9d7-9fd97c0b779f",
}
HEADER = {"kid": "rsa"}


def validate(token, keys=KEYS, metadata=METADATA):
    return id_token.validate(
        token, keys=keys, metadata=metadata, client_id=CLIENT_ID, nonce=NONCE, now=NOW
    )


def code_of(token, **options):
    with pytest.raises(ProviderError) as caught:
        validate(token, **options)
    return caught.value.code


def claims(changes):
    return {k: v for k, v in (CLAIMS | changes).items() if v is not ...}


def signed(changes=None, header=None, **options):
    return sign(claims(changes or {}), rsa_key(), header=HEADER | (header or {}), **options)


def test_the_good_token_is_accepted():
    assert validate(signed()) == CLAIMS


@pytest.mark.parametrize(
    ("algorithm", "kid", "curve"), [("ES256", "ec", "P-256"), ("ES384", "ec384", "P-384")]
)
def test_the_good_token_is_accepted_on_elliptic_curves(algorithm, kid, curve):
    token = sign(CLAIMS, ec_key(curve), algorithm=algorithm, header={"kid": kid})
    assert validate(token) == CLAIMS


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"aud": [CLIENT_ID]}, id="A63-audience-as-list"),
        pytest.param({"azp": CLIENT_ID}, id="A87-azp-is-us"),
        pytest.param({"nbf": ...}, id="nbf-absent"),
        pytest.param({"nbf": NOW + 60}, id="J21-nbf-a-minute-ahead"),
        pytest.param({"exp": NOW - 59}, id="J21-exp-within-skew"),
        pytest.param({"exp": NOW + 3600.5}, id="exp-with-fraction"),
        pytest.param({"iat": NOW + 45}, id="J21-clock-45-seconds-ahead"),
        pytest.param({"iat": NOW - 600}, id="A83-iat-ten-minutes-old"),
        pytest.param({"iat": NOW + 60}, id="A83-iat-a-minute-ahead"),
        pytest.param({"at_hash": "x"}, id="A23-at_hash-is-not-judged"),
    ],
)
def test_what_a_provider_may_vary_is_accepted(changes):
    assert validate(signed(changes))["sub"] == CLAIMS["sub"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"iss": ISSUER + "1"}, "id_token_issuer", id="A02-issuer-appended"),
        pytest.param({"iss": ISSUER[:-1]}, "id_token_issuer", id="A02-issuer-cut"),
        pytest.param({"iss": ...}, "id_token_issuer", id="A66-issuer-missing"),
        pytest.param({"iss": [ISSUER]}, "id_token_issuer", id="A66-issuer-list"),
        pytest.param({"iss": ISSUER + "/"}, "id_token_issuer", id="A90-slash-added"),
        pytest.param(
            {"iss": ISSUER.replace("login", "LOGIN")}, "id_token_issuer", id="A90-upper-case"
        ),
        pytest.param({"iss": ISSUER.replace(".com", ".com:443")}, "id_token_issuer", id="A90-port"),
        pytest.param({"iss": ISSUER.replace("v2", "%762")}, "id_token_issuer", id="A90-escaped"),
        pytest.param({"sub": ...}, "id_token_subject", id="A03-subject-missing"),
        pytest.param({"sub": ""}, "id_token_subject", id="D11-subject-empty"),
        pytest.param({"sub": 7}, "id_token_subject", id="A03-subject-number"),
        pytest.param({"sub": "a" * 256}, "id_token_subject", id="A03-subject-256"),
        pytest.param({"sub": "a\nb"}, "id_token_subject", id="I04-subject-newline"),
        pytest.param({"aud": ...}, "id_token_audience", id="A05-K67-audience-missing"),
        pytest.param(
            {"aud": [CLIENT_ID, CLIENT_ID + "1"]}, "id_token_audience", id="A62-second-audience"
        ),
        pytest.param({"aud": [CLIENT_ID] * 2}, "id_token_audience", id="A62-twice"),
        pytest.param({"aud": "app-x"}, "id_token_audience", id="A94-other-client"),
        pytest.param({"aud": {"c": CLIENT_ID}}, "id_token_audience", id="A88-object"),
        pytest.param({"aud": 7}, "id_token_audience", id="A88-number"),
        pytest.param({"aud": []}, "id_token_audience", id="A88-empty-list"),
        pytest.param({"aud": [None]}, "id_token_audience", id="A88-null"),
        pytest.param({"aud": [[CLIENT_ID]]}, "id_token_audience", id="A88-nested"),
        pytest.param({"aud": CLIENT_ID.upper()}, "id_token_audience", id="A88-other-case"),
        pytest.param({"azp": "app-x"}, "id_token_audience", id="A87-azp-other"),
        pytest.param({"azp": None}, "id_token_audience", id="A87-azp-null"),
        pytest.param({"nonce": ...}, "id_token_nonce", id="A66-nonce-missing"),
        pytest.param({"nonce": NONCE + "x"}, "id_token_nonce", id="B24-nonce-other"),
        pytest.param({"nonce": ""}, "id_token_nonce", id="B24-nonce-empty"),
        pytest.param({"nonce": [NONCE]}, "id_token_nonce", id="A66-nonce-list"),
        pytest.param({"nonce": "é"}, "id_token_nonce", id="A66-nonce-not-ascii"),
        pytest.param({"exp": ...}, "id_token_expired", id="A65-exp-missing"),
        pytest.param({"exp": NOW - 60}, "id_token_expired", id="A82-exp-is-now-with-skew"),
        pytest.param({"exp": NOW - 600}, "id_token_expired", id="J21-ten-minutes"),
        pytest.param({"exp": str(NOW + 3600)}, "id_token_expired", id="A82-exp-string"),
        pytest.param({"exp": True}, "id_token_expired", id="A82-exp-true"),
        pytest.param({"exp": None}, "id_token_expired", id="A82-exp-null"),
        pytest.param({"exp": [NOW + 3600]}, "id_token_expired", id="A82-exp-list"),
        pytest.param({"exp": -1}, "id_token_expired", id="A82-exp-negative"),
        pytest.param({"exp": 1e300}, "id_token_expired", id="A82-K59-exp-1e300"),
        pytest.param({"iat": ...}, "id_token_issued_at", id="A06-iat-missing"),
        pytest.param({"iat": NOW + 3600}, "id_token_issued_at", id="A83-iat-hour-ahead"),
        pytest.param({"iat": NOW + 61}, "id_token_issued_at", id="A83-iat-61-ahead"),
        pytest.param({"iat": NOW - 7200}, "id_token_issued_at", id="A83-iat-two-hours-old"),
        pytest.param({"iat": NOW - 601}, "id_token_issued_at", id="A83-iat-601-old"),
        pytest.param({"iat": True}, "id_token_issued_at", id="A83-iat-true"),
        pytest.param({"nbf": NOW + 61}, "id_token_not_yet_valid", id="A83-nbf-ahead"),
        pytest.param({"nbf": None}, "id_token_not_yet_valid", id="A83-nbf-null"),
    ],
)
def test_one_claim_changed_and_the_token_is_refused(changes, code):
    assert code_of(signed(changes)) == code


@pytest.mark.parametrize(
    ("header", "code"),
    [
        pytest.param({"crit": ["x"]}, "id_token_malformed", id="A71-crit"),
        pytest.param({"crit": ["b64"], "b64": False}, "id_token_malformed", id="A71-b64"),
        pytest.param({"crit": []}, "id_token_malformed", id="A71-crit-empty"),
        pytest.param({"zip": "DEF"}, "id_token_malformed", id="A86-zip"),
        pytest.param({"enc": "A128GCM"}, "id_token_malformed", id="A86-enc"),
        pytest.param({"typ": "at+jwt"}, "id_token_malformed", id="typ-access-token"),
        pytest.param({"typ": "logout+jwt"}, "id_token_malformed", id="typ-logout-token"),
        pytest.param({"typ": None}, "id_token_malformed", id="typ-null"),
        pytest.param({"alg": None}, "id_token_malformed", id="A67-alg-null"),
        pytest.param({"alg": ["RS256"]}, "id_token_malformed", id="A67-alg-list"),
        pytest.param({"alg": "none"}, "id_token_algorithm", id="A10-alg-none"),
        pytest.param({"alg": "nOnE"}, "id_token_algorithm", id="A10-alg-none-mixed-case"),
        pytest.param({"alg": ""}, "id_token_algorithm", id="A67-alg-empty"),
        pytest.param({"alg": "RS512"}, "id_token_algorithm", id="A51-alg-not-the-connections"),
        pytest.param({"alg": "ES256"}, "id_token_algorithm", id="alg-does-not-fit-the-key"),
        pytest.param({"kid": 7}, "id_token_malformed", id="kid-number"),
        pytest.param({"kid": "k" * 513}, "id_token_malformed", id="kid-too-long"),
        pytest.param({"kid": "gone"}, "id_token_unknown_key", id="A32-kid-unknown"),
        pytest.param({"kid": "ec"}, "id_token_algorithm", id="kid-of-another-type"),
    ],
)
def test_one_header_member_changed_and_the_token_is_refused(header, code):
    assert code_of(signed(header=header)) == code


@pytest.mark.parametrize("typ", [..., "JWT", "jwt"])
def test_typ_may_be_absent_or_in_any_case(typ):
    assert validate(signed(header={"typ": typ})) == CLAIMS


def test_the_attackers_key_in_the_header_is_not_used__A73_G25_K20_K78_K80():
    attacker = rsa_key("attacker")
    header = HEADER | {
        "jwk": rsa_jwk(attacker),
        "jku": "https://evil.example/keys",
        "x5u": "https://evil.example/cert",
        "x5c": ["MII"],
    }
    assert code_of(sign(CLAIMS, attacker, header=header)) == "id_token_signature"


def test_an_unknown_key_tells_its_name_so_that_keys_are_fetched_once_more():
    with pytest.raises(UnknownKeyError) as caught:
        validate(signed(header={"kid": "rotated"}))
    assert caught.value.kid == "rotated"


def test_no_kid_is_fine_with_one_candidate_and_refused_with_more__A08():
    unnamed = sign(CLAIMS, rsa_key())
    assert validate(unnamed) == CLAIMS
    more = KeySet((*KEYS.keys, rsa_jwk(rsa_key("other"), kid="rsa2")), NOW)
    assert code_of(unnamed, keys=more) == "id_token_ambiguous_key"  # A08
    none = KeySet(KEYS.keys[1:], NOW)
    assert code_of(unnamed, keys=none) == "id_token_unknown_key"


def test_a_key_for_another_algorithm_does_not_verify():
    keys = KeySet((rsa_jwk(rsa_key(), kid="rsa", alg="RS512"),), NOW)  # A77
    assert code_of(signed(), keys=keys) == "id_token_algorithm"


GOOD = signed()
HEAD, BODY, SIGNATURE = GOOD.split(".")


def _tampered(token):
    head, body, signature = token.split(".")
    flipped = bytearray(base64.urlsafe_b64decode(signature + "=="))
    flipped[10] ^= 1
    return f"{head}.{body}.{b64(bytes(flipped))}"


def _es256(signature_of):
    signing_input = ".".join(
        (json_b64({"typ": "JWT", "alg": "ES256", "kid": "ec"}), json_b64(CLAIMS))
    )
    return f"{signing_input}.{b64(signature_of(signing_input.encode()))}"


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(_tampered(signed()), id="A13-rs256-altered"),
        pytest.param(
            _tampered(sign(CLAIMS, ec_key(), algorithm="ES256", header={"kid": "ec"})),
            id="A12-es256-altered",
        ),
        pytest.param(
            _es256(lambda data: ec_key().sign(data, ec.ECDSA(hashes.SHA256()))), id="A12-es256-der"
        ),
        pytest.param(_es256(lambda _: bytes(64)), id="A12-es256-zero"),
        pytest.param(_es256(lambda _: b""), id="A12-es256-empty"),
        pytest.param(compact({"alg": "RS256", "kid": "rsa"}, CLAIMS), id="A10-no-signature"),
        pytest.param(sign(CLAIMS, rsa_key("other"), header=HEADER), id="A77-other-key"),
        pytest.param(
            f"{HEAD}.{json_b64(CLAIMS | {'sub': 'x'})}.{SIGNATURE}",
            id="payload-exchanged",
        ),
    ],
)
def test_a_signature_that_does_not_hold_is_refused(token):
    assert code_of(token) == "id_token_signature"


def _hs256(secret):
    mac = hmac.HMAC(secret, hashes.SHA256())
    signing_input = f"{json_b64({'typ': 'JWT', 'alg': 'HS256', 'kid': 'rsa'})}.{json_b64(CLAIMS)}"
    mac.update(signing_input.encode())
    return f"{signing_input}.{b64(mac.finalize())}"


_PUBLIC = rsa_key().public_key()
_INFO = serialization.PublicFormat.SubjectPublicKeyInfo


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(b"client-secret", id="A13-client-secret"),
        pytest.param(b"not_found", id="A76-error-document"),
        pytest.param(_PUBLIC.public_bytes(serialization.Encoding.PEM, _INFO), id="A75-pem"),
        pytest.param(_PUBLIC.public_bytes(serialization.Encoding.DER, _INFO), id="A75-der"),
        pytest.param(rsa_jwk(rsa_key())["n"].encode(), id="A75-modulus"),
    ],
)
def test_symmetric_signatures_are_never_accepted__K64_K81(secret):
    assert code_of(_hs256(secret)) == "id_token_algorithm"


_DUPLICATE = b64(json.dumps(CLAIMS).encode()[:-1] + b', "sub": "admin"}')


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="empty"),
        pytest.param("...", id="dots"),
        pytest.param(f"{HEAD}.{BODY}", id="two-segments"),
        pytest.param(f"{GOOD}.{BODY}", id="four-segments"),
        pytest.param(f"{HEAD}.a.b.c.{SIGNATURE}", id="A86-K60-jwe"),
        pytest.param(f"{HEAD}=.{BODY}.{SIGNATURE}", id="padding"),
        pytest.param(f"{HEAD}.{BODY}.{SIGNATURE} ", id="trailing-space"),
        pytest.param(f"{HEAD}.{BODY}.{SIGNATURE}\n", id="trailing-newline"),
        pytest.param(f"{HEAD}.{BODY}!.{SIGNATURE}", id="not-base64url"),
        pytest.param(f"{HEAD}.{BODY}.+/{SIGNATURE[2:]}", id="base64-not-url"),
        pytest.param(f"{HEAD}.{BODY}.{SIGNATURE[:-1]}é", id="not-ascii"),
        pytest.param(f"{HEAD}.{_DUPLICATE}.{SIGNATURE}", id="G18-duplicate-claim"),
        pytest.param(f"{HEAD}.{json_b64([1])}.{SIGNATURE}", id="payload-array"),
        pytest.param(f"{json_b64('x')}.{BODY}.{SIGNATURE}", id="header-string"),
        pytest.param(f"{HEAD}.{b64(b'{"exp": 1e999}')}.{SIGNATURE}", id="A82-1e999"),
        pytest.param(f"{HEAD}.{b64(b'{"exp": Infinity}')}.{SIGNATURE}", id="A82-infinity"),
        pytest.param(
            f"{HEAD}.{b64(b'{"exp": ' + b'9' * 5000 + b'}')}.{SIGNATURE}", id="A82-5000-digits"
        ),
        pytest.param(f"{HEAD}.{b64(b'[' * 9000)}.{SIGNATURE}", id="G18-deep"),
        pytest.param("a" * 40_000, id="D13-too-long"),
    ],
)
def test_what_is_no_plain_compact_jws_is_refused(token):
    assert code_of(token) == "id_token_malformed"


def test_base64url_has_one_spelling():
    # The last character of a segment may carry bits that decode to nothing.
    signature = SIGNATURE[:-1] + chr(ord(SIGNATURE[-1]) + 1)
    same_octets = base64.urlsafe_b64decode(signature + "==") == base64.urlsafe_b64decode(
        SIGNATURE + "=="
    )
    assert same_octets
    assert code_of(f"{HEAD}.{BODY}.{signature}") == "id_token_malformed"


def test_a_point_off_the_curve_is_refused():
    off = ec_jwk(ec_key(), kid="ec") | {"y": b64(b"\x01" * 32)}
    token = sign(CLAIMS, ec_key(), algorithm="ES256", header={"kid": "ec"})
    assert code_of(token, keys=KeySet((off,), NOW)) == "id_token_signature"


def test_no_message_carries_the_token():
    for token in (signed({"nonce": "other"}), _tampered(GOOD), f"{GOOD}.x"):
        with pytest.raises(ProviderError) as caught:
            validate(token)
        assert SIGNATURE[:20] not in str(caught.value)


def test_the_largest_key_we_allow_verifies_quickly():
    key = rsa_key("large", 4096)
    keys = KeySet((rsa_jwk(key, kid="rsa"),), NOW)
    token = sign(CLAIMS, key, header=HEADER)
    validate(token, keys=keys)
    began = time.perf_counter()
    validate(token, keys=keys)
    assert time.perf_counter() - began < 0.05  # G20
