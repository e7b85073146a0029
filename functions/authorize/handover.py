"""On to the Cognito domain, with what the application asked: passwords, the pool's providers."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from authsso.config import Config
from authsso.errors import RedirectedError
from authsso.model import Application, AuthorizationRequest, Connection

# The page's own parameter: this browser is to remember no organisation.
FORGET: Final = "forget_organisation"
NAMES: Final = ("identity_provider", "idp_identifier")
# What Cognito calls the pool's own users.
PASSWORDS: Final = "COGNITO"


def cognito_url(config: Config, parameters: Mapping[str, str], identity_provider: str) -> str:
    """Return the address at the Cognito domain; nobody is left to choose a provider there.

    Args:
        config: Of the deployment.
        parameters: Of the request.
        identity_provider: Of the pool.
    """
    query = urlencode({**without(parameters, *NAMES), "identity_provider": identity_provider})
    return f"{config.cognito_domain_url}/oauth2/authorize?{query}"


def provider_at_cognito(
    request: AuthorizationRequest, application: Application | None, connection: Connection
) -> str:
    """Name the provider of the pool through which the people of a connection still come.

    Args:
        request: Of the application.
        application: The one that asks.
        connection: Imported, and not moved.

    Raises:
        RedirectedError: `provider_not_offered`: Cognito would refuse it to this application.
    """
    name = connection.imported_from or ""
    if application and name in application.identity_providers:
        return name
    raise RedirectedError(
        "provider_not_offered",
        f"{request.client_id} {name}",
        error="unauthorized_client",
        description="the app client does not offer the user pool's provider of this organisation",
        redirect_uri=request.redirect_uri,
        state=request.state,
    )


def without(parameters: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return the parameters but for some, and for our own."""
    return {n: v for n, v in parameters.items() if n not in (*names, FORGET)}
