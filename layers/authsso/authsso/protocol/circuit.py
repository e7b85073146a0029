"""When a provider that does not answer is left alone for a while, and when it is tried again.

Two parts of a sign-in have a circuit each: `token` (token endpoint and keys) and `userinfo`.
docs/decisions/0006-circuit-breaker.md says why it is built like this.
"""

from typing import Final, Literal, get_args

type Part = Literal["token", "userinfo"]
type Admission = Literal["go", "try", "refuse"]

PARTS: Final[tuple[Part, ...]] = get_args(Part.__value__)
FAILURES: Final = 5
WINDOW_SECONDS: Final = 30
PAUSE_SECONDS: Final = 5  # a provider that is back is noticed within ten seconds
# Two exchanges at their worst: whoever reached the provider since then has no reason to give up.
RECENT_SECONDS: Final = 10
CLOSED: Final = 0
# Nothing came back, or not whole. An error that the provider answers with is an answer: it takes no
# time, and everybody who holds a browser can bring it about.
_NO_ANSWER = frozenset({"provider_unreachable", "provider_timeout", "provider_answer_broken"})


def is_no_answer(code: str) -> bool:
    """Tell whether an exchange that ended with this code counts against the provider."""
    return code in _NO_ANSWER


def window_of(now: int) -> int:
    """Return the number of the half minute in which failures are counted together."""
    return now // WINDOW_SECONDS


def opens(failures: int, *, last_answer: int | None, now: int) -> bool:
    """Tell whether whoever has just failed opens the circuit for everybody.

    A provider that answers most of the time is not paused, however busy it is: a function that has
    had an answer a moment ago leaves the decision to one that has had none.

    Args:
        failures: Of all functions in this window, this one included.
        last_answer: When this function last had an answer; None: never.
        now: Seconds since the epoch.
    """
    return failures >= FAILURES and (last_answer is None or last_answer < now - RECENT_SECONDS)


def admit(open_until: int, now: int) -> Admission:
    """Tell what becomes of an exchange.

    Args:
        open_until: When the pause ends; CLOSED: there is none.
        now: Seconds since the epoch.

    Returns:
        `go`; `refuse`, without asking; or `try`: one may, whoever claims it first.
    """
    if open_until == CLOSED:
        return "go"
    return "refuse" if now < open_until else "try"
