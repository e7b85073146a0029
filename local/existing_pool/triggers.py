"""Attach our triggers to a pool, or take them off; a dry run says what would be done."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from existing_pool import gaps, slots

if TYPE_CHECKING:
    from existing_pool.pool import Pool


class PoolNotReadyError(Exception):
    """Something has to be done first; the message lists it, one a line."""


def attach(pool: "Pool", function: str, signing_in: Collection[str], *, dry_run: bool) -> list[str]:
    """Put our function into each slot that we need.

    Args:
        pool: The pool.
        function: ARN of our triggers function, with its alias.
        signing_in: Ids of the app clients that the stack was told of.
        dry_run: Change nothing.

    Returns:
        What was done, or would be.

    Raises:
        PoolNotReadyError: Slots are taken, or the pool lacks something; nothing was changed.
    """
    described = pool.describe()
    config = described.get("LambdaConfig", {})
    missing = [
        *(
            f"Trigger {name} is taken by {other}: remove it there first, or let that function do "
            "what it does elsewhere. It is never replaced by us."
            for name, other in slots.taken(config, function).items()
        ),
        *gaps.find(described, pool.clients(), pool.groups(), signing_in),
    ]
    if missing:
        raise PoolNotReadyError("\n".join(missing))
    empty = [name for name in slots.SLOTS if not slots.held_by(config, name)]
    if empty and not dry_run:
        pool.set_triggers(described, slots.attached(config, function))
    return [*gaps.notes(described), *_told("attached", empty, dry_run=dry_run)]


def detach(pool: "Pool", function: str, *, dry_run: bool) -> list[str]:
    """Take our function out of the slots that hold it; all others stay as they are.

    Args:
        pool: The pool.
        function: ARN of our triggers function, with its alias.
        dry_run: Change nothing.

    Returns:
        What was done, or would be.
    """
    described = pool.describe()
    config = described.get("LambdaConfig", {})
    ours = [name for name in slots.SLOTS if slots.held_by(config, name) == function]
    if ours and not dry_run:
        pool.set_triggers(described, slots.detached(config, function))
    return _told("detached", ours, dry_run=dry_run)


def _told(what: str, names: list[str], *, dry_run: bool) -> list[str]:
    verb = f"would be {what}" if dry_run else what
    return [f"{name}: {verb}" for name in names] or ["Nothing to do."]
