"""CustomMessage for a forgotten password: no code is sent to who may not use a password."""

from typing import TYPE_CHECKING, Any

from cognito_triggers.belonging import tenant_of
from cognito_triggers.refusal import sso_required

if TYPE_CHECKING:
    from authsso.services import Services


def before_reset(services: "Services", event: dict[str, Any]) -> None:
    """Let the code go out, in Cognito's own words, to who may use a password.

    Raises:
        TriggerRefusedError: Single sign-on is required.
    """
    policy = services.policies.of(tenant_of(services, event["request"]["userAttributes"]))
    if policy.requires_sso(event["userName"], services.now()):
        raise sso_required(services)
