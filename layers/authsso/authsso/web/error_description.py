"""`error_description` at an application's redirect URI (RFC 6749, 4.1.2.1).

What happened, who must act, and the reference: in English, because the characters that the
specification allows spell no other language of ours.
"""

import re
from collections.abc import Mapping
from typing import Final

from authsso.errors import RedirectedError
from authsso.findings import voices
from authsso.web.error_texts import finding_of

LONGEST: Final = 400
# NQSCHAR: printable ASCII without the quotation mark and the backslash.
_OTHERS = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]")
_SPELLED_OTHERWISE = str.maketrans({"“": "'", "”": "'", '"': "'"})

_ADMINISTRATOR = "Your organisation's administrator can change that."
_OPERATOR = "Ask the people who run this service, and give the reference."
# Refusals that are no mistake in a provider's set-up, so that no finding explains them.
_WHO: Mapping[str, str] = {
    "connection_disabled": _ADMINISTRATOR,
    "provider_refused": "Tell your IT administrator, and give the reference.",
    "email_ambiguous": _OPERATOR,
    "email_taken": _OPERATOR,
    "already_linked": _OPERATOR,
    "user_disabled": _OPERATOR,
    "user_of_other_tenant": _OPERATOR,
}


def description(error: RedirectedError, reference: str) -> str:
    """Return what the application is told.

    Args:
        error: What ends the request.
        reference: Of the sign-in, or of this request when none has begun.
    """
    finding = finding_of(error.finding)
    if finding is None:
        parts = [_sentence(error.description), _WHO.get(error.code, "")]
        codes = error.code
    else:
        voice = voices.for_employee(finding)
        parts = [voice.explanation, voice.fix]
        codes = error.code if finding.code == error.code else f"{error.code}, {finding.code}"
    said = _allowed(" ".join(part for part in parts if part))
    end = _allowed(f" ({codes}, reference {reference})")
    room = LONGEST - len(end)
    return (said if len(said) <= room else f"{said[: room - 3].rpartition(' ')[0]}...") + end


def _allowed(text: str) -> str:
    return _OTHERS.sub("", text.translate(_SPELLED_OTHERWISE))


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "?", "!")) else f"{whole}."
