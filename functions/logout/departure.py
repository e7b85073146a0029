"""Whether the provider is to end its session as well, and where."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from authsso.errors import UnavailableError
from authsso.protocol import logout_request
from authsso.web import session_cookies
from authsso.web.entrypoint import log_refusal

if TYPE_CHECKING:
    from authsso.services import Services


def provider_url(services: "Services", event: Mapping[str, Any], state: str) -> str | None:
    """Return the provider's address that ends its session.

    Signing out here must not fail because our table does: the session at the provider then goes
    on, and the next sign-in asks.

    Args:
        services: The world outside.
        event: Of API Gateway; its cookie names the connection.
        state: Random; comes back with the browser.

    Returns:
        None when that session is to go on.
    """
    connection_id = session_cookies.connection_of(event)
    try:
        key = services.connections.by_connection_id(connection_id) if connection_id else None
        if key is None:
            return None
        connection = services.connections.connection(*key)
        live = connection and connection.live
        version = services.connections.version(*key, live) if live else None
    except UnavailableError as error:
        log_refusal(error)
        return None
    return logout_request.provider_url(
        connection, version, base_url=services.config.base_url, state=state
    )
