"""Which triggers of a user pool fire, and with what."""

import json

from ministack.services import cognito

from emulator import trigger
from emulator.repair import Foreign, Function, replaces
from emulator.trigger import Occasion, Pool, TriggerRefusedError

Request = dict[str, Foreign]
Answer = tuple[int, Foreign, bytes]


def pre_authentication(
    pool: Pool, client_id: str, username: str, validation_data: dict[str, str] | None
) -> None:
    """Ask the PreAuthentication trigger about someone who is about to sign in."""
    user, _ = cognito._resolve_user(pool, username)
    if user is None and not cognito._hides_user_existence(pool, client_id):
        return
    request: Request = {
        "userAttributes": trigger.attributes_of(user),
        "validationData": validation_data or {},
    }
    if user is None:
        request["userNotFound"] = True
    trigger.call(
        pool,
        Occasion(
            "PreAuthentication",
            "PreAuthentication_Authentication",
            client_id,
            user["Username"] if user else username,
        ),
        request,
    )


def post_authentication(pool: Pool, client_id: str, username: str) -> None:
    """Tell the PostAuthentication trigger who has signed in."""
    user, _ = cognito._resolve_user(pool, username)
    trigger.call(
        pool,
        Occasion("PostAuthentication", "PostAuthentication_Authentication", client_id, username),
        {"userAttributes": trigger.attributes_of(user), "newDeviceUsed": False},
    )


def _pool_of(data: Request) -> Pool | None:
    if pool_id := data.get("UserPoolId"):
        pool: Pool | None = cognito._user_pools.get(pool_id)
        return pool
    found: Pool | None = cognito._pool_for_client(data.get("ClientId"))[0]
    return found


def _and_tell(pool: Pool | None, client_id: str, answer: Answer) -> Answer:
    if pool is not None and answer[0] == 200:
        tokens = json.loads(answer[2]).get("AuthenticationResult")
        if tokens:
            username = cognito._token_claims(tokens["AccessToken"]).get("username", "")
            post_authentication(pool, client_id, username)
    return answer


def _begin(initiate: Function, data: Request) -> Answer:
    flow = str(data.get("AuthFlow", ""))
    pool, client_id = _pool_of(data), str(data.get("ClientId", ""))
    if flow.startswith("REFRESH") or pool is None:
        answer: Answer = initiate(data)
        return answer
    username = (data.get("AuthParameters") or {}).get("USERNAME", "")
    pre_authentication(pool, client_id, username, data.get("ClientMetadata"))
    # DefineAuthChallenge and CreateAuthChallenge get the metadata of the answer to a challenge,
    # never that of the beginning, which only PreAuthentication sees.
    return _and_tell(
        pool,
        client_id,
        initiate({name: value for name, value in data.items() if name != "ClientMetadata"}),
    )


@replaces(cognito, "_admin_initiate_auth")
def an_administrators_sign_in_begins(initiate: Function, data: Request) -> Answer:
    """Pre- and PostAuthentication never fire; Define and Create get metadata they should not."""
    return _begin(initiate, data)


@replaces(cognito, "_initiate_auth")
def a_sign_in_begins(initiate: Function, data: Request) -> Answer:
    """As above, for the call that needs no credentials."""
    return _begin(initiate, data)


@replaces(cognito, "_admin_respond_to_auth_challenge")
def an_administrators_sign_in_goes_on(respond: Function, data: Request) -> Answer:
    """PostAuthentication never fires after a challenge, such as custom authentication or SRP."""
    return _and_tell(_pool_of(data), str(data.get("ClientId", "")), respond(data))


@replaces(cognito, "_respond_to_auth_challenge")
def a_sign_in_goes_on(respond: Function, data: Request) -> Answer:
    """As above, for the call that needs no credentials."""
    return _and_tell(_pool_of(data), str(data.get("ClientId", "")), respond(data))


@replaces(cognito, "_admin_create_user")
def an_administrator_creates_a_user(create: Function, data: Request) -> Answer:
    """PreSignUp does not fire when a user is made by AdminCreateUser."""
    pool = _pool_of(data)
    exists = pool is not None and data.get("Username") in pool["_users"]
    if pool is not None and not exists and data.get("MessageAction") != "RESEND":
        trigger.call(
            pool,
            Occasion(
                "PreSignUp",
                "PreSignUp_AdminCreateUser",
                "CLIENT_ID_NOT_APPLICABLE",
                str(data.get("Username", "")),
            ),
            {
                "userAttributes": cognito._attr_list_to_dict(data.get("UserAttributes") or []),
                "validationData": cognito._attr_list_to_dict(data.get("ValidationData") or []),
                "clientMetadata": data.get("ClientMetadata") or {},
            },
        )
    answer: Answer = create(data)
    return answer


@replaces(cognito, "_run_idp_handler")
def refusals_of_triggers(run: Function, handler: Function, action: str, data: Request) -> Answer:
    """A trigger's refusal is answered InternalError, not UserLambdaValidationException."""
    try:
        answer: Answer = run(handler, action, data)
    except TriggerRefusedError as error:
        answer = cognito.error_response_json("UserLambdaValidationException", str(error), 400)
    return answer
