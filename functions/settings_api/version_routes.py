"""POST .../activate, .../rollback, .../move, DELETE: which version is live, or none at all."""

from typing import TYPE_CHECKING, Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header, Path

from authsso.web.settings import editing
from authsso.web.settings.description import described, described_empty
from authsso.web.settings.resolver import SettingsResolver
from settings_api import live_version, moving, overview
from settings_api.answer_models import ConnectionAnswer, Provider
from settings_api.answering import ETAG_OF_CONNECTION, nothing_left, with_etag

if TYPE_CHECKING:
    from authsso.services import Services

_PATH = "/settings/sso/connections/<provider>"
_REFUSALS = (400, 401, 403, 404, 409, 412, 415, 428)

_Provider = Annotated[Provider, Path(description="Provider kind.")]
_IfMatch = Annotated[str | None, Header(alias="If-Match", description=ETAG_OF_CONNECTION)]


def add_routes(app: SettingsResolver, services: "Services") -> None:
    """Add the routes to an app."""

    @app.post(
        f"{_PATH}/activate", responses=described(ConnectionAnswer, *_REFUSALS), tags=["versions"]
    )
    def activate(provider: _Provider, if_match: _IfMatch = None) -> Response[ConnectionAnswer]:
        """Take the draft live; the version that was live can be brought back."""
        edit = editing.begin(app, services)
        head = live_version.activate(edit, provider, if_match)
        return with_etag(overview.of_connection(services, edit.tenant_id, provider, head))

    @app.post(
        f"{_PATH}/rollback", responses=described(ConnectionAnswer, *_REFUSALS), tags=["versions"]
    )
    def roll_back(provider: _Provider, if_match: _IfMatch = None) -> Response[ConnectionAnswer]:
        """Bring the previous live version back."""
        edit = editing.begin(app, services)
        head = live_version.roll_back(edit, provider, if_match)
        return with_etag(overview.of_connection(services, edit.tenant_id, provider, head))

    @app.post(f"{_PATH}/move", responses=described(ConnectionAnswer, *_REFUSALS), tags=["versions"])
    def move(provider: _Provider, if_match: _IfMatch = None) -> Response[ConnectionAnswer]:
        """Let the people of an imported connection come through us, not through Cognito."""
        edit = editing.begin(app, services)
        head = moving.move(edit, provider, if_match)
        return with_etag(overview.of_connection(services, edit.tenant_id, provider, head))

    @app.delete(
        f"{_PATH}/move", responses=described(ConnectionAnswer, *_REFUSALS), tags=["versions"]
    )
    def move_back(provider: _Provider, if_match: _IfMatch = None) -> Response[ConnectionAnswer]:
        """Let them come through Cognito again; they stay who they are."""
        edit = editing.begin(app, services)
        head = moving.move_back(edit, provider, if_match)
        return with_etag(overview.of_connection(services, edit.tenant_id, provider, head))

    @app.delete(_PATH, responses=described_empty(*_REFUSALS), tags=["connections"])
    def delete(provider: _Provider, if_match: _IfMatch = None) -> Response[None]:
        """Take the connection away with all its versions and secrets; its id stays."""
        edit = editing.begin(app, services)
        live_version.delete(edit, provider, if_match)
        return nothing_left()
