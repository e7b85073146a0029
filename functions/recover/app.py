"""GET, POST /recover: a locked-out administrator spends a recovery code (design.md 5)."""

from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from authsso.errors import DisplayedError
from authsso.web.browser_app import browser_app
from authsso.web.entrypoint import lambda_handler
from authsso.web.parameters import form
from authsso.web.source import source_of
from recover.page import ask, lifted, wrong
from recover.spending import spend

if TYPE_CHECKING:
    from authsso.services import Services


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of these routes."""
    app = browser_app(services.config.support_url)

    @app.get("/recover")
    def show() -> Response[str]:
        return ask()

    @app.post("/recover")
    def recover() -> Response[str]:
        event = app.current_event.raw_event
        typed = form(event).get("code", "")
        source = source_of(event)
        if not services.recovery.may_try(source.network, services.now()):
            raise DisplayedError("too_many_attempts", source.network, status=429)
        until = spend(services, typed, source.address)
        return wrong() if until is None else lifted(until)

    return app


handler = lambda_handler(create_app)
