"""PATCH: Enable and Enforce."""

from typing import TYPE_CHECKING

from authsso.model import Connection, ProviderKind
from authsso.protocol import connection_toggles, edit_condition
from authsso.protocol.connection_toggles import EnforcementEvidence, Wanted
from authsso.web.administrator import Administrator, require_recent_sign_in

if TYPE_CHECKING:
    from authsso.protocol.edit_condition import EditCondition
    from authsso.services import Services


def move(
    services: "Services",
    administrator: Administrator,
    provider: ProviderKind,
    wanted: Wanted,
    condition: "EditCondition",
) -> Connection:
    """Move the toggles as asked.

    Returns:
        The head as it stands now; untouched when the toggles stood as asked.

    Raises:
        SettingsError: What stands in the way; nothing was changed.
    """
    head = services.connections.connection(administrator.tenant_id, provider)
    if head and connection_toggles.is_already(head, wanted):
        return head
    if wanted.enforced is not None:
        require_recent_sign_in(administrator, services.now())
    expected = edit_condition.check(condition, head) if head else 0
    moved = connection_toggles.toggle(
        head, wanted, evidence=EnforcementEvidence(), now=services.now()
    )
    services.connections.write(moved, expected_revision=expected)
    return moved
