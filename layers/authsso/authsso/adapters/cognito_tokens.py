"""Cognito: tokens for a proven user, new ones for a refresh token, and the end of all of them."""

import hmac
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling, error_code
from authsso.model import Application
from authsso.protocol.custom_challenge import CHALLENGE, Ticket

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_REFUSALS = (
    "NotAuthorizedException",
    "UserNotFoundException",
    "UserNotConfirmedException",
    "UserLambdaValidationException",
    "InvalidParameterException",
    "PasswordResetRequiredException",
    "RefreshTokenReuseException",
)

type Revocation = Literal["done", "not_a_token", "not_a_refresh_token", "switched_off", "refused"]
_REVOCATIONS: dict[str, Revocation] = {
    "InvalidParameterException": "not_a_token",
    "UnsupportedTokenTypeException": "not_a_refresh_token",
    "UnsupportedOperationException": "switched_off",
    "UnauthorizedException": "refused",
    "NotAuthorizedException": "refused",
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """What Cognito issued; never stored, never logged.

    Args:
        id_token: For the application.
        access_token: For the application's APIs.
        refresh_token: None when Cognito kept the old one valid.
        expires_in: Seconds.
    """

    id_token: str = field(repr=False)
    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in: int


class CognitoTokens:
    """Mints tokens by custom authentication (design.md 6.8).

    Args:
        client: Cognito client.
        user_pool_id: The pool.
    """

    def __init__(self, client: "CognitoIdentityProviderClient", user_pool_id: str) -> None:
        self._client = client
        self._pool = user_pool_id

    def mint(self, application: Application, username: str, ticket: Ticket) -> Tokens | None:
        """Get tokens for a user whose provider has just proven who it is.

        Args:
            application: Its own client id goes into the tokens.
            username: The Cognito user.
            ticket: Live, and bound to both.

        Returns:
            The tokens; None when Cognito or one of its triggers refuses.

        Raises:
            UnavailableError: Cognito failed or throttled us.
        """
        proof = _secret_hash(application, username)
        try:
            with calling("initiate custom authentication", *_REFUSALS):
                begun = self._client.admin_initiate_auth(
                    UserPoolId=self._pool,
                    ClientId=application.client_id,
                    AuthFlow="CUSTOM_AUTH",
                    AuthParameters={"USERNAME": username, **proof},
                    # Arrives as validationData at PreAuthentication (design.md 6b).
                    ClientMetadata={"ticket": str(ticket)},
                )
            with calling("answer the challenge", *_REFUSALS):
                answer = self._client.admin_respond_to_auth_challenge(
                    UserPoolId=self._pool,
                    ClientId=application.client_id,
                    ChallengeName=CHALLENGE,
                    Session=begun["Session"],
                    ChallengeResponses={"USERNAME": username, "ANSWER": str(ticket), **proof},
                    # Arrives at PreTokenGeneration, which holds it against the spent ticket.
                    ClientMetadata={"ticket": str(ticket)},
                )
        except ClientError:
            return None
        return _tokens(answer)

    def refresh(self, application: Application, refresh_token: str) -> Tokens | None:
        """Get new tokens for a refresh token; None when Cognito refuses it."""
        try:
            with calling("refresh", *_REFUSALS):
                answer = self._client.get_tokens_from_refresh_token(
                    ClientId=application.client_id,
                    RefreshToken=refresh_token,
                    **_secret(application),  # type: ignore[arg-type]
                )
        except ClientError:
            return None
        return _tokens(answer)

    def revoke(self, application: Application, refresh_token: str) -> Revocation:
        """End a refresh token, and the access tokens that came from it.

        Returns:
            `done`, also for a token that was revoked before; `not_a_token`: nothing could be one;
            `not_a_refresh_token`; `switched_off` for this app client; `refused`: it is another
            application's, or the application's secret has just changed.

        Raises:
            UnavailableError: Cognito failed or throttled us; nothing is assumed done.
        """
        try:
            with calling("revoke", *_REVOCATIONS):
                self._client.revoke_token(
                    ClientId=application.client_id,
                    Token=refresh_token,
                    **_secret(application),
                )
        except ClientError as error:
            return _REVOCATIONS[error_code(error)]
        return "done"

    def sign_out_everywhere(self, username: str) -> None:
        """End every session of a user.

        One of our codes was used twice (RFC 9700, 4.13), or enforcement has begun.
        """
        with calling("global sign-out"):
            self._client.admin_user_global_sign_out(UserPoolId=self._pool, Username=username)


def _tokens(answer: Any) -> Tokens | None:  # noqa: ANN401 - botocore's answer of two operations
    result = answer.get("AuthenticationResult")
    if not result or "IdToken" not in result or "AccessToken" not in result:
        return None
    return Tokens(
        id_token=result["IdToken"],
        access_token=result["AccessToken"],
        refresh_token=result.get("RefreshToken"),
        expires_in=int(result.get("ExpiresIn", 3600)),
    )


def _secret(application: Application) -> dict[str, str]:
    return {"ClientSecret": application.client_secret} if application.client_secret else {}


def _secret_hash(application: Application, username: str) -> dict[str, str]:
    """Cognito's proof of holding the app client's secret (SECRET_HASH)."""
    if application.client_secret is None:
        return {}
    message = f"{username}{application.client_id}".encode()
    digest = hmac.digest(application.client_secret.encode(), message, "sha256")
    return {"SECRET_HASH": b64encode(digest).decode()}
