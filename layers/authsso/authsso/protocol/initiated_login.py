"""Where a tile in somebody's portal leads (OpenID Connect Core 1.0, 4).

Always to an address of the deployment's own configuration: the application begins the sign-in
there, because clients such as Amplify ignore a code that nobody asked for. What the third party
sends goes along as hints, if it can do no harm; a malformed hint is left out, since a person who
clicks on a tile cannot mend it.
"""

import re
from collections.abc import Mapping

from authsso.errors import ProviderError
from authsso.protocol import outbound_url
from authsso.protocol.authorization_request import LONGEST_HINT

_PERSON_OR_PLACE = ("login_hint", "idp_identifier", "identity_provider")
_LONGEST_TARGET = 2048
# A backslash is a slash to browsers, and blanks and controls are dropped by them.
_PLAIN_URL = re.compile(r"[\x21-\x5b\x5d-\x7e]+")
_ORIGIN = re.compile(r"https?://[^/?]+")


def start_url(addresses: Mapping[str, str], client_id: str) -> str | None:
    """Return the address at which an application begins a sign-in.

    Args:
        addresses: Client id -> start address; the one under "" is for all that have none.
        client_id: What the link names, empty when it names none.

    Returns:
        None when no address is configured, or several and none of them is meant.
    """
    if client_id in addresses:
        return addresses[client_id]
    if len(addresses) == 1:
        return next(iter(addresses.values()))
    return addresses.get("")


def hints(parameters: Mapping[str, str], start: str, *, loopback_allowed: bool) -> dict[str, str]:
    """Return what the application is told of the request.

    Args:
        parameters: The query, each name once.
        start: Where the browser is sent; `target_link_uri` must be of the same origin, so that an
            application which trusts it is no open redirector.
        loopback_allowed: The local stack only: issuers on this machine.
    """
    told = {
        name: value
        for name in _PERSON_OR_PLACE
        if 0 < len(value := parameters.get(name, "")) <= LONGEST_HINT and value.isprintable()
    }
    if _is_issuer(issuer := parameters.get("iss", ""), loopback_allowed=loopback_allowed):
        told["iss"] = issuer
    if _is_of_same_origin(target := parameters.get("target_link_uri", ""), start):
        told["target_link_uri"] = target
    return told


def _is_issuer(text: str, *, loopback_allowed: bool) -> bool:
    """Tell whether a text has the form of an issuer; nothing is fetched from it."""
    try:
        return not outbound_url.check(text, loopback_allowed=loopback_allowed).has_query
    except ProviderError:
        return False


def _is_of_same_origin(target: str, start: str) -> bool:
    origin = _ORIGIN.match(start)
    return (
        origin is not None
        and len(target) <= _LONGEST_TARGET
        and _PLAIN_URL.fullmatch(target) is not None
        # The slash ends the authority: nothing behind it can name another host.
        and target.startswith(f"{origin[0]}/")
    )
