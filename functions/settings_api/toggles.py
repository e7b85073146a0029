"""PATCH: Enable and Enforce."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from authsso.model import Connection, ProviderKind
from authsso.protocol import (
    audit_event,
    connection_toggles,
    connection_versions,
    edit_condition,
    emergency_access,
)
from authsso.protocol.connection_toggles import Evidence, Wanted
from authsso.protocol.emergency_access import EmergencyAccess
from settings_api import google, keys, retention

if TYPE_CHECKING:
    from authsso.protocol.audit_event import AuditEvent
    from authsso.protocol.edit_condition import EditCondition
    from authsso.web.settings.editing import Edit


def move(
    edit: "Edit", provider: ProviderKind, wanted: Wanted, condition: "EditCondition"
) -> Connection:
    """Move the toggles as asked.

    Returns:
        The head as it stands now; untouched when the toggles stood as asked.

    Raises:
        SettingsError: What stands in the way; nothing was changed.
    """
    connections = edit.services.connections.connections(edit.tenant_id)
    head = next((found for found in connections if found.provider == provider), None)
    makes_version = (
        provider == "google" and bool(wanted.enabled) and google.needs_version(edit.services, head)
    )
    if head and connection_toggles.is_already(head, wanted) and not makes_version:
        return head
    leaves = head is not None and connection_toggles.is_leaving_enforcement(head, wanted)
    if wanted.enforced is not None or leaves:
        edit.require_recent_sign_in()
    expected = edit_condition.check(condition, head)
    if makes_version:
        return _enable_google(edit, head, wanted, expected)
    others = [other for other in connections if other.provider != provider]
    return _move(edit, head, wanted, others)


def _move(
    edit: "Edit", head: Connection | None, wanted: Wanted, others: Sequence[Connection]
) -> Connection:
    services = edit.services
    access = services.emergency_access.get(edit.tenant_id) if wanted.enforced else None
    moved = connection_toggles.toggle(
        head, wanted, evidence=_evidence(edit, head, access), now=services.now(), others=others
    )
    before = head or moved
    needed = connection_versions.keeping_enforcement(others)
    is_leaving = connection_toggles.is_leaving_enforcement(before, wanted)
    services.connection_changes.write(
        moved,
        expected_revision=before.revision,
        events=_events(edit, before, moved),
        unchanged=[needed] if needed and is_leaving else [],
        emergency_revision=access.revision if access and moved.enforced else None,
    )
    retention.tidy(services, before, moved)
    return moved


def _enable_google(
    edit: "Edit", head: Connection | None, wanted: Wanted, expected_revision: int
) -> Connection:
    services = edit.services
    ids = services.connections.connection_ids(edit.tenant_id)
    before = head or Connection(edit.tenant_id, "google", ids["google"])
    number = before.last_number + 1
    version, found_keys = google.new_version(edit, number)
    drafted = replace(before, draft=number, last_number=number, live=None, previous=None)
    moved = connection_toggles.toggle(
        drafted, wanted, evidence=Evidence(check_passed=True), now=services.now()
    )
    services.connection_changes.save_version(
        moved,
        version,
        request_digest="",
        expected_revision=expected_revision,
        events=_events(edit, replace(before, enabled=False), moved),
    )
    keys.keep(services, moved, version, found_keys)
    return moved


def _events(edit: "Edit", before: Connection, after: Connection) -> "list[AuditEvent]":
    return [
        edit.event(action, after.provider, {"version": after.live})
        for action in audit_event.of_toggles(before, after)
    ]


def _evidence(edit: "Edit", head: Connection | None, access: EmergencyAccess | None) -> Evidence:
    if head is None:
        return Evidence()
    if access is None:
        return Evidence(check_passed=check_passed(edit, head))
    return Evidence(
        check_passed=check_passed(edit, head),
        has_proven_domain=bool(edit.services.domains.proven_domains(edit.tenant_id)),
        has_emergency_access=has_emergency_access(edit, access),
        administrator_signed_in=_administrator_signed_in(edit, head),
    )


def check_passed(edit: "Edit", head: Connection) -> bool:
    """Tell whether the draft may be the first to go live; asked of nothing else."""
    if head.live is not None or head.draft is None:
        return True
    found = edit.services.evidence.results("check", head.connection_id).get(head.draft)
    return found is not None and found.passed


def has_emergency_access(edit: "Edit", access: EmergencyAccess) -> bool:
    """Tell whether somebody could get in if the provider failed now."""
    users = edit.services.users
    return any(
        emergency_access.is_usable(users.find(name), edit.tenant_id) for name in access.usernames
    ) or bool(edit.services.emergency_access.codes_left(access))


def _administrator_signed_in(edit: "Edit", head: Connection) -> bool:
    """Look for a sign-in through the version that is live, by who is an administrator still."""
    found = edit.services.evidence.administrator_sign_in(head.connection_id)
    if found is None or found.version != (head.draft if head.live is None else head.live):
        return False
    user = edit.services.users.find(found.username)
    is_ours = user is not None and user.enabled and user.tenant_id == edit.tenant_id
    return is_ours and edit.services.users.is_administrator(found.username)
