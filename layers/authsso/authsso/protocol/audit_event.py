"""What is written down of every change: who changed what, when, from where. Never a secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from authsso.model import Connection, ConnectionVersion

type Action = Literal[
    "draft_saved",
    "activated",
    "rolled_back",
    "enabled",
    "disabled",
    "enforced",
    "unenforced",
    "connection_deleted",
    "imported",
    "moved",
    "moved_back",
    "rotation_finished",
    "domain_claimed",
    "domain_proven",
    "domain_lapsing",
    "domain_lapsed",
    "domain_removed",
    "emergency_users_changed",
    "recovery_codes_made",
    "recovery_code_spent",
]

_COMPARED = (
    "discovery_url",
    "client_id",
    "method",
    "client_authentication",
    "response_mode",
    "scopes",
    "attribute_mapping",
    "group_mapping",
    "logout_at_provider",
    "secret_expires_on",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it.

    Args:
        username: In the user pool; `authsso` when a scheduled job did it.
        email: As the pool has it, or None.
        source_ip: Where the request came from; empty for a scheduled job.
    """

    username: str
    email: str | None
    source_ip: str


SCHEDULED_JOB = Actor("authsso", None, "")


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One change, as it stays written.

    Args:
        tenant_id: Whose settings.
        event_id: Unique within the tenant, and sorts by time.
        at: When.
        actor: Who.
        action: What was done.
        subject: What it was done to: a provider kind, a domain, `emergency_access`.
        details: JSON values that say how it was changed.
    """

    tenant_id: str
    event_id: str
    at: int
    actor: Actor
    action: Action
    subject: str
    details: Mapping[str, object]


def event_id(nanoseconds: int, token: str) -> str:
    """Return an id that sorts by time.

    Args:
        nanoseconds: Since the epoch.
        token: Random, so that two containers never make the same one.
    """
    letters = "".join(sign for sign in token.lower() if sign.isalnum())
    return f"{nanoseconds:019d}-{letters[:10]}"


def of_draft(before: ConnectionVersion | None, after: ConnectionVersion) -> dict[str, object]:
    """Tell what a saved draft changes, compared with what it builds on."""
    changes = {
        name: {"before": getattr(before, name) if before else None, "after": getattr(after, name)}
        for name in _COMPARED
        if before is None or getattr(before, name) != getattr(after, name)
    }
    is_kept = before is not None and before.secret_id == after.secret_id
    return {"version": after.number, "secret": "kept" if is_kept else "new", "changes": changes}


def of_toggles(before: Connection, after: Connection) -> tuple[Action, ...]:
    """Name what moving the toggles did, in the order in which it takes effect."""
    moved: list[Action] = []
    if before.enabled != after.enabled:
        moved.append("enabled" if after.enabled else "disabled")
    if before.enforced != after.enforced:
        moved.append("enforced" if after.enforced else "unenforced")
    return tuple(moved)
