"""/login, /login/initiate, /signup and the like: ways into a sign-in that begin elsewhere.

Nothing is decided here: /oauth2/authorize, the application, or Cognito's own page judges what it
is given. So this function may read nothing at all.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from authsso.errors import DisplayedError
from authsso.protocol import initiated_login
from authsso.web import answers
from authsso.web.browser_app import browser_app
from authsso.web.entrypoint import lambda_handler
from authsso.web.parameters import form, query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authsso.services import Services

# Pages of Cognito to which applications link; its others are reached from these alone.
_COGNITO_PAGES = ("/signup", "/forgotPassword", "/passkeys/add")


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of these routes."""
    config = services.config
    app = browser_app(config)

    def onward(origin: str, path: str) -> Response[str]:
        parameters = query(app.current_event.raw_event)
        return answers.redirect(f"{origin}{path}?{urlencode(parameters)}")

    def to_start_address(parameters: "Mapping[str, str]") -> Response[str]:
        start = initiated_login.start_url(
            config.application_start_urls, parameters.get("client_id", "")
        )
        if start is None:
            raise DisplayedError(
                "start_address_unknown", f"of {len(config.application_start_urls)} addresses"
            )
        told = initiated_login.hints(parameters, start, loopback_allowed=config.allow_loopback)
        return answers.redirect(answers.to_application(start, told) if told else start)

    @app.get("/login/initiate")
    def initiate() -> Response[str]:
        return to_start_address(query(app.current_event.raw_event))

    @app.post("/login/initiate")
    def initiate_by_form() -> Response[str]:
        return to_start_address(form(app.current_event.raw_event))

    @app.get("/login")
    def login() -> Response[str]:
        return onward(config.base_url, "/oauth2/authorize")

    def cognito_page() -> Response[str]:
        return onward(config.cognito_domain_url, app.current_event.path)

    for path in _COGNITO_PAGES:
        app.get(path)(cognito_page)

    return app


handler = lambda_handler(create_app)
