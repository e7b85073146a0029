"""What may be kept and shown of a text that a provider, or somebody who pasted it, sent."""

import re
import unicodedata

MAX_READ = 8192
MAX_SHOWN = 300

_NUMBER = re.compile(r"AADSTS\s?(\d{4,8})(?!\d)", re.IGNORECASE)
_ONLY_A_NUMBER = re.compile(r"(?:error(?: code)?:?\s*)?(\d{5,8})", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:AADSTS|MSIS)\d{4,8}(?!\d)")
_GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_CORRELATION = re.compile(rf"correlation[ _]?id\W{{1,4}}({_GUID})", re.IGNORECASE)
# What follows is for Microsoft's support: ids and a time, no explanation.
_TAIL = re.compile(r"\b(?:trace id|request id|correlation id|timestamp)\s*:", re.IGNORECASE)
_LOOK_UP = "https://login.microsoftonline.com/error?code="


def cleaned(text: str) -> str:
    """Return one line of bounded length without control or invisible characters."""
    visible = (
        " " if unicodedata.category(character)[0] in "CZ" else character
        for character in text[:MAX_READ]
    )
    return " ".join("".join(visible).split())


def numbers(text: str) -> tuple[int, ...]:
    """Return Microsoft's AADSTS numbers, the most precise one last (entra_facts.md 1)."""
    return tuple(int(number) for number in _NUMBER.findall(text[:MAX_READ]))


def all_numbers(page: str) -> tuple[int, ...]:
    """Return the numbers anywhere in a page whose size the caller has bounded."""
    return tuple(dict.fromkeys(int(number) for number in _NUMBER.findall(page)))


def pasted_number(text: str) -> int | None:
    """Return the number when somebody pasted nothing else; None otherwise."""
    found = _ONLY_A_NUMBER.fullmatch(cleaned(text))
    return int(found[1]) if found else None


def correlation_id(text: str) -> str | None:
    """Return the id by which the provider's support finds the sign-in."""
    found = _CORRELATION.search(text[:MAX_READ])
    return found[1].lower() if found else None


def shown(text: str) -> str:
    """Return what people are shown: up to the trace id, and never more than 300 characters."""
    line = cleaned(_TAIL.split(text[:MAX_READ], maxsplit=1)[0])
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}\N{HORIZONTAL ELLIPSIS}"


def of_refusal(error: str | None, detail: str) -> str:
    """Return what the provider itself said in a refusal; the rest of a detail is our wording.

    Args:
        error: Its OAuth error code.
        detail: Of the ProviderError; may hold the number of Entra or AD FS.
    """
    return ", ".join(([error] if error else []) + _TOLD.findall(detail))


def look_up_url(number: int) -> str:
    """Return Microsoft's page about one of its numbers."""
    return f"{_LOOK_UP}{number}"
