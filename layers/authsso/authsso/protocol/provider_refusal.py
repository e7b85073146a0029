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
# The text around Entra's number names users and tenants; the number names the mistake.
_ENTRA_NUMBER = re.compile(r"AADSTS(\d{4,8})(?!\d)")


def read(status: int, body: bytes) -> ProviderError:
    """Name a refusal; the provider's texts stay out of it.

    Args:
        status: HTTP status of the answer.
        body: Its body, JSON or not.

    Returns:
        An error to raise: `provider_invalid_client`, `provider_invalid_grant` and so on for the
        codes of RFC 6749, `provider_unavailable` for 429 and 5xx, else `provider_refused`.
        `error` is the provider's own code; `detail` the status and Entra's AADSTS number.
    """
    try:
        members = bounded_json.parse_object(body, limit=MAX_BYTES)
    except bounded_json.MalformedJsonError:
        members = {}
    error = members.get("error")
    if not isinstance(error, str) or not _ERROR.fullmatch(error):
        error = None
    detail = f"HTTP {status}{_entra_number(members.get('error_description'))}"
    return ProviderError(_code(status, error), detail, error=error)


def _code(status: int, error: str | None) -> str:
    if error in _KNOWN_ERRORS:
        return f"provider_{error}"
    if status == TOO_MANY_REQUESTS or status >= SERVER_ERROR:
        return "provider_unavailable"
    return "provider_refused"


def _entra_number(description: object) -> str:
    numbers = _ENTRA_NUMBER.findall(description) if isinstance(description, str) else []
    # When there are several, the last is the precise one.
    return f", AADSTS{numbers[-1]}" if numbers else ""
