"""/settings/sso/emergency-access: the way in for the day on which the provider fails."""

from typing import TYPE_CHECKING, Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header

from authsso.web.settings import editing
from authsso.web.settings.description import described
from authsso.web.settings.request_models import EmergencyUsers
from authsso.web.settings.resolver import SettingsResolver
from settings_api import emergency_access
from settings_api.answer_models import EmergencyAccessAnswer, RecoveryCodesAnswer
from settings_api.answering import shown, with_etag

if TYPE_CHECKING:
    from authsso.services import Services

_PATH = "/settings/sso/emergency-access"
_PUT_REFUSALS = (400, 401, 403, 409, 412, 413, 415, 428)

_IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="ETag of the list as it was loaded.")
]


def add_routes(app: SettingsResolver, services: "Services") -> None:
    """Add the routes to an app."""

    @app.get(_PATH, responses=described(EmergencyAccessAnswer, 401, 403), tags=["emergency access"])
    def show() -> Response[EmergencyAccessAnswer]:
        """Show who is named, and how many recovery codes are left."""
        return with_etag(emergency_access.show(services, app.administrator.tenant_id))

    @app.put(
        _PATH, responses=described(EmergencyAccessAnswer, *_PUT_REFUSALS), tags=["emergency access"]
    )
    def name_users(
        named: Annotated[EmergencyUsers, Body()], if_match: _IfMatch = None
    ) -> Response[EmergencyAccessAnswer]:
        """Name everybody who may use a password while single sign-on is enforced."""
        edit = editing.begin(app, services)
        emergency_access.name_users(edit, named.users, if_match)
        return with_etag(emergency_access.show(services, edit.tenant_id))

    @app.post(
        f"{_PATH}/recovery-codes",
        responses=described(RecoveryCodesAnswer, 401, 403, 412, 415),
        tags=["emergency access"],
    )
    def make_codes() -> Response[RecoveryCodesAnswer]:
        """Make new recovery codes, shown this once; the old ones stop working."""
        return shown(emergency_access.make_codes(editing.begin(app, services)))
