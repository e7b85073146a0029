"""Begin a sign-in and send the browser to the provider."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response

from authsso.errors import RedirectedError, UnavailableError
from authsso.model import AuthorizationRequest, Connection, ConnectionVersion
from authsso.protocol import rate_limit, sign_in
from authsso.providers import PROFILES
from authsso.web import answers
from authsso.web.cookies import binding_cookies
from authsso.web.entrypoint import reference_of

if TYPE_CHECKING:
    from authsso.services import Services


def depart(
    services: "Services",
    event: Mapping[str, Any],
    request: AuthorizationRequest,
    connection: Connection,
) -> Response[str]:
    """Keep the sign-in, set the cookie that binds it to this browser, and redirect.

    Raises:
        RedirectedError: Too many of this tenant are under way.
        UnavailableError: The sign-in could not be kept, so nobody is sent away.
    """
    _limit(services, request, connection.tenant_id)
    version = _live_version(services, connection)
    state, binding = services.new_token(), services.new_token()
    started = sign_in.begin(
        request,
        connection,
        version,
        state=state,
        binding=binding,
        reference=reference_of(event),
        now=services.now(),
    )

    services.sign_ins.save(started)

    redirect_uri = sign_in.callback_url(
        services.config.base_url,
        connection.connection_id,
        own=PROFILES[connection.provider].has_own_callback,
    )
    location = sign_in.provider_url(
        started, version, state=state, binding=binding, redirect_uri=redirect_uri
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
