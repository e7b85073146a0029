"""Which version is live: make the draft live, bring the previous one back, delete them all."""

from collections.abc import Sequence
from dataclasses import replace

from authsso.errors import SettingsError
from authsso.model import Connection

ACTIVATED = "activated"
ROLLED_BACK = "rolled_back"


def activate(connection: Connection | None, *, check_passed: bool, now: int) -> Connection:
    """Take the draft live; what was live can be brought back.

    Args:
        connection: The head as it is; None before the first save.
        check_passed: The last check of the draft found no error.
        now: Seconds since the epoch.

    Raises:
        SettingsError: 409 `no_draft`; `enable_needs_check` where nothing has been live.
    """
    if connection is None or connection.draft is None:
        raise _refusal("no_draft", "There is no draft to make live. Save one first.")
    if connection.live is None and not check_passed:
        raise needs_check()
    return replace(
        _next(connection, ACTIVATED, now),
        live=connection.draft,
        draft=None,
        previous=connection.live or connection.previous,
        live_since=now,
    )


def needs_check() -> SettingsError:
    """Return the refusal of a first version that was not checked, or not without errors (F11)."""
    return _refusal(
        "enable_needs_check",
        "Run the check first, and mend what it finds: the first version goes live after a check "
        "without errors.",
    )


def roll_back(connection: Connection | None, *, now: int) -> Connection:
    """Swap the live version and the one before it; the draft stays.

    Raises:
        SettingsError: 409 `no_previous`.
    """
    if connection is None or connection.previous is None:
        raise _refusal("no_previous", "There is no previous version to go back to.")
    return replace(
        _next(connection, ROLLED_BACK, now),
        live=connection.previous,
        previous=connection.live,
        live_since=now,
    )


def delete(connection: Connection, others: Sequence[Connection], *, now: int) -> Connection:
    """Take everything away; the empty head stays and goes on counting.

    Args:
        connection: The head.
        others: The heads of the tenant's other connections.
        now: Seconds since the epoch.

    Raises:
        SettingsError: 409 `enforced`: it is the last one that people must use.
    """
    if connection.enforced and not keeping_enforcement(others):
        raise last_enforced()
    return replace(
        _next(connection, "deleted", now),
        enabled=False,
        enforced=False,
        enforced_at=None,
        live=None,
        draft=None,
        previous=None,
        live_since=None,
        # What is set up here later is no import, and its people do not come through Cognito.
        moved_at=connection.moved_at or (now if connection.imported_from else None),
    )


def keeping_enforcement(others: Sequence[Connection]) -> Connection | None:
    """Return another connection that people must use, or None."""
    return next((other for other in others if other.enabled and other.enforced), None)


def last_enforced() -> SettingsError:
    """Build the refusal to take away the only way in."""
    return _refusal(
        "enforced", "People must use this connection. Switch Enforce off before you take it away."
    )


def is_repeated(connection: Connection | None, action: str, if_match: str | None) -> bool:
    """Tell whether a request is the one that led to this head, sent again.

    A revision comes from exactly one write; `action` on the revision before is that write.
    """
    return (
        connection is not None
        and connection.last_action == action
        and if_match == f'"{connection.revision - 1}"'
    )


def _next(connection: Connection, action: str, now: int) -> Connection:
    return replace(connection, revision=connection.revision + 1, changed_at=now, last_action=action)


def _refusal(code: str, title: str) -> SettingsError:
    return SettingsError(code, status=409, title=title)
