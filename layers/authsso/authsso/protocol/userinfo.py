"""Judge what UserInfo answers, and join it to the ID token (OpenID Connect Core, 5.3).

Signed answers (application/jwt) are refused, not read: no provider sends them unasked, and we
never ask.
"""

import re
from collections.abc import Iterable

from authsso.errors import ProviderError
from authsso.model import Claims
from authsso.protocol import bounded_json, media_type, provider_refusal

MAX_BYTES = 262_144
_OK = 200
_UNAUTHORIZED = (401, 403)
_CHALLENGE_ERROR = re.compile(r'\berror="([A-Za-z0-9_.-]{1,64})"')
_MAX_CHALLENGE_CHARACTERS = 2048

# Who, for whom, when and how somebody signed in is said by the signed token or by nobody.
PROTOCOL_CLAIMS = frozenset(
    {"iss", "sub", "aud", "azp", "exp", "iat", "nbf", "jti", "nonce", "sid"}
    | {"acr", "amr", "auth_time", "at_hash", "c_hash", "s_hash"}
    | {"tid", "oid", "hd", "idp", "xms_edov"}  # Entra's and Google's tenancy
)
# Aggregated and distributed claims (5.6.2): unsigned here, and their endpoints are a trap.
_CLAIM_SOURCES = frozenset({"_claim_names", "_claim_sources"})
_EMAIL_CLAIMS = frozenset({"email", "email_verified"})


def judge(
    status: int, content_type: str, body: bytes, *, subject: str, challenge: str = ""
) -> Claims:
    """Accept claims about the person whom the ID token names.

    Args:
        status: HTTP status.
        content_type: The header, parameters included.
        body: Bounded by the caller.
        subject: `sub` of the ID token, already validated.
        challenge: WWW-Authenticate of a refusal (RFC 6750, 3).

    Raises:
        ProviderError: `userinfo_refused` (401, 403), `userinfo_unavailable` (any other status),
            `userinfo_signed`, `userinfo_malformed`; `userinfo_subject`: somebody else's claims,
            and the whole sign-in must end (5.3.2).
    """
    if status in _UNAUTHORIZED:
        raise _refusal("userinfo_refused", status, challenge[:_MAX_CHALLENGE_CHARACTERS])
    if status != _OK:
        raise ProviderError("userinfo_unavailable", f"HTTP {status}", status=status)
    if media_type.of(content_type) == "application/jwt":
        raise ProviderError("userinfo_signed", "application/jwt is not supported")
    if not media_type.is_json(content_type):
        raise ProviderError("userinfo_malformed", "not application/json")
    try:
        claims = bounded_json.parse_object(body, limit=MAX_BYTES)
    except bounded_json.MalformedJsonError as error:
        raise ProviderError("userinfo_malformed", str(error)) from error
    if claims.get("sub") != subject:
        raise ProviderError("userinfo_subject", "sub is not the ID token's")
    return claims


def _refusal(code: str, status: int, challenge: str) -> ProviderError:
    """Keep the error and the number of what the challenge says; its text stays out."""
    error = _CHALLENGE_ERROR.search(challenge)
    return ProviderError(
        code,
        f"HTTP {status}{provider_refusal.number_in(challenge)}",
        error=error[1] if error else None,
        status=status,
    )


def merge(id_token_claims: Claims, userinfo_claims: Claims) -> Claims:
    """Join the two; the ID token's word stands where both speak.

    `email` and `email_verified` stay together: the one source's "verified" says nothing about
    the other's address.
    """
    unheard = PROTOCOL_CLAIMS | _CLAIM_SOURCES
    if "email" in id_token_claims:
        unheard |= _EMAIL_CLAIMS
    added = {name: value for name, value in userinfo_claims.items() if name not in unheard}
    told = {name: value for name, value in id_token_claims.items() if name not in _CLAIM_SOURCES}
    if "email" in added:
        told.pop("email_verified", None)
    return added | told


def missing_claims(claims: Claims, wanted: Iterable[str]) -> tuple[str, ...]:
    """Name the wanted claims that are absent or empty, in their order.

    Args:
        claims: From the ID token, or merged.
        wanted: The provider's claim names that the connection maps or needs.
    """
    return tuple(name for name in wanted if claims.get(name) in (None, "", [], {}))
