"""A typed code -> enforcement lifted for an hour, and the event that tells of it; or nothing."""

from typing import TYPE_CHECKING

from authsso.adapters.recovery_table import LIFTED_SECONDS
from authsso.errors import AuthssoError
from authsso.protocol import recovery_code
from authsso.protocol.audit_event import Actor, AuditEvent
from authsso.web.entrypoint import log_refusal

if TYPE_CHECKING:
    from authsso.services import Services

# Who holds the code is not known: it is the code that acts.
_HOLDER = "recovery code"


def spend(services: "Services", typed: str, address: str) -> int | None:
    """Spend a code.

    What cannot be a code is looked up like any other, so that all wrong ones take the same way.

    Args:
        services: The world outside.
        typed: What the person typed.
        address: Where it was typed, for the audit.

    Returns:
        Until when enforcement is lifted; None when the code is unknown or spent.
    """
    code_hash = recovery_code.hashed(recovery_code.normalise(typed) or "")
    tenant_id = services.recovery.owner(code_hash)
    now = services.now()
    if tenant_id is None or not services.recovery.spend(
        code_hash, tenant_id, now, services.audit.puts([_event(services, tenant_id, now, address)])
    ):
        log_refusal(AuthssoError("recovery_code_wrong"))
        return None
    return now + LIFTED_SECONDS


def _event(services: "Services", tenant_id: str, now: int, address: str) -> AuditEvent:
    return AuditEvent(
        tenant_id=tenant_id,
        event_id=services.new_event_id(),
        at=now,
        actor=Actor(_HOLDER, None, address),
        action="recovery_code_spent",
        subject="emergency_access",
        details={"lifted_until": now + LIFTED_SECONDS},
    )
