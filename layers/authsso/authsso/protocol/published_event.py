"""An audit event as the rest of the SaaS receives it from EventBridge (docs/events.md).

Members are only added; one that changes its meaning gets a new `schema_version`.
"""

from collections.abc import Mapping

from authsso.protocol.audit_event import AuditEvent

SOURCE = "authsso"
SCHEMA_VERSION = 1
SETTINGS_CHANGED = "authsso.settings.changed"
# What nobody chose to do, or what somebody on call should hear of, has a type of its own.
_TYPES: Mapping[str, str] = {
    "domain_lapsing": "authsso.domain.lapsing",
    "domain_lapsed": "authsso.domain.lapsed",
    "recovery_code_spent": "authsso.enforcement.lifted",
    "rotation_finished": "authsso.secret.retired",
}


def detail_type(event: AuditEvent) -> str:
    """Return what EventBridge rules match by."""
    return _TYPES.get(event.action, SETTINGS_CHANGED)


def detail(event: AuditEvent) -> dict[str, object]:
    """Return the event's content."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": event.event_id,
        "tenant_id": event.tenant_id,
        "at": event.at,
        "actor": {"username": event.actor.username, "email": event.actor.email},
        "source_ip": event.actor.source_ip,
        "action": event.action,
        "subject": event.subject,
        "details": dict(event.details),
    }
