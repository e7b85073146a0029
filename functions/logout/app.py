"""GET /logout, GET /oauth2/logout/done: end the sessions; back to the application, or in again.

We keep no session of our own: who has signed in through us has Cognito's tokens, which the
application drops or revokes. The session at the Cognito domain is ended, and the provider's where
its connection says so; where it goes on, the next sign-in asks the person all the same.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

import authsso.adapters.aws  # noqa: F401 - into SnapStart's snapshot, not after each restore
from authsso.errors import DisplayedError
from authsso.protocol import logout_request
from authsso.web import answers, session_cookies
from authsso.web.browser_app import browser_app
from authsso.web.entrypoint import lambda_handler
from authsso.web.parameters import query
from logout.departure import provider_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authsso.model import Application
    from authsso.services import Services


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of these routes."""
    config = services.config
    app = browser_app(config)

    def named(client_id: str) -> "Application":
        return logout_request.known(services.applications.find(config.user_pool_id, client_id))

    def cognito_url(asked: "Mapping[str, str]") -> str:
        return f"{config.cognito_domain_url}/logout?{urlencode(asked)}"

    @app.get("/logout")
    def logout() -> Response[str]:
        event = app.current_event.raw_event
        parameters = query(event)
        application = named(parameters.get("client_id", ""))
        if logout_request.is_sign_in_again(parameters):
            asked = logout_request.sign_in_again(parameters, application)
            return answers.redirect(f"{config.base_url}/oauth2/authorize?{urlencode(asked)}")

        asked = logout_request.sign_out(parameters, application)
        state = services.new_token()
        at_provider = provider_url(services, event, state)
        # Only the browser can end its sessions elsewhere, so it goes by that way.
        if at_provider is None:
            return answers.redirect(cognito_url(asked), [session_cookies.signed_out()])
        way_back = session_cookies.WayBack(application.client_id, asked["logout_uri"])
        return answers.redirect(
            at_provider,
            [session_cookies.signed_out(), session_cookies.signing_out(way_back, state)],
        )

    @app.get(logout_request.RETURN_PATH)
    def done() -> Response[str]:
        event = app.current_event.raw_event
        way_back = session_cookies.way_back(event, query(event).get("state", ""))
        if way_back is None:
            raise DisplayedError("sign_out_unknown", "no way back for this state")
        asked = logout_request.sign_out(
            {"logout_uri": way_back.logout_uri}, named(way_back.client_id)
        )
        return answers.redirect(cognito_url(asked), [session_cookies.arrived()])

    return app


handler = lambda_handler(create_app)
