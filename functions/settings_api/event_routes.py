"""GET /settings/sso/events: who changed what, when, from where."""

from typing import TYPE_CHECKING, Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from authsso.protocol.audit_event import AuditEvent
from authsso.web.settings.description import described
from authsso.web.settings.resolver import SettingsResolver
from settings_api.answer_models import ActorAnswer, EventAnswer, EventsAnswer
from settings_api.answering import shown

if TYPE_CHECKING:
    from authsso.services import Services

_Before = Annotated[
    str | None,
    Query(pattern=r"^[0-9a-z-]{1,64}$", description="`next` of the answer before this one."),
]
_Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]


def add_routes(app: SettingsResolver, services: "Services") -> None:
    """Add the route to an app."""

    @app.get(
        "/settings/sso/events", responses=described(EventsAnswer, 400, 401, 403), tags=["events"]
    )
    def show_events(before: _Before = None, limit: _Limit = 25) -> Response[EventsAnswer]:
        """Show the changes of this tenant's settings, the newest first."""
        tenant_id = app.administrator.tenant_id
        found = services.audit.events(tenant_id, before=before, limit=limit + 1)
        page = found[:limit]
        return shown(
            EventsAnswer(
                events=[_show(event) for event in page],
                next=page[-1].event_id if len(found) > limit else None,
            )
        )


def _show(event: AuditEvent) -> EventAnswer:
    return EventAnswer(
        id=event.event_id,
        at=event.at,
        actor=ActorAnswer(username=event.actor.username, email=event.actor.email),
        source_ip=event.actor.source_ip,
        action=event.action,
        subject=event.subject,
        details=dict(event.details),
    )
