"""Emergency access: who may use a password while single sign-on is enforced, and recovery codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from authsso.errors import FieldError, SettingsError
from authsso.model import User
from authsso.protocol import email_address

MOST_USERS = 10
CODES = 10


@dataclass(frozen=True, slots=True)
class EmergencyAccess:
    """What a tenant has set up.

    Args:
        usernames: Who may use a password.
        code_hashes: The recovery codes of the last set that was made, spent or not.
        codes_made_at: When that was; None before the first.
        revision: Counts every write; the ETag. 0 before the first.
    """

    usernames: tuple[str, ...] = ()
    code_hashes: tuple[str, ...] = ()
    codes_made_at: int | None = None
    revision: int = 0


def is_usable(user: User | None, tenant_id: str) -> bool:
    """Tell whether somebody who is named could really sign in with a password."""
    return user is not None and user.tenant_id == tenant_id and user.enabled and user.confirmed


def choose(
    typed: Sequence[str], found: Mapping[str, Sequence[User]], *, tenant_id: str
) -> tuple[User, ...]:
    """Turn addresses into users of the tenant.

    Somebody of another tenant is answered like somebody who does not exist.

    Args:
        typed: Addresses, as sent.
        found: Address as typed -> whoever has it, of whichever tenant.
        tenant_id: Whose users count.

    Raises:
        SettingsError: 400 `invalid_settings`, with every mistake.
    """
    chosen: dict[str, User] = {}
    mistakes = []
    for index, address in enumerate(typed):
        user = _the_one(found[address], tenant_id)
        if user is not None and is_usable(user, tenant_id):
            chosen[user.username] = user
        else:
            mistakes.append(_mistake(index, address, user))
    if mistakes:
        raise SettingsError(
            "invalid_settings",
            ", ".join(mistake.code for mistake in mistakes),
            status=400,
            title="The list was not saved: somebody in it cannot be named.",
            fields=mistakes,
        )
    return tuple(chosen.values())


def readable(address: str) -> str | None:
    """Return the one spelling of an address, None when it is none."""
    return email_address.normalise(address.strip())


def needed() -> SettingsError:
    """Build the refusal to leave an enforced tenant without any emergency access."""
    return SettingsError(
        "emergency_access_needed",
        status=409,
        title="People must use single sign-on, and there is no recovery code left: keep somebody "
        "in the list, or make recovery codes first.",
    )


def _the_one(users: Sequence[User], tenant_id: str) -> User | None:
    """Prefer whoever has verified the address: Cognito gives that to one user only."""
    own = sorted(
        (user for user in users if user.tenant_id == tenant_id),
        key=lambda user: (not user.email_verified, not user.enabled, user.username),
    )
    return own[0] if own else None


def _mistake(index: int, address: str, user: User | None) -> FieldError:
    field = f"users.{index}"
    if user is None:
        return FieldError(
            field,
            "user_unknown",
            f"Nobody in your organisation has the address {address[:100]}.",
            "Enter the address of somebody who has an account here.",
        )
    return FieldError(
        field,
        "user_cannot_sign_in",
        f"{address[:100]} cannot sign in with a password at the moment.",
        "Have the account enabled and a password set, or name somebody else.",
    )
