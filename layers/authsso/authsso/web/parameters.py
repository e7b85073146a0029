"""What a browser or an application sent: each name once, from the one place its method reads.

HTTP APIs join repeated query parameters with commas, so the raw query is read; OAuth forbids
repeats (RFC 6749, 3.1).
"""

import base64
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

_LARGEST_QUERY = 16 * 1024
_LARGEST_FORM = 64 * 1024
_MOST_FIELDS = 50
_ENCODED = re.compile(r"([\x21-\x24\x26-\x7e]|%[0-9A-Fa-f]{2})*")
_FORM = "application/x-www-form-urlencoded"


class MalformedRequestError(ValueError):
    """The request is not what any honest client sends; the text says why."""


def query(event: Mapping[str, Any]) -> dict[str, str]:
    """Return the query parameters of an HTTP API event (payload format 2.0).

    Raises:
        MalformedRequestError: Too long, not UTF-8, a name comes twice, or there is a body.
    """
    if event.get("body"):
        raise MalformedRequestError("a request for a page has no body")
    return _pairs(event.get("rawQueryString") or "", _LARGEST_QUERY)


def form(event: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a posted form; a POST has no query.

    Raises:
        MalformedRequestError: Not a form, too long, not UTF-8, a name comes twice, or the address
            carries parameters as well.
    """
    if event.get("rawQueryString"):
        raise MalformedRequestError("a form may not have a query beside it")
    if header(event, "content-type").split(";")[0].strip().lower() != _FORM:
        raise MalformedRequestError(f"the content type must be {_FORM}")
    return _pairs(body(event, _LARGEST_FORM), _LARGEST_FORM)


def body(event: Mapping[str, Any], largest: int) -> str:
    """Return the body as text.

    Raises:
        MalformedRequestError: More than `largest` bytes, or not UTF-8.
    """
    text = event.get("body") or ""
    if len(text) > largest * 2:
        raise MalformedRequestError("the body is too large")
    try:
        data = base64.b64decode(text, validate=True) if event.get("isBase64Encoded") else text
        decoded = data.decode() if isinstance(data, bytes) else data
    except ValueError as error:
        raise MalformedRequestError("the body is not UTF-8 text") from error
    if len(decoded) > largest:
        raise MalformedRequestError("the body is too large")
    return decoded


def header(event: Mapping[str, Any], name: str) -> str:
    """Return a request header, empty when it is absent; HTTP APIs lower-case the names."""
    return str((event.get("headers") or {}).get(name, ""))


def _pairs(text: str, largest: int) -> dict[str, str]:
    if len(text) > largest:
        raise MalformedRequestError("the request is too long")
    if not _ENCODED.fullmatch(text):
        raise MalformedRequestError("the parameters are not well encoded")
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise MalformedRequestError("the parameters are not well encoded") from error
    parameters = dict(pairs)
    if len(parameters) != len(pairs):
        raise MalformedRequestError("a parameter comes twice")
    if any("\x00" in name or "\x00" in value for name, value in pairs):
        raise MalformedRequestError("a parameter holds a NUL")
    return parameters
