"""A connection that was an OIDC provider of the user pool before: its people, and their move.

Until the move people go on through Cognito's own federation. After it they come through us, as the
users that Cognito has made of them: nobody gets a second account.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from authsso.errors import SettingsError
from authsso.model import Connection, User

MOVED: Final = "moved"
MOVED_BACK: Final = "moved_back"
_LONGEST_USERNAME = 128


@dataclass(frozen=True, slots=True)
class MoveEvidence:
    """What must be true before people are sent another way.

    Args:
        is_same_client: The live version is at the imported issuer, under the imported client id.
        check_passed: The last check of the live version found no error.
        test_passed: The last test sign-in through it came back and would have let somebody in.
    """

    is_same_client: bool = False
    check_passed: bool = False
    test_passed: bool = False


def profile_username(name: str, subject: str) -> str | None:
    """Name the user that Cognito makes of somebody who comes through a provider of the pool.

    Cognito prepends the provider's name to `sub` (developer guide, "Mapping IdP attributes to
    profiles and tokens"); a pool that ignores case shows it in lower case ("User pool case
    sensitivity").

    Args:
        name: The provider's, in the pool.
        subject: `sub`.

    Returns:
        None when Cognito has no user of that name: it takes 128 characters, and no blanks.
    """
    username = f"{name}_{subject}"
    is_possible = username.isprintable() and " " not in username
    return username if is_possible and len(username) <= _LONGEST_USERNAME else None


def is_profile(user: User, name: str, subject: str) -> bool:
    """Tell whether a user is what Cognito has made of this identity, or has been linked to it.

    The username alone proves nothing: where a pool lets people sign up, anybody may choose one.
    `identities` is written by Cognito alone, and compared to the letter.
    """
    return (name, subject) in user.identities


def is_same_client(connection: Connection, *, issuer: str, client_id: str) -> bool:
    """Tell whether a `sub` means the same person as at the imported provider.

    Another issuer may give anybody any `sub`, and with another client id an issuer may give the
    same person another one (pairwise subjects, OpenID Connect Core 1.0, 8.1).

    Args:
        connection: The head.
        issuer: Of a version, or of a verified ID token.
        client_id: Of that version.
    """
    return connection.imported_from is not None and (issuer, client_id) == (
        connection.imported_issuer,
        connection.imported_client_id,
    )


def comes_from(user: User, names: Iterable[str]) -> bool:
    """Tell whether Cognito's federation leads somebody to this user through one of `names`."""
    return not {name for name, _ in user.identities}.isdisjoint(names)


def missing(connection: Connection, evidence: MoveEvidence) -> Iterator[SettingsError]:
    """Name what has to be done before the move, in the order in which it is done.

    Args:
        connection: The head.
        evidence: What is known of its live version.
    """
    if connection.live is None or not connection.enabled:
        yield _refusal("move_needs_enabled", "Switch Enable on before you move people.")
        return
    if not evidence.is_same_client:
        yield other_client()
    if not evidence.check_passed:
        yield _refusal("move_needs_check", "Run the check of the live version first, and mend it.")
    if not evidence.test_passed:
        yield _refusal(
            "move_needs_test",
            "Register the first redirect URI at the provider, then make a test sign-in through the "
            "live version that passes.",
        )


def move(connection: Connection | None, evidence: MoveEvidence, *, now: int) -> Connection:
    """Send people through us from now on.

    Args:
        connection: The head, None when there is none.
        evidence: What is known of its live version.
        now: Seconds since the epoch.

    Raises:
        SettingsError: 409 `not_imported`, or the first of `missing`.
    """
    if connection is None or connection.imported_from is None:
        raise _not_imported()
    for refusal in missing(connection, evidence):
        raise refusal
    return replace(_next(connection, MOVED, now), moved_at=now)


def move_back(connection: Connection | None, evidence: MoveEvidence, *, now: int) -> Connection:
    """Send people through Cognito again; they stay who they are.

    Args:
        connection: The head, None when there is none.
        evidence: What is known of its live version.
        now: Seconds since the epoch.

    Raises:
        SettingsError: 409 `not_imported`; `enforced`: Cognito's way does not count as enforced;
            `move_needs_same_client`: whom we know under another client, Cognito would make anew.
    """
    if connection is None or connection.imported_from is None:
        raise _not_imported()
    if connection.enforced:
        raise _refusal(
            "enforced", "People must use this connection. Switch Enforce off before they go back."
        )
    if connection.live is not None and not evidence.is_same_client:
        raise other_client()
    return replace(_next(connection, MOVED_BACK, now), moved_at=None)


def other_client() -> SettingsError:
    """Build the refusal to send people where they would be somebody new."""
    return _refusal(
        "move_needs_same_client",
        "The version has another issuer or Client ID than the imported provider, so everybody "
        "would be somebody new. Bring the imported values back.",
    )


def _next(connection: Connection, action: str, now: int) -> Connection:
    return replace(connection, revision=connection.revision + 1, changed_at=now, last_action=action)


def _not_imported() -> SettingsError:
    return _refusal("not_imported", "This connection was never a provider of the user pool.")


def _refusal(code: str, title: str) -> SettingsError:
    return SettingsError(code, status=409, title=title)
