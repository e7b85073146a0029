"""What a browser remembers of being signed in: through which connection, or that it signed out.

Two cookies, and no secret in either. `__Host-session` names the connection of the last sign-in,
since nothing else tells /logout whose provider's session to end; after signing out it says just
that, so that the next sign-in asks who somebody is. `__Host-signing-out` keeps where a sign-out
leads to while the browser is at the provider.
"""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aws_lambda_powertools.shared.cookies import Cookie

from authsso.web.cookies import host_cookie, sent_cookies

SESSION: Final = "__Host-session"
SIGNING_OUT: Final = "__Host-signing-out"
# As long as Cognito's refresh tokens last when an app client says nothing.
_KEPT_SECONDS = 30 * 24 * 3600
_SIGNING_OUT_SECONDS = 600
_SIGNED_OUT = "signed-out"
_CONNECTION_ID = re.compile(r"[a-z2-7]{26}")
_WAY_BACK = re.compile(
    r"(?P<state>[A-Za-z0-9_-]{43})\.(?P<client_id>[A-Za-z0-9]{1,128})\."
    r"(?P<logout_uri>[A-Za-z0-9_-]{1,2048})"
)


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where somebody goes on to after the provider; to be judged once more before it is used.

    Args:
        client_id: The application that asked to sign out.
        logout_uri: One of its sign-out URLs when it asked.
    """

    client_id: str
    logout_uri: str


def signed_in(connection_id: str) -> Cookie:
    """Return the cookie that a sign-in leaves."""
    return host_cookie(SESSION, connection_id, _KEPT_SECONDS)


def signed_out() -> Cookie:
    """Return the cookie that a sign-out leaves."""
    return host_cookie(SESSION, _SIGNED_OUT, _KEPT_SECONDS)


def connection_of(event: Mapping[str, Any]) -> str | None:
    """Return the connection that this browser signed in through.

    Returns:
        None when it did not, signed out again, or sent what is not of our making.
    """
    value = _only(event, SESSION)
    return value if _CONNECTION_ID.fullmatch(value) else None


def is_signed_out(event: Mapping[str, Any]) -> bool:
    """Tell whether whoever used this browser last has signed out."""
    return _only(event, SESSION) == _SIGNED_OUT


def signing_out(way_back: WayBack, state: str) -> Cookie:
    """Return the cookie that keeps the way back, bound to the `state` sent to the provider."""
    encoded = urlsafe_b64encode(way_back.logout_uri.encode()).rstrip(b"=").decode()
    value = f"{state}.{way_back.client_id}.{encoded}"
    return host_cookie(SIGNING_OUT, value, _SIGNING_OUT_SECONDS)


def way_back(event: Mapping[str, Any], state: str) -> WayBack | None:
    """Return where this browser goes on to.

    Args:
        event: Of API Gateway.
        state: As the provider gave it back.

    Returns:
        None when the state is not the one that this browser left with.
    """
    found = _WAY_BACK.fullmatch(_only(event, SIGNING_OUT))
    if found is None or not hmac.compare_digest(found["state"].encode(), state.encode()):
        return None
    encoded = found["logout_uri"]
    try:
        logout_uri = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except ValueError:
        return None
    return WayBack(found["client_id"], logout_uri)


def arrived() -> Cookie:
    """Return the cookie that removes the way back, with the same attributes."""
    return host_cookie(SIGNING_OUT, "", 0)


def _only(event: Mapping[str, Any], wanted: str) -> str:
    """Read a cookie; one that comes twice was not set by us."""
    values = [value for name, value in sent_cookies(event) if name == wanted]
    return values[0] if len(values) == 1 else ""
