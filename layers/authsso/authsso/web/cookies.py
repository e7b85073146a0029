"""The cookie that binds a sign-in to the browser which began it.

One cookie a sign-in, so that two tabs do not disturb each other. The name carries a part of the
state's hash, the value is the browser's secret. `http.cookies` is not used: it drops all cookies
after one bad name and lets quotes hide a second one.
"""

import re
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from authsso.model import ResponseMode, SignIn

_PREFIX = "__Host-sign-in-"
_KEPT_AT_MOST = 12
_NAME = re.compile(_PREFIX + "[0-9a-f]{16}")
_VALUE = re.compile(r"[A-Za-z0-9_-]{43}")


def name_of(state_hash: str) -> str:
    """Return the name of the cookie that belongs to a state."""
    return f"{_PREFIX}{state_hash[:16]}"


def binding_cookies(event: Mapping[str, Any], started: SignIn, binding: str) -> list[Cookie]:
    """Return the cookies that begin a sign-in; the oldest ones over a dozen go.

    A form posted by the provider is a cross-site request, so its cookie must be SameSite=None;
    any other is Lax.
    """
    lifetime = started.expires_at - started.started_at
    fresh = _cookie(name_of(started.state_hash), binding, lifetime, started.response_mode)
    # Browsers send the oldest first (RFC 6265, 5.4).
    ours = list(dict.fromkeys(name for name, _ in sent_cookies(event) if _NAME.fullmatch(name)))
    evicted = ours[: max(0, len(ours) - _KEPT_AT_MOST + 1)]
    return [fresh, *(_cookie(name, "", 0, "form_post") for name in evicted)]


def binding_of(event: Mapping[str, Any], state_hash: str) -> str | None:
    """Return this browser's secret for a state.

    Returns:
        None when the cookie is absent, malformed or sent twice: a second one of the same name was
        not set by us.
    """
    name = name_of(state_hash)
    values = [value for sent, value in sent_cookies(event) if sent == name]
    return values[0] if len(values) == 1 and _VALUE.fullmatch(values[0]) else None


def expired(state_hash: str, response_mode: ResponseMode) -> Cookie:
    """Return the cookie that removes a sign-in's cookie, with the same attributes."""
    return _cookie(name_of(state_hash), "", 0, response_mode)


def _cookie(name: str, value: str, max_age: int, response_mode: ResponseMode) -> Cookie:
    same_site = SameSite.NONE_MODE if response_mode == "form_post" else SameSite.LAX_MODE
    return host_cookie(name, value, max_age, same_site)


def host_cookie(
    name: str, value: str, max_age: int, same_site: SameSite = SameSite.LAX_MODE
) -> Cookie:
    """Return a cookie for this host alone and out of reach of scripts (RFC 6265bis, 4.1.3.2).

    Args:
        name: Begins with `__Host-`.
        value: Empty to remove it.
        max_age: Seconds; 0 to remove it.
        same_site: Lax, unless other sites must post to us with it: applications and providers lead
            people here from their own sites, by a link or a redirect.
    """
    return Cookie(
        name,
        value,
        path="/",
        secure=True,
        http_only=True,
        max_age=max_age,
        same_site=same_site,
    )


def sent_cookies(event: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return names and values byte for byte, of `cookies` (payload 2.0) or of the header."""
    listed = event.get("cookies")
    parts = listed or str((event.get("headers") or {}).get("cookie", "")).split(";")
    pairs = (part.strip(" ").partition("=") for part in parts)
    return [(name, value) for name, equals, value in pairs if equals]
