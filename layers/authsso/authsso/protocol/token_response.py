"""Judge what the provider's token endpoint answers (RFC 6749, 5; OpenID Connect Core, 3.1.3.3)."""

import re
from dataclasses import dataclass, field

from authsso.errors import ProviderError
from authsso.protocol import bounded_json, media_type, provider_refusal

MAX_BYTES = 65_536
_OK = 200
_VISIBLE = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class TokenResponse:
    """The two tokens that we use. A refresh token that comes along is dropped here."""

    id_token: str = field(repr=False)
    access_token: str = field(repr=False)


def judge(status: int, content_type: str, body: bytes) -> TokenResponse:
    """Accept a successful answer that carries an ID token.

    Args:
        status: HTTP status.
        content_type: The header, parameters included.
        body: Bounded by the caller.

    Raises:
        ProviderError: As `provider_refusal.read` for an error answer;
            `token_response_malformed`; `token_response_token_type`: not Bearer (RFC 6749, 7.1);
            `token_response_without_id_token`: identity never comes from UserInfo alone.
    """
    if status != _OK:
        raise provider_refusal.read(status, body)
    if not media_type.is_json(content_type):
        raise ProviderError("token_response_malformed", "not application/json")
    try:
        members = bounded_json.parse_object(body, limit=MAX_BYTES)
    except bounded_json.MalformedJsonError as error:
        raise ProviderError("token_response_malformed", str(error)) from error
    if "error" in members:
        raise provider_refusal.read(status, body)
    return _tokens(members)


def _tokens(members: dict[str, object]) -> TokenResponse:
    token_type = members.get("token_type")
    if not isinstance(token_type, str) or token_type.lower() != "bearer":
        raise ProviderError("token_response_token_type", f"{token_type!r:.50}")
    access_token, id_token = members.get("access_token"), members.get("id_token")
    if not isinstance(access_token, str) or not _VISIBLE.fullmatch(access_token):
        raise ProviderError("token_response_malformed", "no usable access_token")
    if not isinstance(id_token, str) or not id_token:
        raise ProviderError("token_response_without_id_token", "scope openid was asked for")
    return TokenResponse(id_token=id_token, access_token=access_token)
