"""The provider's groups -> which Cognito groups somebody must be in, and which not (design.md 6.4).

Names are compared as they are spelled, on both sides: providers' group names and ids, app roles
and Cognito's group names all tell upper from lower case.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from authsso.protocol.mapping_rules import grantable


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be done; leaving comes first, so that a failure half-way grants nothing."""

    to_leave: tuple[str, ...]
    to_join: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Memberships:
    """What a connection says of one person. Groups in neither set are none of its business.

    Args:
        held: Cognito groups that the person is to be in.
        withheld: Those that the mapping names and that the person must not be in.
    """

    held: frozenset[str]
    withheld: frozenset[str]

    def changes(self, current: Collection[str]) -> Changes:
        """Compare with the groups that the person is in; nothing to do gives nothing."""
        now = frozenset(current)
        return Changes(
            to_leave=tuple(sorted(self.withheld & now)), to_join=tuple(sorted(self.held - now))
        )


@dataclass(frozen=True, slots=True)
class Mapped:
    """One of the provider's groups, and the Cognito group that it leads to, if any."""

    theirs: str
    ours: str | None


def decide(
    mapping: Mapping[str, str], groups: Collection[str], allowed: Collection[str]
) -> Memberships:
    """Decide about one person.

    Args:
        mapping: The version's: the provider's group -> ours. It was judged at save, and is judged
            again here: the allow-list may be another one by now.
        groups: That the provider says the person is in; empty also when it says nothing.
        allowed: By the SaaS, now.
    """
    governed = _governed(mapping, allowed)
    held = frozenset(governed[theirs] for theirs in groups if theirs in governed)
    return Memberships(held, frozenset(governed.values()) - held)


def preview(
    mapping: Mapping[str, str], groups: Collection[str], allowed: Collection[str]
) -> tuple[Mapped, ...]:
    """Show what a mapping, saved or not, would make of groups that were received.

    Args:
        mapping: As in `decide`.
        groups: As received at a sign-in.
        allowed: As in `decide`.

    Returns:
        Every group once, in the order received.
    """
    governed = _governed(mapping, allowed)
    return tuple(Mapped(theirs, governed.get(theirs)) for theirs in dict.fromkeys(groups))


def _governed(mapping: Mapping[str, str], allowed: Collection[str]) -> dict[str, str]:
    granted = grantable(allowed)
    return {theirs: ours for theirs, ours in mapping.items() if ours in granted}
