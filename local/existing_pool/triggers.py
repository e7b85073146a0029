"""Attach our triggers to a pool, or take them off; a dry run says what would be done."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from existing_pool import gaps, slots, whole_update

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from existing_pool.pool import Pool


class PoolNotReadyError(Exception):
    """Something has to be done first; the message lists it, one a line."""


class MoreChangedError(Exception):
    """The triggers are as they should be, and Cognito changed more; the message lists it."""


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
        MoreChangedError: The pool has lost something by it.
    """
    described = pool.describe()
    clients, config = pool.clients(), described.get("LambdaConfig", {})
    missing = [
        *(
            f"Trigger {name} is taken by {other}: remove it there first, or let that function do "
            "what it does elsewhere. It is never replaced by us."
            for name, other in slots.taken(config, function).items()
        ),
        *gaps.find(described, clients, pool.groups(), signing_in),
        *(
            f"Provider {provider.name}: {reason}"
            for provider in pool.providers()
            if (reason := provider.chooses_the_tenant())
        ),
    ]
    if missing:
        raise PoolNotReadyError("\n".join(missing))
    empty = [name for name in slots.SLOTS if not slots.held_by(config, name)]
    if empty and not dry_run:
        _set(pool, described, slots.attached(config, function))
    return [*gaps.notes(described, clients), *_told("attached", empty, dry_run=dry_run)]


def detach(pool: "Pool", function: str, *, dry_run: bool) -> list[str]:
    """Take our function out of the slots that hold it; all others stay as they are.

    Args:
        pool: The pool.
        function: ARN of our triggers function, with its alias.
        dry_run: Change nothing.

    Returns:
        What was done, or would be.

    Raises:
        MoreChangedError: The pool has lost something by it.
    """
    described = pool.describe()
    config = described.get("LambdaConfig", {})
    ours = [name for name in slots.SLOTS if slots.held_by(config, name) == function]
    if ours and not dry_run:
        _set(pool, described, slots.detached(config, function))
    return _told("detached", ours, dry_run=dry_run)


def _set(pool: "Pool", described: "Mapping[str, Any]", config: "Mapping[str, Any]") -> None:
    """Write the triggers, and look at the whole pool once more."""
    factors = pool.factors()
    pool.set_triggers(described, config)
    lost = [
        *whole_update.losses(described, pool.describe()),
        *whole_update.losses(factors, pool.factors()),
    ]
    if lost:
        raise MoreChangedError("\n".join(lost))


def _told(what: str, names: list[str], *, dry_run: bool) -> list[str]:
    verb = f"would be {what}" if dry_run else what
    return [f"{name}: {verb}" for name in names] or ["Nothing to do."]
