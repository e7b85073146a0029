"""Judge an ID token: signature first, then every claim by ourselves (OpenID Connect Core, 3.1.3.7).

Not checked here: `at_hash` (optional in the code flow, where the access token comes over the same
TLS connection), `acr` and `auth_time` (no connection asks for them), Entra's `tid` (protocol/
identity.py).
"""

import hmac
from collections.abc import Mapping

from authsso.errors import ProviderError
from authsso.model import Claims, KeySet, ProviderMetadata
from authsso.protocol import signature

# Two well-kept clocks differ by seconds; FAPI 2.0 allows a minute at most.
SKEW_SECONDS = 60
# A token of the code flow was made for the request that brought it. Entra dates `iat` five
# minutes back, which ten minutes leave room for.
MAX_AGE_SECONDS = 600
MAX_SUBJECT_CHARACTERS = 255
_END_OF_TIME = 253_402_300_799  # the year 9999: `1e300` is nobody's clock


def validate(  # noqa: PLR0913 - every expectation is spelled out
    token: str,
    *,
    keys: KeySet,
    metadata: ProviderMetadata,
    client_id: str,
    nonce: str,
    now: int,
) -> Claims:
    """Accept an ID token that answers this very sign-in, or say what is wrong with it.

    Args:
        token: From the token endpoint.
        keys: The provider's.
        metadata: Gives the pinned issuer and the allowed algorithms.
        client_id: Ours at the provider.
        nonce: That we sent with the browser.
        now: Seconds since the epoch.

    Returns:
        The claims, all of them vouched for by the issuer.

    Raises:
        signature.UnknownKeyError: Refetch the keys once and call again.
        ProviderError: `id_token_malformed`, `id_token_algorithm`, `id_token_ambiguous_key`,
            `id_token_signature`, `id_token_issuer`, `id_token_audience`, `id_token_nonce`,
            `id_token_expired`, `id_token_issued_at`, `id_token_not_yet_valid`,
            `id_token_subject`.
    """
    claims = signature.verify(token, keys=keys, algorithms=metadata.id_token_algorithms)
    _check_issuer(claims, metadata.issuer)
    _check_audience(claims, client_id)
    _check_times(claims, now)
    _check_nonce(claims, nonce)
    _check_subject(claims)
    return claims


def _check_issuer(claims: Claims, issuer: str) -> None:
    if claims.get("iss") != issuer:
        raise ProviderError("id_token_issuer", f"{claims.get('iss')!r:.200}")


def _check_audience(claims: Claims, client_id: str) -> None:
    """Demand us as the only audience: stricter than 3.1.3.7, which lets others be trusted."""
    if claims.get("aud") not in (client_id, [client_id]):
        raise ProviderError("id_token_audience", "aud is not this client alone")
    if claims.get("azp", client_id) != client_id:
        raise ProviderError("id_token_audience", "azp is another client")


def _check_times(claims: Claims, now: int) -> None:
    expires_at = _numeric_date(claims, "exp")
    # `exp` itself is already too late (RFC 7519, 4.1.4); the skew is added to it.
    if expires_at is None or expires_at + SKEW_SECONDS <= now:
        raise ProviderError("id_token_expired", "exp is past, absent or no number")
    issued_at = _numeric_date(claims, "iat")
    if issued_at is None or not now - MAX_AGE_SECONDS <= issued_at <= now + SKEW_SECONDS:
        raise ProviderError("id_token_issued_at", "iat is not about now")
    if "nbf" in claims:
        not_before = _numeric_date(claims, "nbf")
        if not_before is None or not_before > now + SKEW_SECONDS:
            raise ProviderError("id_token_not_yet_valid", "nbf is ahead")


def _check_nonce(claims: Claims, nonce: str) -> None:
    claimed = claims.get("nonce")
    if not isinstance(claimed, str) or not hmac.compare_digest(claimed.encode(), nonce.encode()):
        raise ProviderError("id_token_nonce", "not the nonce of this sign-in")


def _check_subject(claims: Claims) -> None:
    subject = claims.get("sub")
    if (
        not isinstance(subject, str)
        or not 0 < len(subject) <= MAX_SUBJECT_CHARACTERS
        or not subject.isprintable()
    ):
        raise ProviderError("id_token_subject", "sub is absent or no usable string")


def _numeric_date(claims: Mapping[str, object], name: str) -> int | float | None:
    """Read a NumericDate (RFC 7519, 2) of this era; in Python `True` is a number, too."""
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _END_OF_TIME else None
