"""What a warm function keeps in memory: bounded, least recently used out first, may expire."""

from collections import OrderedDict
from collections.abc import Hashable


class BoundedCache[K: Hashable, V]:
    """A small mapping that forgets.

    Args:
        size: How many entries are kept; the one unused for longest goes first.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._entries: OrderedDict[K, tuple[V, float]] = OrderedDict()

    def find(self, key: K, *, now: float = 0) -> V | None:
        """Return what is kept under `key` and still valid at `now`, else None."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        value, valid_until = entry
        if now >= valid_until:
            del self._entries[key]
            return None
        self._entries.move_to_end(key)
        return value

    def keep(self, key: K, value: V, *, valid_until: float = float("inf")) -> None:
        """Remember `value` until `valid_until`, or until others push it out."""
        self._entries[key] = (value, valid_until)
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)
