"""Take a compact JWS apart, before anybody has verified it (RFC 7515, 3.1 and 7.1)."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from authsso.protocol import bounded_json

MAX_CHARACTERS = 32_768
_SEGMENTS = 3
_MAX_KID_CHARACTERS = 512
# `crit` must be understood or refused (RFC 7515, 4.1.11), and we understand no extension;
# python-jose ignores them all. `zip` and `enc` belong to encryption.
_REFUSED_MEMBERS = ("crit", "b64", "zip", "enc")


class MalformedJwsError(ValueError):
    """Not a compact JWS of the plain kind that we read."""


@dataclass(frozen=True, slots=True)
class CompactJws:
    """A token taken apart. Nothing in here is to be believed yet.

    Args:
        algorithm: What the header claims.
        kid: Which key the header claims; None when it names none. `jwk`, `jku`, `x5u` and `x5c`
            are not even read: keys come from the pinned `jwks_uri` alone.
        payload: The claims.
    """

    algorithm: str
    kid: str | None
    payload: Mapping[str, object]


def parse(token: str) -> CompactJws:
    """Read a token strictly, so that python-jose reads the very same thing afterwards.

    Raises:
        MalformedJwsError: Size, segments (a JWE has five), base64url that is not canonical, JSON
            that is not strict, a header that asks for extensions or for another type.
    """
    if len(token) > MAX_CHARACTERS:
        raise MalformedJwsError("too long")
    segments = token.split(".")
    if len(segments) != _SEGMENTS:
        raise MalformedJwsError("not three segments")
    header, payload, _signature = (_octets(segment) for segment in segments)
    try:
        members = bounded_json.parse_object(header, limit=MAX_CHARACTERS)
        claims = bounded_json.parse_object(payload, limit=MAX_CHARACTERS)
    except bounded_json.MalformedJsonError as error:
        raise MalformedJwsError(str(error)) from error
    return _judge_header(members, claims)


def _judge_header(members: dict[str, object], claims: dict[str, object]) -> CompactJws:
    if any(name in members for name in _REFUSED_MEMBERS):
        raise MalformedJwsError("a header member that must not be ignored")
    kind = members.get("typ", "JWT")
    if not isinstance(kind, str) or kind.upper() != "JWT":
        raise MalformedJwsError("typ is not JWT")
    algorithm, kid = members.get("alg"), members.get("kid")
    if not isinstance(algorithm, str):
        raise MalformedJwsError("alg is no string")
    if kid is not None and not (isinstance(kid, str) and len(kid) <= _MAX_KID_CHARACTERS):
        raise MalformedJwsError("kid is no string")
    return CompactJws(algorithm, kid, claims)


def _octets(segment: str) -> bytes:
    """Decode base64url that has exactly one spelling (RFC 4648, 3.5): no padding, no slack bits."""
    try:
        octets = base64.b64decode(
            segment + "=" * (-len(segment) % 4), altchars=b"-_", validate=True
        )
    except (binascii.Error, ValueError):
        raise MalformedJwsError("not base64url") from None
    if base64.urlsafe_b64encode(octets).rstrip(b"=").decode() != segment:
        raise MalformedJwsError("base64url is not canonical")
    return octets
