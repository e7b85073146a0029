"""Begin a sign-in and send the browser to the provider."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response

from authsso.errors import RedirectedError, UnavailableError
from authsso.model import AuthorizationRequest, Connection, ConnectionVersion
from authsso.protocol import authorization_request, rate_limit, sign_in, trace
from authsso.providers import PROFILES
from authsso.web import answers, session_cookies
from authsso.web.cookies import binding_cookies
from authsso.web.entrypoint import log_refusal, log_sign_in, reference_of

if TYPE_CHECKING:
    from authsso.services import Services


def depart(
    services: "Services",
    event: Mapping[str, Any],
    request: AuthorizationRequest,
    connection: Connection,
) -> Response[str]:
    """Begin a sign-in through what is live.

    Raises:
        RedirectedError: Too many of this tenant are under way; or `login_required`, when somebody
            who signed out is to be let in silently.
        UnavailableError: The sign-in could not be kept, so nobody is sent away.
    """
    _limit(services, request, connection.tenant_id)
    version = _live_version(services, connection)
    if session_cookies.is_signed_out(event):
        asks_again = PROFILES[connection.provider].asks_again
        request = authorization_request.asking_again(request, asks_again)
    return send(services, event, request, connection, version, reference=reference_of(event))


def send(  # noqa: PLR0913 - what is begun, for whom, on what
    services: "Services",
    event: Mapping[str, Any],
    request: AuthorizationRequest,
    connection: Connection,
    version: ConnectionVersion,
    *,
    reference: str,
    started_by: str | None = None,
) -> Response[str]:
    """Keep the sign-in, set the cookie that binds it to this browser, and redirect.

    Args:
        services: The world outside.
        event: Of API Gateway.
        request: What the application asked, or what stands for it in a test.
        connection: Where the person is sent.
        version: Of it.
        reference: Short, for people.
        started_by: Administrator who tries this version; None for a real sign-in.

    Raises:
        UnavailableError: The sign-in could not be kept, so nobody is sent away.
    """
    state, binding = services.new_token(), services.new_token()
    started = sign_in.begin(
        request,
        connection,
        version,
        state=state,
        binding=binding,
        reference=reference,
        now=services.now(),
        started_by=started_by,
    )

    services.sign_ins.save(started)
    try:
        services.traces.save(trace.of_sign_in(started))
    except UnavailableError as error:
        log_refusal(error)  # a sign-in never fails because it cannot be written down

    redirect_uri = sign_in.callback_url(
        services.config.base_url,
        connection.connection_id,
        own=PROFILES[connection.provider].has_own_callback,
    )
    location = sign_in.provider_url(
        started, version, state=state, binding=binding, redirect_uri=redirect_uri
    )
    log_sign_in(
        "SentToProvider",
        reference,
        tenant=connection.tenant_id,
        connection=connection.connection_id,
    )
    return answers.redirect(location, binding_cookies(event, started, binding))


def _limit(services: "Services", request: AuthorizationRequest, tenant_id: str) -> None:
    """Let one tenant's flood take no more than its share (F27, E19)."""
    limit = rate_limit.sign_ins(services.config.tenant_sign_ins_per_minute)
    if services.limits.admits(limit, tenant_id):
        return
    raise RedirectedError(
        "too_many_sign_ins",
        tenant_id,
        error="temporarily_unavailable",
        description="too many sign-ins of this organisation at once; try again in a minute",
        redirect_uri=request.redirect_uri,
        state=request.state,
    )


def _live_version(services: "Services", connection: Connection) -> ConnectionVersion:
    version = connection.live and services.connections.version(
        connection.tenant_id, connection.provider, connection.live
    )
    if not version:
        raise UnavailableError("version_missing", f"{connection.connection_id} {connection.live}")
    return version
