"""GET, PUT, PATCH /settings/sso/connections/{provider}: one connection of the caller's tenant."""

from typing import TYPE_CHECKING, Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Path

from authsso.model import Connection, ProviderKind
from authsso.protocol import edit_condition
from authsso.protocol.connection_toggles import Wanted
from authsso.protocol.edit_condition import EditCondition
from authsso.web import administrator
from settings_api import draft, overview, toggles
from settings_api.answer_models import ConnectionAnswer, Provider
from settings_api.openapi import described
from settings_api.request_models import ConnectionSettings, Toggles
from settings_api.resolver import SettingsResolver

if TYPE_CHECKING:
    from authsso.services import Services

_PATH = "/settings/sso/connections/<provider>"
_READ_REFUSALS = (401, 403, 404)
_WRITE_REFUSALS = (400, 401, 403, 404, 409, 412, 413, 415, 428)

_Provider = Annotated[Provider, Path(description="Provider kind.")]
_IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="ETag of the connection as it was loaded.")
]
_IfNoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", description="`*`: only if it is not saved yet.")
]


def add_routes(app: SettingsResolver, services: "Services") -> None:
    """Add the routes to an app."""

    @app.get(_PATH, responses=described(ConnectionAnswer, *_READ_REFUSALS), tags=["connections"])
    def show(provider: _Provider) -> Response[ConnectionAnswer]:
        """Show one connection, saved already or not."""
        head = services.connections.connection(app.administrator.tenant_id, provider)
        return _answer(app, services, provider, head)

    @app.put(_PATH, responses=described(ConnectionAnswer, *_WRITE_REFUSALS), tags=["connections"])
    def save_draft(
        provider: _Provider,
        settings: Annotated[ConnectionSettings, Body()],
        if_match: _IfMatch = None,
        if_none_match: _IfNoneMatch = None,
    ) -> Response[ConnectionAnswer]:
        """Save a draft; the live version goes on unchanged."""
        _require_administrator_now(app, services)
        if settings.client_secret is not None:
            administrator.require_recent_sign_in(app.administrator, services.now())
        condition = EditCondition(if_match, if_none_match)
        head = draft.save(services, app.administrator, provider, settings, condition)
        return _answer(app, services, provider, head)

    @app.patch(_PATH, responses=described(ConnectionAnswer, *_WRITE_REFUSALS), tags=["connections"])
    def move_toggles(
        provider: _Provider, wanted: Annotated[Toggles, Body()], if_match: _IfMatch = None
    ) -> Response[ConnectionAnswer]:
        """Switch Enable and Enforce; the first enable takes the draft live."""
        _require_administrator_now(app, services)
        asked = Wanted(wanted.enabled, wanted.enforced)
        condition = EditCondition(if_match)
        head = toggles.move(services, app.administrator, provider, asked, condition)
        return _answer(app, services, provider, head)


def _require_administrator_now(app: SettingsResolver, services: "Services") -> None:
    """Ask the user pool: a token outlives a membership (F31)."""
    if not services.users.is_administrator(app.administrator.username):
        raise administrator.not_administrator()


def _answer(
    app: SettingsResolver, services: "Services", provider: ProviderKind, head: Connection | None
) -> Response[ConnectionAnswer]:
    return Response(
        status_code=200,
        content_type=content_types.APPLICATION_JSON,
        headers={"ETag": edit_condition.entity_tag(head)} if head else {},
        body=overview.of_connection(services, app.administrator.tenant_id, provider, head),
    )
