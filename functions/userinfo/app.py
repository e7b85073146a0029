"""GET, POST /oauth2/userInfo: who an access token is about (OpenID Connect Core 1.0, 5.3).

Answered here and not by the Cognito domain, which is not bound to take tokens of Cognito's API.
"""

from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from authsso.protocol import access_token, user_claims
from authsso.protocol.signature import UnknownKeyError
from authsso.web import answers
from authsso.web.entrypoint import lambda_handler
from authsso.web.parameters import header
from authsso.web.token_app import bearer_challenge, token_app

if TYPE_CHECKING:
    from authsso.protocol.access_token import AccessToken
    from authsso.services import Services


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of these routes."""
    app = token_app(bearer_challenge)

    @app.get("/oauth2/userInfo")
    @app.post("/oauth2/userInfo")
    def user_info() -> Response[str]:
        authorization = header(app.current_event.raw_event, "authorization")
        token = _checked(services, access_token.presented(authorization))
        application = services.applications.find(services.config.user_pool_id, token.client_id)
        attributes = services.users.attributes(token.username)

        if application is None or attributes is None or attributes.get("sub") != token.subject:
            raise access_token.refused("application or user")
        claims = user_claims.claims(
            attributes,
            username=token.username,
            scopes=token.scopes,
            readable=frozenset(application.read_attributes),
        )

        return answers.json_answer(200, claims)

    return app


def _checked(services: "Services", token: str) -> "AccessToken":
    """Check a token, and once more with fresh keys when Cognito may have changed them."""
    issuer, now = services.config.pool_issuer, services.now()
    try:
        return access_token.check(token, keys=services.pool_keys.keys(), issuer=issuer, now=now)
    except UnknownKeyError:
        fresh = services.pool_keys.refetched()
    try:
        return access_token.check(token, keys=fresh, issuer=issuer, now=now)
    except UnknownKeyError as error:
        raise access_token.refused(error.code) from error


handler = lambda_handler(create_app)
