"""Before tokens are made: may this session begin, or go on?

The second look at what PreAuthentication has let begin, and the only one at a refresh.
"""

from typing import TYPE_CHECKING, Any

from authsso.protocol import custom_challenge, enforcement
from authsso.protocol.enforcement import TenantPolicy
from authsso.sessions import begin_sso
from cognito_triggers.belonging import tenant_of
from cognito_triggers.refusal import sso_required

if TYPE_CHECKING:
    from authsso.services import Services


def check_session(services: "Services", event: dict[str, Any]) -> None:
    """Refuse tokens to a session that enforcement does not let begin or go on.

    Raises:
        TriggerRefusedError: Single sign-on is required.
    """
    policy = services.policies.of(tenant_of(services, event["request"]["userAttributes"]))
    if not policy.is_enforced:
        return
    match event["triggerSource"]:
        case "TokenGeneration_RefreshTokens":
            _may_go_on(services, event, policy)
        case "TokenGeneration_HostedAuth":
            _may_begin_at_cognito(services, event, policy)
        case _:
            _may_begin(services, event, policy)


def _may_go_on(services: "Services", event: dict[str, Any], policy: TenantPolicy) -> None:
    username = event["userName"]
    if policy.requires_sso(username, services.now()) and not enforcement.is_settled(
        services.identities.sso_since(username), policy.enforced_since
    ):
        raise sso_required(services)


def _may_begin(services: "Services", event: dict[str, Any], policy: TenantPolicy) -> None:
    """Take a ticket that has just been spent, or a password from who is excused.

    Without either it may be a refresh: for GetTokensFromRefreshToken AWS's documentation names
    TokenGeneration_Authentication in one table and TokenGeneration_RefreshTokens in another. A
    password has been refused by PreAuthentication; but not for certain while somebody comes
    through a provider of the pool, since that cannot be told from a password there.
    """
    if _came_through(services, event) in policy.connection_ids:
        return
    is_refresh = event["triggerSource"] == "TokenGeneration_Authentication" and not (
        services.hosted_sign_ins.connection_of(event["userName"], services.now())
    )
    if is_refresh and policy.requires_sso(event["userName"], services.now()):
        _may_go_on(services, event, policy)
    else:
        _excused(services, event, policy)


def _may_begin_at_cognito(
    services: "Services", event: dict[str, Any], policy: TenantPolicy
) -> None:
    """Take who has come through an enforced connection; another provider of the pool is none.

    Who might have used a password because somebody was excused, loses the mark.
    """
    excused = not policy.requires_sso(event["userName"], services.now())
    connection_id = services.hosted_sign_ins.connection_of(event["userName"], services.now())
    if connection_id in policy.connection_ids and not excused:
        tokens = services.tokens_of(event["userPoolId"])
        begin_sso(services, tokens, event["userName"], policy.enforced_since)
    else:
        _excused(services, event, policy)


def _excused(services: "Services", event: dict[str, Any], policy: TenantPolicy) -> None:
    if policy.requires_sso(event["userName"], services.now()):
        raise sso_required(services)
    services.identities.forget_sso(event["userName"])


def _came_through(services: "Services", event: dict[str, Any]) -> str | None:
    """Return the connection whose ticket has just been spent for this user and application.

    clientMetadata is what the caller typed: only a ticket that holds and is spent counts.
    """
    metadata = event["request"].get("clientMetadata") or {}
    ticket = custom_challenge.parse_ticket(metadata.get("ticket"))
    live = ticket and services.codes.look_at(
        ticket,
        username=event["userName"],
        client_id=event["callerContext"]["clientId"],
        now=services.now(),
    )
    return live.connection_id if live and live.is_spent else None
