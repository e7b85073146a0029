"""Enable and enforce: what the two toggles need, and what they do to the connection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from authsso.errors import SettingsError
from authsso.model import Connection
from authsso.protocol.connection_versions import keeping_enforcement, last_enforced, needs_check


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the toggles; None leaves one as it is."""

    enabled: bool | None = None
    enforced: bool | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What must be true before people are let in (F11), and before passwords stop working (F12).

    Args:
        check_passed: The last check of the draft found no error.
        has_proven_domain: Some e-mail domain leads people to the provider. Without one whoever
            types a work e-mail is sent to the password, which is refused and leads back.
        has_emergency_access: Somebody can still get in when the provider fails.
        administrator_signed_in: An administrator of this tenant has completed a sign-in through
            the version that is live.
    """

    check_passed: bool = False
    has_proven_domain: bool = False
    has_emergency_access: bool = False
    administrator_signed_in: bool = False


def is_already(connection: Connection, wanted: Wanted) -> bool:
    """Tell whether the toggles stand as asked, so that a repeated request changes nothing."""
    return wanted.enabled in {None, connection.enabled} and wanted.enforced in {
        None,
        connection.enforced,
    }


def toggle(
    connection: Connection | None,
    wanted: Wanted,
    *,
    evidence: Evidence,
    now: int,
    others: Sequence[Connection] = (),
) -> Connection:
    """Move the toggles.

    Args:
        connection: The head as it is; None before the first save.
        wanted: What is asked.
        evidence: What is known of the connection.
        now: Seconds since the epoch.
        others: The heads of the tenant's other connections.

    Returns:
        The head as it shall be. The first enable takes the draft live. Disabling an enforced
        connection ends its enforcement, as long as another one is enforced.

    Raises:
        SettingsError: 409 `no_draft`, `enable_needs_check`, `enforced`, `enforce_needs_enabled`,
            `enforce_needs_move`, `enforce_needs_domain`, `enforce_needs_emergency_access` or
            `enforce_needs_sign_in`.
    """
    if connection is None or connection.is_empty:
        raise _no_draft()
    if is_leaving_enforcement(connection, wanted):
        if not keeping_enforcement(others):
            raise last_enforced()
        wanted = replace(wanted, enforced=False)
    moved = replace(
        _enabled(connection, now) if wanted.enabled else connection,
        enabled=connection.enabled if wanted.enabled is None else wanted.enabled,
        enforced=connection.enforced if wanted.enforced is None else wanted.enforced,
        revision=connection.revision + 1,
        changed_at=now,
        last_action="toggled",
    )
    for refusal in _refusals(connection, moved, evidence):
        raise refusal
    return _dated(moved, now)


def is_leaving_enforcement(connection: Connection, wanted: Wanted) -> bool:
    """Tell whether an enforced connection is to be disabled, with no word about Enforce."""
    return connection.enforced and wanted.enabled is False and wanted.enforced is None


def _enabled(connection: Connection, now: int) -> Connection:
    if connection.live is not None:
        return connection
    if connection.draft is None:
        raise _no_draft()
    return replace(connection, live=connection.draft, draft=None, live_since=now)


def _dated(connection: Connection, now: int) -> Connection:
    """Enforcement has a beginning: sessions that are older must sign in again."""
    since = connection.enforced_at or now
    return replace(connection, enforced_at=since if connection.enforced else None)


def _refusals(before: Connection, after: Connection, evidence: Evidence) -> Iterator[SettingsError]:
    if after.live != before.live and not evidence.check_passed:
        yield needs_check()
    if after.enforced and not after.enabled:
        yield _refusal("enforce_needs_enabled", "Switch Enable on before Enforce.")
    if after.enforced and not before.enforced:
        if after.is_at_cognito:
            yield _refusal(
                "enforce_needs_move",
                "People still sign in through Cognito's own provider. Move the connection first.",
            )
        if not evidence.has_proven_domain:
            yield _refusal(
                "enforce_needs_domain",
                "Prove an e-mail domain first: without one, nobody who enters a work e-mail is "
                "led to your provider.",
            )
        if not evidence.has_emergency_access:
            yield _refusal(
                "enforce_needs_emergency_access",
                "Set up emergency access first: without it, nobody could sign in when your "
                "provider fails.",
            )
        if not evidence.administrator_signed_in:
            yield _refusal(
                "enforce_needs_sign_in",
                "Sign in once through this connection yourself, then switch Enforce on.",
            )


def _no_draft() -> SettingsError:
    return _refusal("no_draft", "Fill in the form and save it, then switch Enable on.")


def _refusal(code: str, title: str) -> SettingsError:
    return SettingsError(code, status=409, title=title)
