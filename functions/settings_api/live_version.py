"""Activate, roll back, delete: the head changes, and the versions it no longer names go."""

from typing import TYPE_CHECKING

from authsso.model import Connection, ProviderKind
from authsso.protocol import connection_versions, edit_condition, imported_provider
from authsso.protocol.edit_condition import EditCondition
from settings_api import retention
from settings_api.toggles import check_passed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from authsso.protocol.audit_event import Action
    from authsso.web.settings.editing import Edit


def activate(edit: "Edit", provider: ProviderKind, if_match: str | None) -> Connection:
    """Take the draft live.

    Raises:
        SettingsError: 409 `no_draft` or `enable_needs_check`, 412 or 428; nothing was changed.
    """

    def judge(head: Connection | None, *, now: int) -> Connection:
        passed = head is not None and check_passed(edit, head)
        activated = connection_versions.activate(head, check_passed=passed, now=now)
        if activated.is_at_cognito:
            _keep_the_client(edit, activated)
        return activated

    return _swap(edit, provider, if_match, "activated", judge)


def roll_back(edit: "Edit", provider: ProviderKind, if_match: str | None) -> Connection:
    """Bring the previous live version back.

    Raises:
        SettingsError: 409 `no_previous`, 412 or 428; nothing was changed.
    """
    return _swap(edit, provider, if_match, "rolled_back", connection_versions.roll_back)


def delete(edit: "Edit", provider: ProviderKind, if_match: str | None) -> None:
    """Take a connection away; one that is gone already is left alone.

    Raises:
        SettingsError: 403 `reauth_required`, 409 `enforced`, 412 or 428; nothing was changed.
    """
    connections = edit.services.connections.connections(edit.tenant_id)
    head = next((found for found in connections if found.provider == provider), None)
    if head is None or head.is_empty:
        return
    edit.require_recent_sign_in()
    edit_condition.check(EditCondition(if_match), head)
    others = [other for other in connections if other.provider != provider]
    gone = connection_versions.delete(head, others, now=edit.services.now())
    needed = connection_versions.keeping_enforcement(others) if head.enforced else None
    _write(
        edit,
        head,
        gone,
        action="connection_deleted",
        details={},
        unchanged=[needed] if needed else [],
    )


def _keep_the_client(edit: "Edit", activated: Connection) -> None:
    """Refuse a version that would sign nobody in and keep everybody from being moved."""
    live = edit.services.connections.version(
        activated.tenant_id, activated.provider, activated.live or 0
    )
    if live and not imported_provider.is_same_client(
        activated, issuer=live.metadata.issuer, client_id=live.client_id
    ):
        raise imported_provider.other_client()


def _swap(
    edit: "Edit",
    provider: ProviderKind,
    if_match: str | None,
    action: "Action",
    judge: "Callable[..., Connection]",
) -> Connection:
    head = edit.services.connections.connection(edit.tenant_id, provider)
    if head and connection_versions.is_repeated(head, action, if_match):
        return head
    edit_condition.check(EditCondition(if_match), head)
    swapped = judge(head, now=edit.services.now())
    details = {"version": swapped.live, "previous": swapped.previous}
    return _write(edit, head or swapped, swapped, action=action, details=details)


def _write(  # noqa: PLR0913 - before, after, and what is told of it
    edit: "Edit",
    before: Connection,
    after: Connection,
    *,
    action: "Action",
    details: "Mapping[str, object]",
    unchanged: "Sequence[Connection]" = (),
) -> Connection:
    edit.services.connection_changes.write(
        after,
        expected_revision=before.revision,
        events=[edit.event(action, after.provider, details)],
        unchanged=unchanged,
    )
    retention.tidy(edit.services, before, after)
    return after
