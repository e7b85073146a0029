"""PreAuthentication: may this person begin to sign in?

The event does not tell the flow (design.md 6b), so whatever is not our own custom authentication
counts as a password: SRP, e-mail and SMS codes, passkeys. Whether or not AWS fires this trigger
for custom authentication and for people who come through a provider of the pool, the right ones get
through.
"""

from typing import TYPE_CHECKING, Any

from authsso.protocol import custom_challenge, email_domain
from authsso.protocol.enforcement import TenantPolicy
from cognito_triggers.belonging import tenant_of
from cognito_triggers.refusal import sso_required

if TYPE_CHECKING:
    from authsso.services import Services


def before_sign_in(services: "Services", event: dict[str, Any]) -> None:
    """Let pass who is under no enforcement, is excused, has a ticket, or has been at the provider.

    validationData is what the caller typed: only a ticket that holds counts.

    Raises:
        TriggerRefusedError: Single sign-on is required.
    """
    request = event["request"]
    if request.get("userNotFound"):
        _answer_as_for_a_colleague(services, event["userName"])
        return
    policy = services.policies.of(tenant_of(services, request["userAttributes"]))
    if not policy.requires_sso(event["userName"], services.now()):
        return
    validation_data = request.get("validationData") or {}
    if _holds_ticket(services, event, validation_data.get("ticket")):
        return
    if not _comes_through(services, event["userName"], policy):
        raise sso_required(services)


def _holds_ticket(services: "Services", event: dict[str, Any], ticket: object) -> bool:
    parsed = custom_challenge.parse_ticket(ticket)
    return parsed is not None and bool(
        services.codes.look_at(
            parsed,
            username=event["userName"],
            client_id=event["callerContext"]["clientId"],
            now=services.now(),
        )
    )


def _comes_through(services: "Services", username: str, policy: TenantPolicy) -> bool:
    """Tell whether somebody has come through an enforced connection to the Cognito domain just now.

    Cognito asks at each federated sign-in but the first.
    """
    came_through = services.hosted_sign_ins.take_beginning(username, services.now())
    return came_through in policy.connection_ids


def _answer_as_for_a_colleague(services: "Services", typed: str) -> None:
    """Refuse an unknown address as a known one, so that nobody learns which addresses exist."""
    domain = email_domain.of(typed)
    owner = services.domains.proven_owner(domain) if domain else None
    if services.policies.of(owner).is_enforced:
        raise sso_required(services)
