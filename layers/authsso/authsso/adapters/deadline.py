"""One end for everything that an exchange does, however many waits it is made of."""

import time


class Deadline:
    """A point in time after which nobody waits any more.

    Args:
        seconds: From now on.
    """

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def remaining(self) -> float:
        """Tell how many seconds are left; always more than none.

        Raises:
            TimeoutError: None are left.
        """
        seconds = self._at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("the deadline has passed")
        return seconds
