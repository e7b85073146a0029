"""How a trigger of a user pool is called, and how its refusal travels back to the caller."""

import json
from dataclasses import dataclass

from ministack.services import cognito, lambda_svc

from emulator.repair import Foreign

Pool = dict[str, Foreign]


class TriggerRefusedError(Exception):
    """A trigger raised an error; AWS answers UserLambdaValidationException."""


def refusal(trigger: str, body: Foreign) -> TriggerRefusedError:
    """The error in AWS's words: the trigger's name, then what the function raised."""
    if isinstance(body, str | bytes):
        body = json.loads(body)
    message = body.get("errorMessage", "") if isinstance(body, dict) else str(body)
    return TriggerRefusedError(f"{trigger} failed with error {message}.")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which trigger is called, on behalf of whom."""

    trigger: str
    source: str
    client_id: str
    username: str


def call(pool: Pool, occasion: Occasion, request: dict[str, Foreign]) -> dict[str, Foreign]:
    """Call the pool's trigger, if it has one, and return its response.

    Raises:
        TriggerRefusedError: The function raised an error.
    """
    arn = (pool.get("LambdaConfig") or {}).get(occasion.trigger)
    if not arn:
        return {}
    event = {
        "version": "1",
        "triggerSource": occasion.source,
        "region": cognito._pool_region(pool["Id"]),
        "userPoolId": pool["Id"],
        "userName": occasion.username,
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": occasion.client_id,
        },
        "request": request,
        "response": {},
    }
    record, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if record is None or config is None:
        raise TriggerRefusedError(f"{occasion.trigger} names a function that does not exist.")
    function = lambda_svc._execution_record_for_config(record, config)
    result = lambda_svc._execute_function_with_config_scope(function, event)
    if result.get("error"):
        raise refusal(occasion.trigger, result.get("body"))
    return cognito._extract_trigger_response(result.get("body")) or {}


def attributes_of(user: dict[str, Foreign] | None) -> dict[str, str]:
    """The user's attributes as triggers see them, status included."""
    if user is None:
        return {}
    attributes = cognito._attr_list_to_dict(user.get("Attributes", []))
    return {**attributes, "cognito:user_status": user.get("UserStatus", "")}
