"""GET /oauth2/authorize, /oauth2/test: send a person to the OpenID Provider."""

from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

import authsso.adapters.aws  # noqa: F401 - into SnapStart's snapshot, not after each restore
from authorize import trial
from authorize.departure import depart
from authorize.handover import FORGET, PASSWORDS, cognito_url, provider_at_cognito
from authorize.realm import find_connections
from authorize.remembered import offer
from authorize.sign_in_page import choose_page, email_page
from authsso.errors import RedirectedError
from authsso.protocol import authorization_request
from authsso.web import answers, organisation_cookie
from authsso.web.browser_app import browser_app, paper_of, telling
from authsso.web.entrypoint import lambda_handler
from authsso.web.parameters import query

if TYPE_CHECKING:
    from authsso.services import Services


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of this route."""
    config = services.config
    app = browser_app(config)

    @app.get("/oauth2/authorize")
    def authorize() -> Response[str]:
        event = app.current_event.raw_event
        parameters = query(event)
        application = services.applications.find(
            config.user_pool_id, parameters.get("client_id", "")
        )

        request = authorization_request.parse(parameters, application)
        with telling(request):
            realm = find_connections(services, request, application)
            if name := realm.pool_provider:
                return answers.redirect(cognito_url(config, parameters, name))
            if len(realm.connections) == 1:
                (connection,) = realm.connections
                if connection.is_at_cognito:
                    name = provider_at_cognito(request, application, connection)
                    return answers.redirect(cognito_url(config, parameters, name))
                return depart(services, event, request, connection)

        if request.prompt == "none":
            raise RedirectedError(
                "interaction_needed",
                error="login_required",
                description="nobody is signed in, and no hint leads to an organisation",
                redirect_uri=request.redirect_uri,
                state=request.state,
            )
        paper = paper_of(app, config)
        if realm.connections:
            return choose_page(config, paper, parameters, realm.connections)
        if realm.goes_to_password:
            return answers.redirect(cognito_url(config, parameters, PASSWORDS))
        is_forgotten = FORGET in parameters
        return email_page(
            config,
            paper,
            parameters,
            mistyped=realm.mistyped,
            offer=None if is_forgotten else offer(services, event),
            cookies=[organisation_cookie.forgotten()] if is_forgotten else [],
        )

    @app.get("/oauth2/test")
    def test() -> Response[str]:
        event = app.current_event.raw_event
        return trial.begin(services, event, query(event))

    return app


handler = lambda_handler(create_app)
