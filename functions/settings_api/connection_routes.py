"""GET, PUT, PATCH /settings/sso/connections/{provider}: one connection of the caller's tenant."""

from typing import TYPE_CHECKING, Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Path

from authsso.protocol.connection_toggles import Wanted
from authsso.protocol.edit_condition import EditCondition
from authsso.web.settings import editing
from authsso.web.settings.description import described
from authsso.web.settings.request_models import ConnectionSettings, Toggles
from authsso.web.settings.resolver import SettingsResolver
from settings_api import draft, overview, toggles
from settings_api.answer_models import ConnectionAnswer, Provider
from settings_api.answering import ETAG_OF_CONNECTION, with_etag

if TYPE_CHECKING:
    from authsso.services import Services

_PATH = "/settings/sso/connections/<provider>"
_READ_REFUSALS = (401, 403, 404)
_WRITE_REFUSALS = (400, 401, 403, 404, 409, 412, 413, 415, 428)

_Provider = Annotated[Provider, Path(description="Provider kind.")]
_IfMatch = Annotated[str | None, Header(alias="If-Match", description=ETAG_OF_CONNECTION)]
_IfNoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", description="`*`: only if it is not saved yet.")
]


def add_routes(app: SettingsResolver, services: "Services") -> None:
    """Add the routes to an app."""

    @app.get(_PATH, responses=described(ConnectionAnswer, *_READ_REFUSALS), tags=["connections"])
    def show(provider: _Provider) -> Response[ConnectionAnswer]:
        """Show one connection, saved already or not."""
        tenant_id = app.administrator.tenant_id
        head = services.connections.connection(tenant_id, provider)
        return with_etag(overview.of_connection(services, tenant_id, provider, head))

    @app.put(_PATH, responses=described(ConnectionAnswer, *_WRITE_REFUSALS), tags=["connections"])
    def save_draft(
        provider: _Provider,
        settings: Annotated[ConnectionSettings, Body()],
        if_match: _IfMatch = None,
        if_none_match: _IfNoneMatch = None,
    ) -> Response[ConnectionAnswer]:
        """Save a draft; the live version goes on unchanged."""
        edit = editing.begin(app, services)
        if settings.client_secret is not None:
            edit.require_recent_sign_in()
        head = draft.save(edit, provider, settings, EditCondition(if_match, if_none_match))
        return with_etag(overview.of_connection(services, edit.tenant_id, provider, head))

    @app.patch(_PATH, responses=described(ConnectionAnswer, *_WRITE_REFUSALS), tags=["connections"])
    def move_toggles(
        provider: _Provider, wanted: Annotated[Toggles, Body()], if_match: _IfMatch = None
    ) -> Response[ConnectionAnswer]:
        """Switch Enable and Enforce; the first enable takes the draft live."""
        edit = editing.begin(app, services)
        asked = Wanted(wanted.enabled, wanted.enforced)
        head = toggles.move(edit, provider, asked, EditCondition(if_match))
        return with_etag(overview.of_connection(services, edit.tenant_id, provider, head))
