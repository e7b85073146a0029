"""One change under way: who makes it, from where, and the event that will tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from authsso.errors import SettingsError
from authsso.protocol import rate_limit
from authsso.protocol.audit_event import Action, Actor, AuditEvent
from authsso.web import administrator
from authsso.web.administrator import Administrator

if TYPE_CHECKING:
    from authsso.services import Services
    from authsso.web.settings.resolver import SettingsResolver


@dataclass(frozen=True, slots=True)
class Edit:
    """What a write needs to know of its request.

    Args:
        services: The world outside.
        administrator: By the token.
        actor: By the user pool, as the audit log names them.
    """

    services: "Services"
    administrator: Administrator
    actor: Actor

    @property
    def tenant_id(self) -> str:
        """Whose settings are changed."""
        return self.administrator.tenant_id

    def require_recent_sign_in(self) -> None:
        """Refuse what only somebody who has just signed in may do (F30).

        Raises:
            SettingsError: 403 `reauth_required`.
        """
        administrator.require_recent_sign_in(self.administrator, self.services.now())

    def event(
        self, action: Action, subject: str, details: Mapping[str, object] | None = None
    ) -> AuditEvent:
        """Build the event that is written with the change."""
        return AuditEvent(
            tenant_id=self.tenant_id,
            event_id=self.services.new_event_id(),
            at=self.services.now(),
            actor=self.actor,
            action=action,
            subject=subject,
            details=details or {},
        )


def begin(
    app: "SettingsResolver", services: "Services", limit: "rate_limit.Limit | None" = None
) -> Edit:
    """Let a change begin if the caller is an administrator still (F31), and not too many (F27).

    A token outlives a membership, and an account: so the user pool is asked.

    Args:
        app: That answers the call.
        services: The world outside.
        limit: On what is done; None: it is a change.

    Raises:
        SettingsError: 403 `not_administrator`; 429 `too_many_changes`.
    """
    caller = app.administrator
    limit = limit or rate_limit.changes(services.config.tenant_changes_per_minute)
    if not services.limits.admits(limit, caller.tenant_id):
        raise SettingsError(
            "too_many_changes",
            f"{caller.tenant_id} {limit.name}",
            status=429,
            title="Your organisation has done too much within a minute; try again in the next one.",
        ).to_retry_after(rate_limit.seconds_left(services.now()))
    user = services.users.find(caller.username)
    if user is None or not user.enabled or user.tenant_id != caller.tenant_id:
        raise administrator.not_administrator()
    if not services.users.is_administrator(caller.username):
        raise administrator.not_administrator()
    actor = Actor(caller.username, user.email, app.source_ip)
    return Edit(services, caller, actor)
