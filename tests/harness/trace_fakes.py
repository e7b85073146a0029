"""Traces and the results of checks and tests, in memory: the behaviour of the adapters."""

import threading


class FakeTraces:
    """TraceTable over a dictionary."""

    def __init__(self):
        self.kept = {}
        self.tickets = {}
        self.tokens_at = {}
        self._lock = threading.Lock()

    def save(self, trace, *, ticket_hash=None):
        key = (trace.summary.tenant_id, trace.summary.reference)
        self.kept[key] = trace
        self.tickets[key] = ticket_hash
        self.tokens_at.pop(key, None)

    def open_test(self, tenant_id, reference, ticket_hash):
        key = (tenant_id, reference)
        with self._lock:
            if key not in self.kept or self.tickets[key] != ticket_hash:
                return None
            self.tickets[key] = None
            return self.kept[key]

    def record_tokens(self, tenant_id, reference, now):
        if (tenant_id, reference) in self.kept:
            self.tokens_at[tenant_id, reference] = now

    def find(self, tenant_id, reference):
        trace = self.kept.get((tenant_id, reference))
        return trace and (trace, self.tokens_at.get((tenant_id, reference)))

    def summaries(self, tenant_id, *, before, limit, outcome=None, person=None):
        found = [
            (f"{one.summary.started_at:012d}-{one.summary.reference}", one.summary)
            for (owner, _), one in self.kept.items()
            if owner == tenant_id
            and outcome in {None, one.summary.outcome}
            and (person or "") in (one.summary.person or "-")
        ]
        newest = sorted((one for one in found if not before or one[0] < before), reverse=True)
        page = newest[:limit]
        return tuple(s for _, s in page), page[-1][0] if len(newest) > limit else None

    def of(self, reference):
        """The one trace with this reference, whosever it is; for tests."""
        (found,) = [trace for (_, name), trace in self.kept.items() if name == reference]
        return found

    def only(self):
        """The one trace that there is; for tests."""
        (found,) = self.kept.values()
        return found


class FakeResults:
    """What EvidenceTable keeps of checks and tests."""

    def __init__(self):
        self.kept_results = {}

    def results(self, kind, connection_id):
        return dict(self.kept_results.get((kind, connection_id), {}))

    def record_result(self, kind, connection_id, result, *, named):
        found = self.kept_results.get((kind, connection_id), {}) | {result.version: result}
        stay = {*sorted(found)[-6:], *named, result.version}
        self.kept_results[kind, connection_id] = {n: found[n] for n in found if n in stay}
