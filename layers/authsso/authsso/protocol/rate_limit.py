"""How often somebody may do something; counted over all functions, asked as rarely as that allows.

docs/limits.md says what each limit bounds, and what it does not.
"""

from dataclasses import dataclass
from typing import Final

WINDOW_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in a minute for one subject.

    Args:
        name: Of what is limited.
        most: Over all functions, but for what is free.
        free: What one function lets through before it asks at all; so that whoever comes now and
            then costs no call.
        lease: What one function asks for at once.
    """

    name: str
    most: int
    free: int = 0
    lease: int = 1

    def grants(self, taken: int) -> bool:
        """Tell whether a lease is good, given all that has been taken with it."""
        return taken - self.lease < self.most


def sign_ins(most: int) -> Limit:
    """Return the limit on the sign-ins that a tenant begins."""
    return Limit("sign_ins", most, free=20, lease=20)


def changes(most: int) -> Limit:
    """Return the limit on a tenant's changes of settings."""
    return Limit("changes", most)


def refused_tokens(most: int) -> Limit:
    """Return the limit on a network's refused token requests; no other ones are counted."""
    return Limit("refused_tokens", most, free=10, lease=10)


def checks(most_changes: int) -> Limit:
    """Return the limit on a tenant's checks, which are dearer: a quarter of that on changes."""
    return Limit("checks", max(most_changes // 4, 1))


def window_of(now: int) -> int:
    """Return the number of the minute in which things are counted together."""
    return now // WINDOW_SECONDS


def seconds_left(now: int, window: int = WINDOW_SECONDS) -> int:
    """Return how long the window lasts in which `now` is, at least a second."""
    return window - now % window
