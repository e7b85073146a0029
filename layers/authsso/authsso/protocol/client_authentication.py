"""How the token endpoint is shown our client secret (RFC 6749, 2.3.1; OpenID Connect Core, 9)."""

import base64
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from authsso.model import ClientAuthentication, ProviderMetadata


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """Headers and form of one request; both may hold the secret."""

    headers: dict[str, str] = field(repr=False)
    form: dict[str, str] = field(repr=False)


def choose(metadata: ProviderMetadata) -> ClientAuthentication:
    """Pick the method for a connection whose administrator named none.

    `client_secret_post` where it is offered: a form has one spelling, while many servers forget
    that Basic credentials are form-encoded first and refuse secrets with `+`, `/` or `%`. It is
    also what Cognito and Entra's own libraries send. Basic remains the default of a provider
    that says nothing (Discovery, 3).
    """
    if "client_secret_post" in metadata.client_authentication:
        return "client_secret_post"
    return "client_secret_basic"


def code_grant(*, provider_code: str, redirect_uri: str, code_verifier: str) -> dict[str, str]:
    """Spell the form that redeems the provider's code, and not a field more.

    Args:
        provider_code: From the callback.
        redirect_uri: The same as in the authorization request (RFC 6749, 4.1.3).
        code_verifier: RFC 7636, 4.5.
    """
    return {
        "grant_type": "authorization_code",
        "code": provider_code,
        "redirect_uri": redirect_uri,
        "code_verifier": code_verifier,
    }


def authenticate(
    form: dict[str, str],
    client_authentication: ClientAuthentication,
    *,
    client_id: str,
    client_secret: str,
) -> TokenRequest:
    """Add the client's credentials by one method; never by both (RFC 6749, 2.3).

    Args:
        form: The grant.
        client_authentication: The connection's method.
        client_id: Ours at the provider.
        client_secret: As it was saved, byte for byte.
    """
    if client_authentication == "client_secret_basic":
        return TokenRequest({"Authorization": _basic(client_id, client_secret)}, form)
    return TokenRequest({}, form | {"client_id": client_id, "client_secret": client_secret})


def _basic(client_id: str, client_secret: str) -> str:
    """Spell the Basic credentials: form-urlencoded each, then base64 (RFC 6749, 2.3.1)."""
    credentials = f"{quote_plus(client_id)}:{quote_plus(client_secret)}"
    return "Basic " + base64.b64encode(credentials.encode()).decode()
