"""GET /settings/sso: everything that the settings page shows, in one call."""

from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import Response, content_types

from authsso.web.settings.description import described
from authsso.web.settings.resolver import SettingsResolver
from settings_api import overview
from settings_api.answer_models import OverviewAnswer

if TYPE_CHECKING:
    from authsso.services import Services


def add_routes(app: SettingsResolver, services: "Services") -> None:
    """Add the route to an app."""

    @app.get("/settings/sso", responses=described(OverviewAnswer, 401, 403), tags=["overview"])
    def show_all() -> Response[OverviewAnswer]:
        """Show all provider kinds, what is set up, and the e-mail domains."""
        return Response(
            status_code=200,
            content_type=content_types.APPLICATION_JSON,
            body=overview.of_tenant(services, app.administrator.tenant_id),
        )
