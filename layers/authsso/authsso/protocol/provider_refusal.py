"""What a provider's error answer says, reduced to what may be kept (RFC 6749, 5.2)."""

import re

from authsso.errors import ProviderError
from authsso.protocol import bounded_json

MAX_BYTES = 65_536
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500

_KNOWN_ERRORS = frozenset(
    {
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
    }
)
_ERROR = re.compile(r"[A-Za-z0-9_.-]{1,64}")
# The text around Entra's and AD FS's numbers names users and tenants; the number names the mistake.
_NUMBER = re.compile(r"(?:AADSTS|MSIS)\d{4,8}(?!\d)")
# AADSTS70000 stands for any wrong parameter; a word of the protocol tells which.
_VERIFIER = "code_verifier"


def read(status: int, body: bytes) -> ProviderError:
    """Name a refusal; the provider's texts stay out of it.

    Args:
        status: HTTP status of the answer.
        body: Its body, JSON or not.

    Returns:
        An error to raise: `provider_invalid_client`, `provider_invalid_grant` and so on for the
        codes of RFC 6749, `provider_unavailable` for 429 and 5xx, else `provider_refused`.
        `error` is the provider's own code; `detail` the status and Entra's AADSTS or AD FS's MSIS
        number.
    """
    try:
        members = bounded_json.parse_object(body, limit=MAX_BYTES)
    except bounded_json.MalformedJsonError:
        members = {}
    error = members.get("error")
    if not isinstance(error, str) or not _ERROR.fullmatch(error):
        error = None
    detail = f"HTTP {status}{number_in(members.get('error_description'))}"
    return ProviderError(_code(status, error), detail, error=error, status=status)


def _code(status: int, error: str | None) -> str:
    if error in _KNOWN_ERRORS:
        return f"provider_{error}"
    if status == TOO_MANY_REQUESTS or status >= SERVER_ERROR:
        return "provider_unavailable"
    return "provider_refused"


def number_in(description: object) -> str:
    """Return Entra's or AD FS's number as the end of a detail; empty when there is none."""
    numbers = _NUMBER.findall(description) if isinstance(description, str) else []
    if not numbers:
        return ""
    # When there are several, the last is the precise one.
    parameter = f", {_VERIFIER}" if _VERIFIER in str(description) else ""
    return f", {numbers[-1]}{parameter}"
