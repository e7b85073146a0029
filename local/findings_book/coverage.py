"""How many of the collected failures are named, of those that can reach authsso."""

from dataclasses import dataclass

from findings_book import cases


@dataclass(frozen=True, slots=True)
class Coverage:
    """The count.

    Args:
        total: Entries that were collected.
        out_of_reach: Id -> why it cannot reach authsso.
        missed: Ids that can reach authsso and are not named, or not by what the table says.
    """

    total: int
    out_of_reach: dict[str, str]
    missed: tuple[str, ...]

    @property
    def share(self) -> float:
        """Named of those that can reach authsso, in per cent."""
        reach = self.total - len(self.out_of_reach)
        return 100 * (reach - len(self.missed)) / reach


def count() -> Coverage:
    """Count; an entry that the table does not know is missed."""
    known = {case.id: case for case in cases.read()}
    ids = cases.collected_ids()
    out_of_reach = {id_: known[id_].place for id_ in ids if id_ in known and not known[id_].named}
    missed = tuple(
        id_
        for id_ in ids
        if id_ not in out_of_reach
        and (id_ not in known or known[id_].named not in cases.names(known[id_]))
    )
    return Coverage(len(ids), out_of_reach, missed)


def report(coverage: Coverage) -> str:
    """Put the count into words."""
    reach = coverage.total - len(coverage.out_of_reach)
    named = reach - len(coverage.missed)
    lines = [
        f"Named of what can reach authsso: {coverage.share:.1f} %, {named} of {reach}",
        f"Named of all collected: {named / coverage.total:.1%}, {named} of {coverage.total}",
        f"Not named: {', '.join(coverage.missed) or 'none'}",
        f"Cannot reach authsso: {len(coverage.out_of_reach)}",
    ]
    reasons: dict[str, list[str]] = {}
    for id_, reason in coverage.out_of_reach.items():
        reasons.setdefault(reason, []).append(id_)
    lines += [f"  {reason}: {' '.join(ids)}" for reason, ids in reasons.items()]
    return "\n".join(lines)
