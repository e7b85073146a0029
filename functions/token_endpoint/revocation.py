"""POST /oauth2/revoke: end a refresh token and what came from it (RFC 7009), as Cognito does."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from authsso.errors import TokenError
from authsso.model import Application

if TYPE_CHECKING:
    from authsso.services import Services

_LONGEST = 8192


def revoke(services: "Services", application: Application, parameters: Mapping[str, str]) -> None:
    """Revoke a refresh token of an application that has proven itself.

    What could never be a token, or was revoked before, is no error (RFC 7009, 2.2);
    `token_type_hint` changes nothing, since only refresh tokens can be revoked.

    Raises:
        TokenError: `invalid_request`, `unsupported_token_type` or `unauthorized_client`.
        UnavailableError: Cognito failed; the token may still be good.
    """

    def refuse(code: str, error: str, description: str) -> NoReturn:
        raise TokenError(code, application.client_id, error=error, description=description)

    token = parameters.get("token", "")
    if not token:
        refuse("token_missing", "invalid_request", "token is missing")
    if len(token) > _LONGEST:
        return
    match services.tokens.revoke(application, token):
        case "not_a_refresh_token":
            refuse(
                "not_a_refresh_token",
                "unsupported_token_type",
                "only refresh tokens can be revoked; their access tokens end with them",
            )
        case "switched_off":
            refuse(
                "revocation_off",
                "invalid_request",
                "switch on token revocation for this app client in Cognito",
            )
        case "refused":
            refuse(
                "revocation_refused",
                "unauthorized_client",
                "the token was not issued to this application; nothing was revoked",
            )
