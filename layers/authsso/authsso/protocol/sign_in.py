"""One attempt to sign in: begin it, and recognise the provider's answer to it.

The browser holds one secret, in its cookie. The nonce and the PKCE verifier are derived from it,
and the table keeps only hashes, so neither the table nor an address bar is enough to finish a
sign-in that somebody else began (RFC 9700, 4.7; RFC 7636).
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from authsso.errors import DisplayedError, RedirectedError
from authsso.model import (
    AuthorizationRequest,
    Connection,
    ConnectionVersion,
    ProviderMetadata,
    SignIn,
)

LIFETIME_SECONDS = 600
_SKEW_SECONDS = 60
_LONGEST_CODE = 8192
# What a provider may say that the application understands better than `access_denied`.
_PASSED_ON = {
    "login_required",
    "interaction_required",
    "consent_required",
    "account_selection_required",
}


def begin(  # noqa: PLR0913 - every chance value and the clock are arguments
    request: AuthorizationRequest,
    connection: Connection,
    version: ConnectionVersion,
    *,
    state: str,
    binding: str,
    reference: str,
    now: int,
    started_by: str | None = None,
) -> SignIn:
    """Begin a sign-in.

    Args:
        request: What the application asked.
        connection: Where the person is sent.
        version: Its version that is live now; the sign-in ends on it.
        state: 256 random bits; travels through the provider.
        binding: 256 random bits; stays in the browser's cookie.
        reference: Short, for people.
        now: Seconds since the epoch.
        started_by: Administrator who tries this version; None for a real sign-in.
    """
    return SignIn(
        state_hash=hashed(state),
        binding_hash=hashed(binding),
        reference=reference,
        request=request,
        tenant_id=connection.tenant_id,
        provider=connection.provider,
        connection_id=connection.connection_id,
        version=version.number,
        response_mode=version.response_mode,
        started_at=now,
        expires_at=now + LIFETIME_SECONDS,
        started_by=started_by,
    )


def hashed(value: str) -> str:
    """Return the SHA-256 of a random value, in hex: what tables may keep of it."""
    return sha256(value.encode()).hexdigest()


def nonce(binding: str) -> str:
    """Return the nonce that belongs to a browser's cookie (OpenID Connect Core, 15.5.2)."""
    return _derived(binding, b"nonce")


def code_verifier(binding: str) -> str:
    """Return the PKCE verifier that belongs to a browser's cookie (RFC 7636, 4.1)."""
    return _derived(binding, b"code_verifier")


def _derived(binding: str, purpose: bytes) -> str:
    return _base64url(hmac.digest(binding.encode(), purpose, "sha256"))


def s256(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636, 4.2)."""
    return _base64url(sha256(verifier.encode()).digest())


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def callback_url(base_url: str, connection_id: str, *, own: bool) -> str:
    """Return the redirect URI of a connection (design.md 6.3).

    Args:
        base_url: Our public origin.
        connection_id: The connection.
        own: Whether its kind keeps a callback to itself.
    """
    shared = f"{base_url}/oauth2/idpresponse"
    return f"{shared}/{connection_id}" if own else shared


def provider_url(
    started: SignIn, version: ConnectionVersion, *, state: str, binding: str, redirect_uri: str
) -> str:
    """Return the address at the provider to which the browser is sent.

    Nothing that the application sent goes through but `login_hint` and `prompt`, and neither can
    replace what is ours.
    """
    query = {
        "client_id": version.client_id,
        "response_type": "code",
        "scope": " ".join(version.scopes),
        "redirect_uri": redirect_uri,
        "state": state,
        "nonce": nonce(binding),
        "code_challenge": s256(code_verifier(binding)),
        "code_challenge_method": "S256",
    }
    if started.response_mode != "query":
        query["response_mode"] = started.response_mode
    if started.request.login_hint:
        query["login_hint"] = started.request.login_hint
    if started.request.prompt:
        query["prompt"] = started.request.prompt
    endpoint = version.metadata.authorization_endpoint
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """The provider's answer to this very sign-in; holds its code."""

    provider_code: str


def check_answer(  # noqa: PLR0913 - every expectation is spelled out
    parameters: Mapping[str, str],
    started: SignIn,
    metadata: ProviderMetadata,
    *,
    method: str,
    callback_of: str | None,
    own_callback: bool,
    now: int,
) -> ProviderAnswer:
    """Check what came to the callback against the sign-in it belongs to.

    The cookie and the state have held already: the sign-in was taken by them.

    Args:
        parameters: Query (GET) or form (POST), each name once.
        started: The sign-in that was taken.
        metadata: Of the connection version it began with.
        method: HTTP method of the request.
        callback_of: Connection id in the path, None at the shared callback.
        own_callback: Whether this provider kind keeps a callback to itself (design.md 6.3).
        now: Seconds since the epoch.

    Raises:
        DisplayedError: A sign of mix-up or tampering: the application must not be told anything.
        RedirectedError: The provider reported an error.
    """
    if started.expires_at <= now or started.started_at > now + _SKEW_SECONDS:
        raise DisplayedError("sign_in_expired", started.reference)
    if callback_of != (started.connection_id if own_callback else None):
        raise DisplayedError("wrong_callback", started.reference)
    if method != ("POST" if started.response_mode == "form_post" else "GET"):
        raise DisplayedError("wrong_response_mode", started.reference)
    _check_issuer(parameters, started, metadata)
    if "error" in parameters:
        raise refused(started, "provider_refused", *_told(parameters["error"]))
    code = parameters.get("code", "")
    if not code or len(code) > _LONGEST_CODE:
        raise DisplayedError("code_missing", started.reference)
    return ProviderAnswer(provider_code=code)


def _check_issuer(
    parameters: Mapping[str, str], started: SignIn, metadata: ProviderMetadata
) -> None:
    """RFC 9207, 2.4: compared whenever it is there, demanded when it was promised."""
    issuer = parameters.get("iss")
    if issuer is None and metadata.sends_iss_parameter:
        raise DisplayedError("issuer_missing", started.reference)
    if issuer is not None and issuer != metadata.issuer:
        raise DisplayedError("issuer_mismatch", started.reference)


def _told(error: str) -> tuple[str, str]:
    if error in _PASSED_ON:
        return error, "the organisation's sign-in needs the person to act"
    return "access_denied", "the organisation's sign-in did not let the person in"


def refused(started: SignIn, code: str, error: str, description: str) -> RedirectedError:
    """Return the error that tells the application why this sign-in ended.

    Args:
        started: The sign-in; its redirect URI was proven when it began.
        code: Ours.
        error: RFC 6749 code for the application.
        description: Fixed text.
    """
    return RedirectedError(
        code,
        f"version {started.version}",
        error=error,
        description=description,
        redirect_uri=started.request.redirect_uri,
        state=started.request.state,
    )
