"""The pool domain's own pages, on one machine."""

from contextvars import ContextVar
from urllib.parse import parse_qs

from ministack import app
from ministack.core.concurrency import run_reentrant
from ministack.services import cognito

from emulator import cognito_triggers
from emulator.repair import Foreign, Function, replaces
from emulator.trigger import Pool, TriggerRefusedError

_client_id: ContextVar[str] = ContextVar("_client_id", default="")
_pool_id: ContextVar[str] = ContextVar("_pool_id", default="")


@replaces(cognito, "handle_oauth2_authorize")
def the_pools_own_users(
    authorize: Function, method: str, path: str, headers: Foreign, query: dict[str, list[str]]
) -> Foreign:
    """`identity_provider=COGNITO` names the pool's own users; ministack looks for a provider."""
    if query.get("identity_provider") == ["COGNITO"]:
        query = {name: value for name, value in query.items() if name != "identity_provider"}
    return authorize(method, path, headers, query)


@replaces(cognito, "_apply_inbound_federation_trigger")
def whose_federated_sign_in_it_is(
    apply: Function, pool_id: str, client_id: str, *rest: Foreign
) -> Foreign:
    """Keep the application for PreAuthentication, which is called below."""
    _client_id.set(client_id)
    _pool_id.set(pool_id)
    return apply(pool_id, client_id, *rest)


@replaces(cognito, "_merge_federated_attrs")
def somebody_known_comes_from_a_provider(
    merge: Function, user: dict[str, Foreign], *rest: Foreign
) -> Foreign:
    """PreAuthentication does not fire for people of a provider; AWS spares the first time alone."""
    sub = merge(user, *rest)
    pool = cognito._user_pools[_pool_id.get()]
    cognito_triggers.pre_authentication(pool, _client_id.get(), user["Username"], None)
    return sub


@replaces(cognito, "_oauth2_idp_response")
def refused_at_the_pools_callback(respond: Function, *arguments: Foreign) -> Foreign:
    """The refusal of that trigger must end the sign-in, not the server."""
    try:
        return respond(*arguments)
    except TriggerRefusedError as refused:
        return cognito.error_response_json("UserLambdaValidationException", str(refused), 400)


def _is_sign_in_form(method: str, path: str) -> bool:
    return method == "POST" and path in {"/oauth2/login", "/login"}


@replaces(app, "_handle_cognito_body_request")
async def a_page_may_call_triggers(
    handle: Function, method: str, path: str, headers: dict[str, str], *rest: Foreign
) -> Foreign:
    """The sign-in form is answered on the event loop, where a trigger could not call back."""
    for_the_pool = app._resolve_custom_domain_request(headers.get("host", ""), path) is None
    if for_the_pool and _is_sign_in_form(method, path):
        submit = cognito.handle_login_submit
        return await run_reentrant(submit, method, path, headers, *rest)
    return await handle(method, path, headers, *rest)


@replaces(cognito, "handle_login_submit")
def whose_form_it_is(
    submit: Function, method: str, path: str, headers: Foreign, body: bytes, *rest: Foreign
) -> Foreign:
    """Keep the application for the triggers, which the form's checks below do not know."""
    form = parse_qs(body.decode("utf-8", errors="replace"))
    client_id = form.get("client_id", [""])[0]
    if not client_id:
        waiting = cognito._pending_user_auth.get(form.get("ua_token", [""])[0]) or {}
        client_id = waiting.get("client_id", "")
    mark = _client_id.set(client_id)
    try:
        return submit(method, path, headers, body, *rest)
    finally:
        _client_id.reset(mark)


@replaces(cognito, "_authenticate_hosted_ui_user")
def password_on_the_pools_page(
    authenticate: Function, pool: Pool, username: str, password: str
) -> tuple[Foreign, str]:
    """Pre- and PostAuthentication do not fire for a password typed on the pool's page."""
    try:
        cognito_triggers.pre_authentication(pool, _client_id.get(), username, None)
        user, error = authenticate(pool, username, password)
        if not error:
            cognito_triggers.post_authentication(pool, _client_id.get(), user["Username"])
    except TriggerRefusedError as refused:
        return None, str(refused)
    return user, error
