"""The move of an imported connection: its people come through us, or through Cognito again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from authsso.model import Connection, ProviderKind
from authsso.protocol import connection_versions, edit_condition, imported_provider
from authsso.protocol.edit_condition import EditCondition
from authsso.protocol.imported_provider import MOVED, MOVED_BACK, MoveEvidence

if TYPE_CHECKING:
    from authsso.protocol.audit_event import Action
    from authsso.services import Services
    from authsso.web.settings.editing import Edit


def move(edit: "Edit", provider: ProviderKind, if_match: str | None) -> Connection:
    """Send people through us.

    Raises:
        SettingsError: 403 `reauth_required`, 409 `not_imported` or what is missing, 412 or 428;
            nothing was changed.
    """

    def judge(head: Connection | None) -> Connection:
        found = evidence(edit.services, head) if head else MoveEvidence()
        return imported_provider.move(head, found, now=edit.services.now())

    return _write(edit, provider, if_match, MOVED, judge)


def move_back(edit: "Edit", provider: ProviderKind, if_match: str | None) -> Connection:
    """Send people through Cognito again.

    Raises:
        SettingsError: 403 `reauth_required`, 409 `not_imported`, `enforced` or
            `move_needs_same_client`, 412 or 428; nothing was changed.
    """

    def judge(head: Connection | None) -> Connection:
        found = evidence(edit.services, head) if head else MoveEvidence()
        return imported_provider.move_back(head, found, now=edit.services.now())

    return _write(edit, provider, if_match, MOVED_BACK, judge)


def evidence(services: "Services", head: Connection) -> MoveEvidence:
    """Return what is known of the live version."""
    if head.live is None:
        return MoveEvidence()
    live = services.connections.version(head.tenant_id, head.provider, head.live)
    check = services.evidence.results("check", head.connection_id).get(head.live)
    test = services.evidence.results("test", head.connection_id).get(head.live)
    return MoveEvidence(
        is_same_client=live is not None
        and imported_provider.is_same_client(
            head, issuer=live.metadata.issuer, client_id=live.client_id
        ),
        check_passed=check is not None and check.passed,
        test_passed=test is not None and test.passed,
    )


def _write(
    edit: "Edit",
    provider: ProviderKind,
    if_match: str | None,
    action: "Action",
    judge: Callable[[Connection | None], Connection],
) -> Connection:
    head = edit.services.connections.connection(edit.tenant_id, provider)
    if head and connection_versions.is_repeated(head, action, if_match):
        return head
    edit.require_recent_sign_in()
    edit_condition.check(EditCondition(if_match), head)
    moved = judge(head)
    edit.services.connection_changes.write(
        moved,
        expected_revision=moved.revision - 1,
        events=[edit.event(action, provider, {"version": moved.live})],
    )
    return moved
