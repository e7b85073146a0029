"""The organisation that somebody signed in with last in this browser, so that a click is enough.

Set when a sign-in has succeeded, never by a request that only names an organisation: a link from
a stranger must not put theirs on the page. It holds the connection's id and the domain of the
e-mail address, for the eye; never an address or anything else of the person. It proves nothing:
whoever clicks signs in at the provider as anybody else does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aws_lambda_powertools.shared.cookies import Cookie

from authsso.protocol import email_address
from authsso.web.cookies import host_cookie, sent_cookies

NAME: Final = "__Host-organisation"
KEPT_SECONDS: Final = 90 * 24 * 3600
_VALUE = re.compile(r"(?P<connection_id>[a-z2-7]{26})(?:\.(?P<domain>[a-z0-9.-]{1,253}))?")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the cookie says; both to be checked before they mean anything.

    Args:
        connection_id: The connection of the last sign-in.
        domain: Of the person's e-mail address, None when there was none.
    """

    connection_id: str
    domain: str | None


def remembered(connection_id: str, email: str | None) -> Cookie:
    """Return the cookie that a successful sign-in leaves.

    Args:
        connection_id: That the person came through.
        email: Normalised; all but its domain is left out.
    """
    value = f"{connection_id}.{email_address.domain(email)}" if email else connection_id
    return host_cookie(NAME, value, KEPT_SECONDS)


def forgotten() -> Cookie:
    """Return the cookie that removes it, with the same attributes."""
    return host_cookie(NAME, "", 0)


def recall(event: Mapping[str, Any]) -> Remembered | None:
    """Return what this browser remembers.

    Returns:
        None when there is nothing, or nothing of our making: it is malformed or comes twice.
    """
    values = [value for name, value in sent_cookies(event) if name == NAME]
    match = _VALUE.fullmatch(values[0]) if len(values) == 1 else None
    return match and Remembered(match["connection_id"], match["domain"])
