"""/settings/sso...: what a customer's administrator reads and edits; JSON in, JSON out.

Every call carries the user pool's access token and reaches the caller's own tenant only; no
address names a tenant. docs/settings-api.md is the reference.
"""

from typing import TYPE_CHECKING

from authsso.web.entrypoint import lambda_handler
from authsso.web.settings import problems
from authsso.web.settings.resolver import SettingsResolver
from settings_api import (
    connection_routes,
    domain_routes,
    emergency_routes,
    event_routes,
    openapi,
    overview_routes,
    trace_routes,
    version_routes,
)

if TYPE_CHECKING:
    from authsso.services import Services


def create_app(services: "Services") -> SettingsResolver:
    """Build the API on the given services."""
    app = SettingsResolver(services.config)
    problems.answer_errors(app)
    overview_routes.add_routes(app, services)
    connection_routes.add_routes(app, services)
    version_routes.add_routes(app, services)
    domain_routes.add_routes(app, services)
    emergency_routes.add_routes(app, services)
    event_routes.add_routes(app, services)
    trace_routes.add_routes(app, services)
    openapi.add_routes(app, services.config)
    return app


handler = lambda_handler(create_app)
