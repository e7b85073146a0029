"""In which language an answer to this request is written."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from authsso.texts.catalogue import Texts, accepted, choose
from authsso.web.parameters import MalformedRequestError, header, query


def texts_of(event: Mapping[str, Any], wanted: str | None = None) -> Texts:
    """Return the texts in the language of a person.

    What the application says (`lang` as at Cognito, `ui_locales` as in OpenID Connect Core,
    3.1.2.1) counts more than what the browser says.

    Args:
        event: An HTTP API event; a malformed one speaks for the header alone.
        wanted: What was said earlier in the same sign-in, when the request cannot say it.
    """
    parameters: dict[str, str] = {}
    if not event.get("body"):
        with suppress(MalformedRequestError):
            parameters = query(event)
    said = [wanted or "", parameters.get("lang", ""), *parameters.get("ui_locales", "").split()]
    return choose([*said, *accepted(header(event, "accept-language"))])
