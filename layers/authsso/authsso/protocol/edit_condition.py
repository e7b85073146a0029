"""Which state of something an edit is meant for (RFC 9110, 13.1; RFC 6585, 3)."""

import re
from dataclasses import dataclass

from authsso.errors import SettingsError
from authsso.model import Connection

_STRONG_TAG = re.compile(r'"(\d{1,10})"', re.ASCII)


@dataclass(frozen=True, slots=True)
class EditCondition:
    """The two headers, as sent.

    Args:
        if_match: The entity tag of the state that the administrator saw.
        if_none_match: `*` when the connection must not exist yet.
    """

    if_match: str | None = None
    if_none_match: str | None = None


def entity_tag(connection: Connection) -> str:
    """Return the ETag of a connection: its revision."""
    return tag_of(connection.revision)


def tag_of(revision: int) -> str:
    """Return the ETag of a revision."""
    return f'"{revision}"'


def check(condition: EditCondition, current: Connection | None) -> int:
    """Let an edit through only when it is meant for the state that stands.

    Returns:
        The revision that the write must find; 0 when there must be none.

    Raises:
        SettingsError: `condition_required` (428) or `changed_meanwhile` (412).
    """
    if condition.if_none_match not in {None, "*"}:
        raise SettingsError(
            "condition_malformed",
            status=400,
            title="If-None-Match takes * only.",
        )
    if current is None or current.is_empty:
        return _for_new(condition, current)
    if condition.if_none_match is not None:
        raise changed_meanwhile("it exists already")
    return check_revision(condition.if_match, current.revision)


def check_revision(if_match: str | None, revision: int, what: str = "connection") -> int:
    """Let an edit through only when it is meant for the revision that stands, and return that.

    Raises:
        SettingsError: `condition_required` (428) or `changed_meanwhile` (412).
    """
    if if_match is None:
        raise SettingsError(
            "condition_required",
            status=428,
            title=f"Send If-Match with the ETag of the {what} that you loaded.",
        )
    if if_match != tag_of(revision):
        raise _not_current(if_match, what)
    return revision


def _for_new(condition: EditCondition, current: Connection | None) -> int:
    if condition.if_match is not None:
        raise changed_meanwhile("it does not exist any more")
    return current.revision if current else 0


def _not_current(if_match: str, what: str) -> SettingsError:
    if _STRONG_TAG.fullmatch(if_match):
        return changed_meanwhile(if_match, what)
    # `*` would overwrite whatever stands, which is what the header is there to prevent.
    return SettingsError(
        "condition_malformed",
        status=400,
        title="If-Match takes one ETag as it was given, quotation marks included.",
    )


def changed_meanwhile(detail: str, what: str = "connection") -> SettingsError:
    """Build the refusal of an edit that was made on an older state."""
    return SettingsError(
        "changed_meanwhile",
        detail,
        status=412,
        title=f"Somebody else has changed this {what} since you loaded it.",
    )
