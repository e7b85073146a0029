"""What an application may ask of the logout endpoint: Cognito's two forms, and no open redirect.

With `logout_uri` the person ends at an address that the application has registered for that. With
`redirect_uri` the person signs in again, so it is an authorization request, and the authorization
endpoint judges the rest of it.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from authsso.errors import DisplayedError
from authsso.model import Application, Connection, ConnectionVersion

RETURN_PATH = "/oauth2/logout/done"


def known(application: Application | None) -> Application:
    """Return the application that a request names.

    Raises:
        DisplayedError: There is none.
    """
    if application is None:
        raise DisplayedError("unknown_application", "client_id names no app client of the pool")
    return application


def is_sign_in_again(parameters: Mapping[str, str]) -> bool:
    """Tell the two forms apart; Cognito lets `logout_uri` decide when both are there."""
    return "redirect_uri" in parameters and "logout_uri" not in parameters


def sign_out(parameters: Mapping[str, str], application: Application) -> dict[str, str]:
    """Return what the Cognito domain is asked, to end its session and lead back.

    Args:
        parameters: The query, each name once; all but `logout_uri` is left out.
        application: Of its `client_id`.

    Raises:
        DisplayedError: `logout_uri` is missing, or not registered byte for byte.
    """
    logout_uri = parameters.get("logout_uri", "")
    if logout_uri not in application.logout_uris:
        raise DisplayedError("unregistered_logout_uri", f"client {application.client_id}")
    return {"client_id": application.client_id, "logout_uri": logout_uri}


def sign_in_again(parameters: Mapping[str, str], application: Application) -> dict[str, str]:
    """Return the authorization request that is to follow.

    `prompt` becomes `login`, whatever it was: neither the provider nor Cognito's own page may go
    on with the session of the person who signs out (OpenID Connect Core 1.0, 3.1.2.1).

    Args:
        parameters: The query, each name once.
        application: Of its `client_id`.

    Raises:
        DisplayedError: `redirect_uri` is not registered byte for byte.
    """
    if parameters.get("redirect_uri") not in application.redirect_uris:
        raise DisplayedError("unregistered_redirect_uri", f"client {application.client_id}")
    return {**parameters, "prompt": "login"}


def return_url(base_url: str) -> str:
    """Return the `post_logout_redirect_uri` of all connections, to be registered at providers.

    Args:
        base_url: Our public origin.
    """
    return f"{base_url}{RETURN_PATH}"


def provider_url(
    connection: Connection | None,
    version: ConnectionVersion | None,
    *,
    base_url: str,
    state: str,
) -> str | None:
    """Return where the provider ends its session (OpenID Connect RP-Initiated Logout 1.0, 2).

    There is no `id_token_hint`, since tokens rest nowhere (design.md 6.8): the provider may ask the
    person first, which also keeps a stranger's link from signing anybody out there unasked.

    Args:
        connection: That the browser signed in through, as it stands now.
        version: The live one; its endpoint was held to the pinned hosts when it was saved.
        base_url: Our public origin.
        state: Random; comes back with the browser.

    Returns:
        None when the session at the provider is to go on.
    """
    endpoint = version.metadata.end_session_endpoint if version else None
    if not (connection and connection.enabled and version and version.logout_at_provider):
        return None
    if endpoint is None:
        return None
    query = urlencode(
        {
            "client_id": version.client_id,
            "post_logout_redirect_uri": return_url(base_url),
            "state": state,
        }
    )
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{query}"
