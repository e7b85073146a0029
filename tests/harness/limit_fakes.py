"""LimitTable over a dictionary."""


class FakeLimitTable:
    """As LimitTable; `takes` lists every call, `error` makes each fail."""

    def __init__(self):
        self.taken: dict[str, int] = {}
        self.takes: list[int] = []
        self.error: Exception | None = None

    def take(self, counted, amount, *, expires_at):
        assert expires_at
        self.takes.append(amount)
        if self.error:
            raise self.error
        self.taken[counted] = self.taken.get(counted, 0) + amount
        return self.taken[counted]
