"""Our authorization code: mint it, and judge who redeems it (RFC 6749, 4.1.2 and 4.1.3).

Once redeemed, the same record carries the one-time ticket with which Cognito's custom
authentication is answered (design.md 6.8).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from authsso.errors import TokenError
from authsso.model import AuthorizationCode, SignIn
from authsso.protocol.sign_in import hashed, s256

LIFETIME_SECONDS = 60
TICKET_LIFETIME_SECONDS = 60
# The record outlives the code, so that a second use is still recognised as one (RFC 9700, 4.13).
REMEMBERED_SECONDS = 3600
_OURS = re.compile(r"sso_[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def spelled(token: str) -> str:
    """Return a fresh code made of 256 random bits; the prefix tells it from Cognito's own."""
    return f"sso_{token}"


def is_ours(code: str) -> bool:
    """Tell whether a code was minted here, by its form alone."""
    return code.startswith("sso_")


def mint(started: SignIn, username: str, *, code: str, now: int) -> AuthorizationCode:
    """Mint the code that ends a sign-in.

    Args:
        started: The sign-in; the code is good only for its application and redirect URI.
        username: The Cognito user whom the provider's answer proved.
        code: From `spelled`.
        now: Seconds since the epoch.
    """
    return AuthorizationCode(
        code_hash=hashed(code),
        client_id=started.request.client_id,
        redirect_uri=started.request.redirect_uri,
        code_challenge=started.request.code_challenge,
        username=username,
        tenant_id=started.tenant_id,
        connection_id=started.connection_id,
        version=started.version,
        reference=started.reference,
        expires_at=now + LIFETIME_SECONDS,
    )


@dataclass(frozen=True, slots=True)
class Redemption:
    """What a caller of the token endpoint must match, all of it, in one conditional write."""

    code_hash: str
    client_id: str
    redirect_uri: str
    code_challenge: str


def redemption(parameters: Mapping[str, str], client_id: str) -> Redemption:
    """Read a token request.

    Args:
        parameters: The form, each name once.
        client_id: The application, already authenticated.

    Raises:
        TokenError: The code cannot be ours, or the PKCE verifier is missing or malformed.
    """
    code = parameters.get("code", "")
    if not _OURS.fullmatch(code):
        raise refused("code_unknown")
    verifier = parameters.get("code_verifier", "")
    return Redemption(
        code_hash=hashed(code),
        client_id=client_id,
        redirect_uri=parameters.get("redirect_uri", ""),
        # A malformed verifier must burn the code as a wrong one does: no challenge equals "".
        code_challenge=s256(verifier) if _VERIFIER.fullmatch(verifier) else "",
    )


def why_refused(code: AuthorizationCode | None, wanted: Redemption, now: int) -> str:
    """Name the reason for the log; the caller is told `invalid_grant` whatever it is.

    Args:
        code: The record as it stood when the conditional write failed, None when there was none.
        wanted: What was asked.
        now: Seconds since the epoch.
    """
    if code is None:
        return "code_unknown"
    if code.redeemed_at is not None:
        return "code_used_again"
    if code.expires_at <= now:
        return "code_expired"
    if code.client_id != wanted.client_id:
        return "code_of_other_application"
    if code.redirect_uri != wanted.redirect_uri:
        return "redirect_uri_differs"
    return "code_verifier_wrong"


def refused(code: str, detail: str = "") -> TokenError:
    """Return the one answer to every code that is not good (RFC 6749, 5.2)."""
    return TokenError(
        code,
        detail,
        error="invalid_grant",
        description="the authorization code is unknown, expired, used, or not yours",
    )
