"""One end for everything that an exchange does, and one for all that a request does."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Deadline:
    """A point in time after which nobody waits any more.

    Args:
        seconds: From now on.
    """

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Tell how many seconds are left; less than none when it has passed."""
        return self._at - time.monotonic()

    def remaining(self) -> float:
        """Tell how many seconds are left; always more than none.

        Raises:
            TimeoutError: None are left.
        """
        seconds = self.left()
        if seconds <= 0:
            raise TimeoutError("the deadline has passed")
        return seconds


_of_the_request: ContextVar[Deadline | None] = ContextVar("deadline of the request", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let nothing in here begin that could last longer than so many seconds from now (J01).

    Each exchange has an end of its own; many of them, with their retries, would together outlast
    the function. A function that Lambda ends answers nobody, so we stop before.

    Args:
        seconds: For all of it.
    """
    token = _of_the_request.set(Deadline(seconds))
    try:
        yield
    finally:
        _of_the_request.reset(token)


def for_an_exchange(seconds: float) -> Deadline:
    """Return a deadline of so many seconds, or that of the request when it is nearer."""
    whole = _of_the_request.get()
    return Deadline(seconds if whole is None else min(seconds, whole.left()))


def has_left(seconds: float) -> bool:
    """Tell whether something that may last so long still fits into the request."""
    whole = _of_the_request.get()
    return whole is None or whole.left() >= seconds
