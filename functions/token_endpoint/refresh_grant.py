"""grant_type=refresh_token: Cognito's own refresh, for the application's own client id."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from authsso.errors import TokenError
from authsso.model import Application

if TYPE_CHECKING:
    from authsso.adapters.cognito_tokens import Tokens
    from authsso.services import Services

_LONGEST = 8192


def refresh(
    services: "Services", application: Application, parameters: Mapping[str, str]
) -> "Tokens":
    """Return new tokens for a refresh token (RFC 6749, 6).

    Raises:
        TokenError: `invalid_grant`: Cognito refuses it, or it is missing.
        UnavailableError: Cognito failed.
    """
    refresh_token = parameters.get("refresh_token", "")
    tokens = (
        services.tokens.refresh(application, refresh_token)
        if 0 < len(refresh_token) <= _LONGEST
        else None
    )
    if tokens is None:
        raise TokenError(
            "refresh_refused",
            application.client_id,
            error="invalid_grant",
            description="the refresh token is missing, expired or revoked",
        )
    return tokens
