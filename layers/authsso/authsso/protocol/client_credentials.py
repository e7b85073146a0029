"""How an application proves itself at our token endpoint (RFC 6749, 2.3.1)."""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from authsso.errors import TokenError
from authsso.model import Application


@dataclass(frozen=True, slots=True)
class Presented:
    """What the caller says it is, not yet believed."""

    client_id: str
    client_secret: str | None = field(repr=False)


def presented(parameters: Mapping[str, str], authorization: str) -> Presented:
    """Read the client id and secret from the header or the form, from one place only.

    Args:
        parameters: The form, each name once.
        authorization: The Authorization header, empty when there is none.

    Raises:
        TokenError: `invalid_client`: a broken header, or credentials in both places.
    """
    if not authorization:
        return Presented(parameters.get("client_id", ""), parameters.get("client_secret"))
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() != "basic" or "client_secret" in parameters:
        raise _invalid("client_authentication_mixed")
    try:
        decoded = base64.b64decode(credentials.strip(), validate=True).decode()
    except ValueError as error:  # neither base64 nor UTF-8
        raise _invalid("client_authentication_malformed") from error
    client_id, colon, secret = decoded.partition(":")
    shown = Presented(unquote_plus(client_id), unquote_plus(secret))
    if not colon or parameters.get("client_id", shown.client_id) != shown.client_id:
        raise _invalid("client_authentication_mixed")
    return shown


def check(shown: Presented, application: Application | None) -> Application:
    """Return the application once it has proven itself; a public one has nothing to prove.

    Raises:
        TokenError: `invalid_client`: unknown, wrong secret, or a secret where none is expected.
    """
    if application is None:
        raise _invalid("unknown_application")
    expected = application.client_secret or ""
    given = shown.client_secret or ""
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise _invalid("client_secret_wrong", application.client_id)
    return application


def _invalid(code: str, detail: str = "") -> TokenError:
    return TokenError(
        code,
        detail,
        error="invalid_client",
        description="the client id or secret is wrong, or sent in more than one way",
        status=401,
    )
