"""CircuitTable over a dictionary."""

from authsso.protocol.circuit import CLOSED, PARTS


class FakeCircuitTable:
    """As CircuitTable; `calls` counts, `error` makes every call fail."""

    def __init__(self):
        self.paused: dict[tuple[str, str], int] = {}
        self.failures: dict[tuple[str, str], tuple[int, int]] = {}
        self.calls: list[str] = []
        self.error: Exception | None = None

    def find(self, connection_id):
        self._call("find")
        return {part: self.paused.get((connection_id, part), CLOSED) for part in PARTS}

    def count_failure(self, connection_id, part, window):
        self._call("count_failure")
        counted_in, failures = self.failures.get((connection_id, part), (window, 0))
        failures = failures + 1 if counted_in == window else 1
        self.failures[connection_id, part] = (window, failures)
        return failures

    def pause(self, connection_id, part, *, until):
        self._call("pause")
        self.paused[connection_id, part] = until

    def claim_trial(self, connection_id, part, *, seen, until):
        self._call("claim_trial")
        if self.paused.get((connection_id, part)) != seen:
            return False
        self.paused[connection_id, part] = until
        return True

    def _call(self, name):
        self.calls.append(name)
        if self.error:
            raise self.error
