"""GET /settings: the page on which an administrator sets up single sign-on, and its files."""

from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from authsso.errors import DisplayedError
from authsso.protocol import enforcement
from authsso.web import answers
from authsso.web.browser_app import browser_app
from authsso.web.entrypoint import lambda_handler
from settings_page import assets, page

if TYPE_CHECKING:
    from authsso.services import Services


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of these routes."""
    config = services.config
    app = browser_app(config)

    @app.get("/settings", compress=True)
    def show_page() -> Response[str]:
        return page.answer(config.product_name, config.dashboard_origins)

    @app.get("/settings/config.json")
    def show_config() -> Response[str]:
        body = {
            "client_id": config.settings_page_client_id,
            "authorize_url": f"{config.base_url}/oauth2/authorize",
            "token_url": f"{config.base_url}/oauth2/token",
            "recovery_url": f"{config.base_url}{enforcement.RECOVERY_PATH}",
            "product_name": config.product_name,
            "dashboard_origins": list(config.dashboard_origins),
        }
        return answers.json_answer(200, body)

    @app.get("/settings/assets/<version>/<file>", compress=True)
    def show_asset(version: str, file: str) -> Response[str]:
        asset = assets.ASSETS.get(file)
        if asset is None:
            raise DisplayedError("no_such_page", f"asset {file!r}", status=404)
        seen = app.current_event.headers.get("if-none-match", "")
        return assets.answer(asset, version=version, seen=seen)

    return app


handler = lambda_handler(create_app)
