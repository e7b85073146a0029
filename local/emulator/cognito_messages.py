"""Which messages of a user pool ask the CustomMessage trigger first."""

from ministack.services import cognito

from emulator import trigger
from emulator.repair import Foreign, Function, replaces
from emulator.trigger import Occasion

Request = dict[str, Foreign]


def _ask(data: Request, source: str) -> None:
    client_id = str(data.get("ClientId", ""))
    pool = cognito._pool_for_client(client_id)[0]
    user = cognito._resolve_user(pool, data.get("Username"))[0] if pool else None
    if pool is None or user is None:
        return
    trigger.call(
        pool,
        Occasion("CustomMessage", source, client_id, user["Username"]),
        {
            "userAttributes": trigger.attributes_of(user),
            "codeParameter": "{####}",
            "usernameParameter": None,
            "clientMetadata": data.get("ClientMetadata") or {},
        },
    )


@replaces(cognito, "_forgot_password")
def a_code_for_a_forgotten_password(send: Function, data: Request) -> Foreign:
    """CustomMessage does not fire for the code that resets a password."""
    _ask(data, "CustomMessage_ForgotPassword")
    return send(data)


@replaces(cognito, "_resend_confirmation_code")
def a_code_once_more(send: Function, data: Request) -> Foreign:
    """As above, for a code that confirms a sign-up."""
    _ask(data, "CustomMessage_ResendCode")
    return send(data)
