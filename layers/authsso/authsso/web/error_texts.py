"""What a person reads when a sign-in fails: what happened, who must act, what to do.

The words are in texts/, one file a language. docs/errors.md lists every code; tests/test_docs.py
holds the two together.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from authsso.findings import voices
from authsso.findings.finding import Finding, Who
from authsso.texts.catalogue import Texts

# Code of an error -> who must act.
_WHO: Mapping[str, str] = {
    "unknown_application": "application",
    "unregistered_redirect_uri": "application",
    "unregistered_logout_uri": "application",
    "sign_out_unknown": "person",
    "malformed_request": "person",
    "sign_in_unknown": "person",
    "test_unknown": "person",
    "sign_in_expired": "person",
    "wrong_browser": "person",
    "wrong_callback": "administrator",
    "wrong_response_mode": "administrator",
    "issuer_missing": "administrator",
    "issuer_mismatch": "administrator",
    "code_missing": "person",
    "too_many_attempts": "person",
    "start_address_unknown": "person_or_operator",
    "no_such_page": "person",
    "aws_unavailable": "operator",
    "server_error": "operator",
}
# The same for a finding, as the person who signs in sees it.
_WHO_OF_FINDING: Mapping[Who, str] = {
    "provider_administrator": "administrator",
    "administrator": "administrator",
    "employee": "person",
    "saas": "operator",
    "nobody": "nobody",
}


@dataclass(frozen=True, slots=True)
class ErrorText:
    """One failure in plain words."""

    title: str
    explanation: str
    action: str
    who: str


def text_of(code: str, texts: Texts, finding_code: str | None = None) -> ErrorText:
    """Return the text of an error.

    Args:
        code: Of the error; one that is not a person's to see reads as our own fault.
        texts: In the person's language.
        finding_code: Of the finding that it belongs to; its words for the person are used.
    """
    found = finding_of(finding_code)
    if found is not None:
        voice = voices.for_employee(found, texts)
        return ErrorText(
            texts.say(f"error.{code}.title" if code in _WHO else "error.not_signed_in"),
            voice.explanation,
            voice.fix,
            texts.say(f"who.{_WHO_OF_FINDING[found.who]}"),
        )
    known = code if code in _WHO else "server_error"
    return ErrorText(
        texts.say(f"error.{known}.title"),
        texts.say(f"error.{known}.explanation"),
        texts.say(f"error.{known}.action"),
        texts.say(f"who.{_WHO[known]}"),
    )


def finding_of(code: str | None) -> Finding | None:
    """Return the finding that an error carries the code of; None when it carries none."""
    return None if code is None else _findings().get(code)


@functools.cache
def _findings() -> Mapping[str, Finding]:
    # Only who meets a failure waits for the whole catalogue, and no cold start.
    from authsso.findings.catalogue import ALL  # noqa: PLC0415
    from authsso.findings.unknown import UNKNOWN  # noqa: PLC0415

    return {finding.code: finding for finding in (*ALL, UNKNOWN)}


def codes() -> frozenset[str]:
    """Return every code that has a text of its own."""
    return frozenset(_WHO)
