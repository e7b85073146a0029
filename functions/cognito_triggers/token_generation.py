"""Pre token generation (V2): may there be tokens; the tenant claim, the application's scopes."""

from typing import TYPE_CHECKING, Any

from authsso.protocol import token_claims
from cognito_triggers.federated_session import check_federated
from cognito_triggers.sessions import check_session

if TYPE_CHECKING:
    from authsso.services import Services


def before_tokens(services: "Services", event: dict[str, Any]) -> None:
    """Put into both tokens what they must say, from what the pool knows alone.

    clientMetadata is what the caller typed; no claim comes from it.

    Raises:
        TriggerRefusedError: The session may not begin or go on (sessions.py,
            federated_session.py).
    """
    check_federated(services, event)
    check_session(services, event)
    request = event["request"]
    application = services.applications.find(
        event["userPoolId"], event["callerContext"]["clientId"]
    )
    decided = token_claims.decide(
        tenant_id=request["userAttributes"].get(token_claims.TENANT_CLAIM),
        scopes=request.get("scopes") or (),
        allowed=application.scopes if application else (),
        hosted=event["triggerSource"] == "TokenGeneration_HostedAuth",
    )
    event["response"] = {
        "claimsAndScopeOverrideDetails": {
            "idTokenGeneration": {"claimsToAddOrOverride": decided.claims},
            "accessTokenGeneration": {
                "claimsToAddOrOverride": decided.claims,
                "scopesToAdd": list(decided.scopes_to_add),
                "scopesToSuppress": list(decided.scopes_to_suppress),
            },
        }
    }
