"""From what a provider answered to the finding that explains it."""

from dataclasses import dataclass
from typing import Final

from authsso.findings import provider_text
from authsso.findings.catalogue import ALL
from authsso.findings.finding import Finding, Place, Sign
from authsso.findings.unknown import UNKNOWN
from authsso.model import ProviderKind

# How much each kind of sign says; a number beats a phrase, a phrase our code, and so on.
_NUMBER: Final = 1000
_PHRASE: Final = 500
_CODE: Final = 200
_ERROR: Final = 100
_STATUS: Final = 50
_PROVIDER: Final = 10
_PLACE: Final = 5
# Of several numbers the last is the most precise (entra_facts.md 1).
_LATER: Final = 20
_MOST_NUMBERS: Final = 8


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen.

    Args:
        place: Where.
        provider: The connection's kind; None when it is not known.
        error: OAuth `error`.
        text: `error_description`, the page's text, or what somebody pasted.
        status: HTTP status.
        code: Our own error code.
        numbers: AADSTS numbers that were read already (`error_codes`).
    """

    place: Place
    provider: ProviderKind | None = None
    error: str | None = None
    text: str = ""
    status: int | None = None
    code: str | None = None
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A finding, with what the provider itself said.

    Args:
        finding: What it is; `UNKNOWN` when the catalogue does not know it.
        number: Microsoft's number.
        provider_text: Bounded and cleaned, up to the trace id; may be empty.
        correlation_id: For the provider's support.
        look_up_url: Microsoft's page about the number.
    """

    finding: Finding
    number: int | None
    provider_text: str
    correlation_id: str | None
    look_up_url: str | None


def recognise(seen: Observation) -> Recognised:
    """Name what was seen.

    Args:
        seen: Every part of it is untrusted and may be of any length.

    Returns:
        The finding whose sign says most. An unknown one keeps the provider's own text, its
        correlation id and the look-up link, so that there is always something to go on.
    """
    numbers = _numbers(seen)
    text = provider_text.cleaned(seen.text).lower()
    best, best_weight = UNKNOWN, 0
    for finding in ALL:
        for sign in finding.signs:
            weight = _weight(sign, seen, numbers, text)
            if weight > best_weight:
                best, best_weight = finding, weight
    number = numbers[-1] if numbers else None
    # A number that nobody has explained yet says more than the general OAuth error beside it.
    is_explained = not numbers or best_weight >= _PHRASE
    return Recognised(
        finding=best if is_explained else UNKNOWN,
        number=number,
        provider_text=provider_text.shown(seen.text) or provider_text.shown(seen.error or ""),
        correlation_id=provider_text.correlation_id(seen.text),
        look_up_url=None if number is None else provider_text.look_up_url(number),
    )


def _numbers(seen: Observation) -> tuple[int, ...]:
    found = (*seen.numbers, *provider_text.numbers(seen.text))
    if found or seen.place != "pasted":
        return found[-_MOST_NUMBERS:]
    only = provider_text.pasted_number(seen.text)
    return () if only is None else (only,)


def _weight(sign: Sign, seen: Observation, numbers: tuple[int, ...], text: str) -> int:
    """Tell how much a sign says about what was seen; 0 when it does not hold."""
    # A text that somebody pasted can come from any page that they saw.
    is_here = seen.place in sign.places
    conditions = (
        (sign.places, is_here or seen.place == "pasted", _PLACE if is_here else 0),
        (sign.providers, seen.provider in sign.providers, _PROVIDER),
        (sign.numbers, bool(_position(sign, numbers)), _NUMBER + _LATER * _position(sign, numbers)),
        (sign.phrases, any(phrase in text for phrase in sign.phrases), _PHRASE),
        (sign.codes, seen.code in sign.codes, _CODE),
        (sign.errors, seen.error in sign.errors, _ERROR),
        (sign.statuses, seen.status in sign.statuses, _STATUS),
    )
    asked = [(holds, worth) for wanted, holds, worth in conditions if wanted]
    return sum(worth for _, worth in asked) if all(holds for holds, _ in asked) else 0


def _position(sign: Sign, numbers: tuple[int, ...]) -> int:
    """Tell where among the numbers the sign's stands, from 1; 0 when none is there."""
    return max((at for at, number in enumerate(numbers, 1) if number in sign.numbers), default=0)
