"""GET, POST /recover: a locked-out administrator spends a recovery code (design.md 5)."""

from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from authsso.adapters.recovery_table import WINDOW_SECONDS
from authsso.errors import DisplayedError
from authsso.protocol.rate_limit import seconds_left
from authsso.web.browser_app import browser_app, paper_of
from authsso.web.entrypoint import lambda_handler
from authsso.web.parameters import form
from authsso.web.source import source_of
from recover.page import ask, lifted, wrong
from recover.spending import spend

if TYPE_CHECKING:
    from authsso.services import Services


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of these routes."""
    config = services.config
    app = browser_app(config)

    @app.get("/recover")
    def show() -> Response[str]:
        return ask(paper_of(app, config))

    @app.post("/recover")
    def recover() -> Response[str]:
        event = app.current_event.raw_event
        sent = form(event)
        app.context["language"] = sent.get("lang")
        source = source_of(event)
        if not services.recovery.may_try(source.network, services.now()):
            refused = DisplayedError("too_many_attempts", source.network, status=429)
            raise refused.to_retry_after(seconds_left(services.now(), WINDOW_SECONDS))
        until = spend(services, sent.get("code", ""), source.address)
        paper = paper_of(app, config)
        return wrong(paper) if until is None else lifted(paper, until)

    return app


handler = lambda_handler(create_app)
