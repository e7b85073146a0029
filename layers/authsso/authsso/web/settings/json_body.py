"""The only bodies that are taken: one strict JSON object, small, and sent as JSON.

A form or plain text can be sent by any page without asking first; JSON cannot (F29).
"""

from collections.abc import Mapping
from typing import Any

from authsso.errors import SettingsError
from authsso.protocol.bounded_json import MalformedJsonError, parse_object
from authsso.web.parameters import MalformedRequestError, body

LARGEST = 32 * 1024
_WITH_BODY = frozenset({"PUT", "PATCH", "POST"})


def check(event: Mapping[str, Any]) -> None:
    """Look at what a body says it is, before it is parsed. No body at all says nothing.

    Raises:
        SettingsError: 415 `json_required`, 413 `body_too_large` or 400 `json_malformed`.
    """
    if event.get("requestContext", {}).get("http", {}).get("method") not in _WITH_BODY:
        return
    if not event.get("body") and "content-type" not in (event.get("headers") or {}):
        return
    content_type = str((event.get("headers") or {}).get("content-type", ""))
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise SettingsError(
            "json_required", status=415, title="Send the settings as application/json."
        )
    # base64, which API Gateway may have made of it, takes four characters for three bytes.
    if len(event.get("body") or "") > LARGEST * 4 // 3 + 4:
        raise too_large()
    try:
        body(event, 2 * LARGEST)  # counted above, and once more where it is parsed
    except MalformedRequestError as error:
        raise malformed(error) from error


def parse(text: str) -> dict[str, object]:
    """Parse a body, strictly.

    Raises:
        SettingsError: 413 `body_too_large` or 400 `json_malformed`.
    """
    data = text.encode(errors="surrogatepass")
    if len(data) > LARGEST:
        raise too_large()
    try:
        return parse_object(data, limit=LARGEST)
    except MalformedJsonError as error:
        raise malformed(error) from error


def malformed(why: Exception) -> SettingsError:
    """Build the refusal of a body that is not one strict JSON object."""
    return SettingsError(
        "json_malformed", str(why), status=400, title="The body is not one JSON object in UTF-8."
    )


def too_large() -> SettingsError:
    """Build the refusal of a body that is too large (G21)."""
    return SettingsError("body_too_large", status=413, title="The body is larger than 32 KB.")
