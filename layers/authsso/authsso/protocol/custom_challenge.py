"""Cognito's custom authentication: what its define and create triggers decide.

One challenge, one answer, and the answer is a one-time ticket that only our token endpoint can
hold. Anybody may start custom authentication; nobody else can finish it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

CHALLENGE: Final = "CUSTOM_CHALLENGE"


@dataclass(frozen=True, slots=True)
class Ticket:
    """The answer to the challenge: which redeemed code, and the proof of holding its ticket."""

    code_hash: str
    secret: str

    def __str__(self) -> str:
        return f"{self.code_hash}.{self.secret}"


def parse_ticket(answer: object) -> Ticket | None:
    """Read a challenge answer; None when it cannot be one of ours."""
    if not isinstance(answer, str):
        return None
    code_hash, dot, secret = answer.partition(".")
    well_formed = dot and len(code_hash) == 64 and len(secret) == 43  # noqa: PLR2004
    return Ticket(code_hash, secret) if well_formed and answer.isascii() else None


@dataclass(frozen=True, slots=True)
class LiveTicket:
    """What is known of a ticket that holds for one user and one application now.

    Args:
        connection_id: Through which the person has signed in.
        is_spent: A challenge has been answered with it.
    """

    connection_id: str
    is_spent: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """What DefineAuthChallenge answers."""

    challenge: str | None
    issue_tokens: bool
    fail: bool


_ASK = Definition(challenge=CHALLENGE, issue_tokens=False, fail=False)
_ISSUE = Definition(challenge=None, issue_tokens=True, fail=False)
_FAIL = Definition(challenge=None, issue_tokens=False, fail=True)


def define(session: Sequence[Mapping[str, object]], *, user_not_found: bool) -> Definition:
    """Decide the next step: ask once, then issue tokens or fail.

    Args:
        session: The challenges so far, as Cognito lists them.
        user_not_found: Cognito hides from callers whether a user exists; so do we.
    """
    if user_not_found:
        return _FAIL
    if not session:
        return _ASK
    if len(session) > 1:
        return _FAIL
    only = session[0]
    answered = only.get("challengeName") == CHALLENGE and only.get("challengeResult") is True
    return _ISSUE if answered else _FAIL
