"""How a user pool makes tokens."""

import json
from contextvars import ContextVar

from ministack.services import cognito, lambda_svc

from emulator import trigger
from emulator.repair import Foreign, Function, replaces
from emulator.trigger import TriggerRefusedError

# What PreTokenGeneration answered while one set of tokens is being made.
_answered: ContextVar[dict[str, Foreign] | None] = ContextVar("_answered", default=None)
# ClientMetadata of the request that is being answered, where ministack drops it.
_metadata: ContextVar[dict[str, str] | None] = ContextVar("_metadata", default=None)
# When each session began, by its origin_jti.
_began_at: dict[str, int] = {}


def _as_one_set(make: Function, *arguments: Foreign, **named: Foreign) -> Foreign:
    if _answered.get() is not None:
        return make(*arguments, **named)
    mark = _answered.set({})
    try:
        return make(*arguments, **named)
    finally:
        _answered.reset(mark)


@replaces(cognito, "_build_auth_result")
def one_trigger_call_for_one_set(build: Function, *arguments: Foreign, **named: Foreign) -> Foreign:
    """PreTokenGeneration is called once for the ID token and once more for the access token."""
    if named.get("client_metadata") is None:
        named["client_metadata"] = _metadata.get()
    return _as_one_set(build, *arguments, **named)


@replaces(cognito, "_oauth2_token")
def one_trigger_call_at_the_token_endpoint(
    answer: Function, *arguments: Foreign, **named: Foreign
) -> Foreign:
    """As above, at the pool domain's token endpoint; a refusal is an invalid grant there."""
    try:
        return _as_one_set(answer, *arguments, **named)
    except TriggerRefusedError as error:
        body = {"error": "invalid_grant", "error_description": str(error)}
        return 400, {"Content-Type": "application/json"}, json.dumps(body).encode()


@replaces(lambda_svc, "_execute_function_with_config_scope")
def ask_once(execute: Function, function: Foreign, event: Foreign) -> Foreign:
    """The one place where PreTokenGeneration is called; its failure must refuse the tokens."""
    source = event.get("triggerSource", "") if isinstance(event, dict) else ""
    if not source.startswith("TokenGeneration_"):
        return execute(function, event)
    answered = _answered.get()
    if answered is not None and source in answered:
        return answered[source]
    result = execute(function, event)
    if result.get("error"):
        raise trigger.refusal("PreTokenGeneration", result.get("body"))
    if answered is not None:
        answered[source] = result
    return result


@replaces(cognito, "_extract_trigger_response")
def groups_of_both_tokens(extract: Function, payload: Foreign) -> Foreign:
    """Version 2 has groupOverrideDetails beside the tokens' sections; ministack looks inside."""
    response = extract(payload)
    details = (response or {}).get("claimsAndScopeOverrideDetails")
    if isinstance(details, dict) and details.get("groupOverrideDetails"):
        for section in ("idTokenGeneration", "accessTokenGeneration"):
            details[section] = details.get(section) or {}
            details[section].setdefault("groupOverrideDetails", details["groupOverrideDetails"])
    return response


@replaces(cognito, "_get_tokens_from_refresh_token")
def metadata_of_a_refresh(refresh: Function, data: dict[str, Foreign]) -> Foreign:
    """ClientMetadata of GetTokensFromRefreshToken does not reach the trigger."""
    mark = _metadata.set(data.get("ClientMetadata"))
    try:
        return refresh(data)
    finally:
        _metadata.reset(mark)


@replaces(cognito, "_signed_jwt")
def a_refresh_keeps_the_time_of_sign_in(
    sign: Function, claims: dict[str, Foreign], *arguments: Foreign, **named: Foreign
) -> Foreign:
    """`auth_time` starts anew at each refresh, which would make every session a fresh sign-in."""
    session = claims.get("origin_jti")
    if isinstance(session, str) and "auth_time" in claims:
        claims["auth_time"] = _began_at.setdefault(session, claims["auth_time"])
    return sign(claims, *arguments, **named)


@replaces(cognito, "_fake_token")
def hosted_refresh_knows_the_user(make: Function, *arguments: Foreign, **named: Foreign) -> Foreign:
    """A refresh at the token endpoint asks the trigger without the user's attributes and groups."""
    if named.get("trigger_source") == "TokenGeneration_RefreshTokens":
        pool = cognito._get_pool_unscoped(arguments[1]) or {}
        user = pool.get("_users", {}).get(named.get("username"))
        if user is not None:
            if named.get("user_attrs") is None:
                named["user_attrs"] = cognito._attr_list_to_dict(user.get("Attributes", []))
            if named.get("groups") is None:
                named["groups"] = user.get("_groups", [])
    return make(*arguments, **named)
