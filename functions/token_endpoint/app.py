"""POST /oauth2/token and /oauth2/revoke: Cognito's tokens for our code, and the end of them."""

from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from authsso.errors import TokenError
from authsso.protocol import authorization_code, client_credentials
from authsso.web import answers
from authsso.web.entrypoint import lambda_handler
from authsso.web.parameters import form, header
from authsso.web.token_app import token_app
from token_endpoint.code_grant import redeem
from token_endpoint.refresh_grant import refresh
from token_endpoint.refusals import counted
from token_endpoint.revocation import revoke

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authsso.adapters.cognito_tokens import Tokens
    from authsso.model import Application
    from authsso.services import Services


def is_for_cognito(parameters: "Mapping[str, str]") -> bool:
    """Tell whether a code comes from Cognito's own pages: people with a password use them."""
    code = parameters.get("code", "")
    is_code_grant = parameters.get("grant_type") == "authorization_code"
    return is_code_grant and bool(code) and not authorization_code.is_ours(code)


_GRANTS = {"authorization_code": redeem, "refresh_token": refresh}


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of these routes."""
    app = token_app()

    def proven(parameters: "Mapping[str, str]") -> "Application":
        authorization = header(app.current_event.raw_event, "authorization")
        presented = client_credentials.presented(parameters, authorization)
        return client_credentials.check(
            presented, services.applications.find(services.config.user_pool_id, presented.client_id)
        )

    @app.post("/oauth2/token")
    def token() -> Response[str]:
        event = app.current_event.raw_event
        with counted(services, event):
            return answered(event)

    def answered(event: "Mapping[str, Any]") -> Response[str]:
        parameters = form(event)
        if is_for_cognito(parameters):
            passed = services.cognito_domain.token(parameters, header(event, "authorization"))
            return answers.json_answer(passed.status, passed.body)
        grant = _GRANTS.get(parameters.get("grant_type", ""))
        if grant is None:
            raise TokenError(
                "grant_type",
                error="unsupported_grant_type",
                description="grant_type must be authorization_code or refresh_token",
            )
        application = proven(parameters)

        tokens = grant(services, application, parameters)

        return answers.json_answer(200, _answer(tokens))

    @app.post("/oauth2/revoke")
    def revocation() -> Response[str]:
        event = app.current_event.raw_event
        with counted(services, event):
            parameters = form(event)
            application = proven(parameters)

            revoke(services, application, parameters)

        return answers.nothing()

    return app


def _answer(tokens: "Tokens") -> dict[str, object]:
    answer: dict[str, object] = {
        "id_token": tokens.id_token,
        "access_token": tokens.access_token,
        "expires_in": tokens.expires_in,
        "token_type": "Bearer",
    }
    return answer | ({"refresh_token": tokens.refresh_token} if tokens.refresh_token else {})


handler = lambda_handler(create_app)
