"""GET /logout: end the session at the Cognito domain; back to the application, or in again.

We keep no session of our own: who has signed in through us has Cognito's tokens, which the
application drops or revokes. The provider's session is the organisation's and stays.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from authsso.protocol import logout_request
from authsso.web import answers
from authsso.web.browser_app import browser_app
from authsso.web.entrypoint import lambda_handler
from authsso.web.parameters import query

if TYPE_CHECKING:
    from authsso.services import Services


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of this route."""
    config = services.config
    app = browser_app(config)

    @app.get("/logout")
    def logout() -> Response[str]:
        parameters = query(app.current_event.raw_event)
        application = logout_request.known(
            services.applications.find(config.user_pool_id, parameters.get("client_id", ""))
        )
        if logout_request.is_sign_in_again(parameters):
            asked = logout_request.sign_in_again(parameters, application)
            return answers.redirect(f"{config.base_url}/oauth2/authorize?{urlencode(asked)}")
        asked = logout_request.sign_out(parameters, application)
        # Only the browser can end its session there, so it goes by that way.
        return answers.redirect(f"{config.cognito_domain_url}/logout?{urlencode(asked)}")

    return app


handler = lambda_handler(create_app)
