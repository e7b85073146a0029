"""Judge a provider's JSON Web Key Set: which keys may verify a signature (RFC 7517)."""

import base64
import binascii
from collections.abc import Mapping

from authsso.errors import ProviderError
from authsso.model import KeySet

MAX_KEYS = 100
MIN_RSA_BITS = 2048
MAX_RSA_BITS = 8192  # 16384 bits cost 20 times as much a signature, and nobody signs with them
MAX_RSA_EXPONENT_BITS = 33
COORDINATE_BYTES = {"P-256": 32, "P-384": 48, "P-521": 66}
CURVE_ALGORITHMS = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}
RSA_ALGORITHMS = ("RS256", "RS384", "RS512")

_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_PUBLIC_MEMBERS = {"RSA": ("n", "e"), "EC": ("crv", "x", "y")}

type _Jwk = Mapping[str, object]


def judge(document: Mapping[str, object], *, fetched_at: int) -> KeySet:
    """Keep the keys that can verify signatures; skip what we do not understand (RFC 7517, 5).

    Args:
        document: As fetched from `jwks_uri`.
        fetched_at: When.

    Returns:
        Public members only, each key once.

    Raises:
        ProviderError: `key_set_malformed`: no key set, over 100 keys, or two keys under one kid.
            `key_set_unusable`: not one key is left.
    """
    entries = document.get("keys")
    if not isinstance(entries, list) or len(entries) > MAX_KEYS:
        raise ProviderError("key_set_malformed", f"keys: no list of at most {MAX_KEYS}")
    if not all(isinstance(entry, dict) for entry in entries):
        raise ProviderError("key_set_malformed", "an entry is no object")
    keys: list[_Jwk] = []
    for entry in entries:
        if _is_usable(entry) and (key := _public(entry)) not in keys:
            keys.append(key)
    if not keys:
        raise ProviderError("key_set_unusable", f"{len(entries)} entries")
    _check_kids(keys)
    return KeySet(keys=tuple(keys), fetched_at=fetched_at)


def algorithms(key: Mapping[str, object]) -> tuple[str, ...]:
    """The signature algorithms that a usable key fits (RFC 7518, 3.1)."""
    fitting = RSA_ALGORITHMS if key["kty"] == "RSA" else (CURVE_ALGORITHMS[str(key["crv"])],)
    return tuple(name for name in fitting if key.get("alg", name) == name)


def _is_usable(jwk: _Jwk) -> bool:
    return (
        not _PRIVATE_MEMBERS & jwk.keys()  # a published private key is nobody's key (RFC 7517, 9.3)
        and isinstance(jwk.get("kid", ""), str)
        and _is_for_verifying(jwk)
        and (_is_rsa(jwk) or _is_elliptic(jwk))
        and bool(algorithms(jwk))
    )


def _is_for_verifying(jwk: _Jwk) -> bool:
    """Heed `use` and `key_ops` (RFC 7517, 4.2 and 4.3); python-jose does not."""
    operations = jwk.get("key_ops", ["verify"])
    return (
        jwk.get("use", "sig") == "sig" and isinstance(operations, list) and "verify" in operations
    )


def _is_rsa(jwk: _Jwk) -> bool:
    if jwk.get("kty") != "RSA":
        return False
    modulus, exponent = _number(jwk.get("n")), _number(jwk.get("e"))
    return (
        MIN_RSA_BITS <= modulus.bit_length() <= MAX_RSA_BITS
        and exponent.bit_length() <= MAX_RSA_EXPONENT_BITS
        and exponent > 1
        and exponent % 2 == 1
    )


def _is_elliptic(jwk: _Jwk) -> bool:
    curve = jwk.get("crv")
    if jwk.get("kty") != "EC" or not isinstance(curve, str) or curve not in COORDINATE_BYTES:
        return False
    # Full length is required (RFC 7518, 6.2.1.2); that the point is on the curve is checked
    # when the key is constructed.
    return all(len(_octets(jwk.get(name))) == COORDINATE_BYTES[curve] for name in ("x", "y"))


def _number(value: object) -> int:
    return int.from_bytes(_octets(value), "big")


def _octets(value: object) -> bytes:
    if not isinstance(value, str):
        return b""
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _public(jwk: _Jwk) -> _Jwk:
    kept = ("kty", "kid", "alg", *_PUBLIC_MEMBERS[str(jwk["kty"])])
    return {name: jwk[name] for name in kept if name in jwk}


def _check_kids(keys: list[_Jwk]) -> None:
    """Two keys may share a kid only when their types tell them apart (RFC 7517, 4.5)."""
    named = [(key["kid"], key["kty"]) for key in keys if "kid" in key]
    if len(set(named)) != len(named):
        raise ProviderError("key_set_malformed", "two keys under one kid")
