"""Keys and tokens of a pretended provider, made with cryptography alone.

What is under test verifies with python-jose; a mistake of the one must not hide in the other.
"""

import base64
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

_CURVES: dict[str, tuple[ec.EllipticCurve, int]] = {
    "P-256": (ec.SECP256R1(), 32),
    "P-384": (ec.SECP384R1(), 48),
    "P-521": (ec.SECP521R1(), 66),
    "secp256k1": (ec.SECP256K1(), 32),
}
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "256": hashes.SHA256(),
    "384": hashes.SHA384(),
    "512": hashes.SHA512(),
}


def b64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def json_b64(value: object) -> str:
    return b64(json.dumps(value).encode())


def compact(header: object, payload: object, signature: bytes = b"") -> str:
    return f"{json_b64(header)}.{json_b64(payload)}.{b64(signature)}"


def rsa_key(name: str = "rsa", bits: int = 2048) -> rsa.RSAPrivateKey:
    """One key a name for the whole run: they are slow to make."""
    return _rsa_key(name, bits)


def ec_key(curve: str = "P-256", name: str = "ec") -> ec.EllipticCurvePrivateKey:
    return _ec_key(curve, name)


@cache
def _rsa_key(_name: str, bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def _ec_key(curve: str, _name: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(_CURVES[curve][0])


def rsa_jwk(key: rsa.RSAPrivateKey, **members: object) -> dict[str, Any]:
    numbers = key.public_key().public_numbers()
    n = b64(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8))
    return {"kty": "RSA", "n": n, "e": "AQAB", "use": "sig", **members}


def ec_jwk(
    key: ec.EllipticCurvePrivateKey, curve: str = "P-256", **members: object
) -> dict[str, Any]:
    numbers, size = key.public_key().public_numbers(), _CURVES[curve][1]
    x, y = b64(numbers.x.to_bytes(size)), b64(numbers.y.to_bytes(size))
    return {"kty": "EC", "crv": curve, "x": x, "y": y, "use": "sig", **members}


def sign(
    payload: object,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    *,
    algorithm: str = "RS256",
    header: Mapping[str, object] | None = None,
) -> str:
    """Sign whatever it is, under whatever header it is; `...` leaves a member out."""
    full_header = {"typ": "JWT", "alg": algorithm} | dict(header or {})
    full_header = {name: value for name, value in full_header.items() if value is not ...}
    signing_input = f"{json_b64(full_header)}.{json_b64(payload)}"
    return f"{signing_input}.{b64(signature_of(signing_input.encode(), key, algorithm))}"


def signature_of(
    signing_input: bytes, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, algorithm: str
) -> bytes:
    digest = _HASHES[algorithm[2:]]
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(signing_input, padding.PKCS1v15(), digest)
    r, s = decode_dss_signature(key.sign(signing_input, ec.ECDSA(digest)))
    size = (key.key_size + 7) // 8
    return r.to_bytes(size) + s.to_bytes(size)
