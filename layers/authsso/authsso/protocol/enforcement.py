"""What it means that single sign-on is enforced: who must come through it now, and since when.

A session cannot tell how it began, so each user carries one mark: the time of the last single
sign-on before which all other sessions were ended. A password that is let in, in an emergency,
takes the mark away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from authsso.model import Connection

# Policies are kept in memory for some seconds, so a password may still be let in when enforcement
# has just begun. A mark counts from the time when that is surely over.
SETTLED_SECONDS: Final = 10
# Where somebody without an application at hand begins.
SIGN_IN_PATH: Final = "/login/initiate"
# Where a recovery code is spent.
RECOVERY_PATH: Final = "/recover"


@dataclass(frozen=True, slots=True)
class TenantPolicy:
    """What one tenant demands of its people.

    Args:
        enforced_since: When enforcement began; None while nothing is enforced.
        connection_ids: The enforced connections, through which alone people come in.
        emergency_users: Usernames of those who may use a password all the same.
        lifted_until: Until when a recovery code has lifted enforcement; 0 when none has.
    """

    enforced_since: int | None = None
    connection_ids: frozenset[str] = frozenset()
    emergency_users: frozenset[str] = frozenset()
    lifted_until: int = 0

    @property
    def is_enforced(self) -> bool:
        """Whether any connection is enforced, lifted for the moment or not."""
        return self.enforced_since is not None

    def requires_sso(self, username: str, now: int) -> bool:
        """Tell whether this person may come in through an enforced connection only."""
        excused = username in self.emergency_users or now < self.lifted_until
        return self.is_enforced and not excused


NOTHING_ENFORCED: Final = TenantPolicy()


def policy(
    connections: Iterable[Connection],
    emergency_users: Iterable[str] = (),
    lifted_until: int = 0,
) -> TenantPolicy:
    """Return the policy of a tenant.

    Args:
        connections: All of the tenant's.
        emergency_users: Usernames.
        lifted_until: Of its lift, 0 without one.
    """
    enforced = [c for c in connections if c.enabled and c.enforced]
    if not enforced:
        return NOTHING_ENFORCED
    return TenantPolicy(
        enforced_since=min(connection.enforced_at or 0 for connection in enforced),
        connection_ids=frozenset(connection.connection_id for connection in enforced),
        emergency_users=frozenset(emergency_users),
        lifted_until=lifted_until,
    )


def is_settled(sso_since: int | None, enforced_since: int | None) -> bool:
    """Tell whether every session of a user has come from single sign-on since enforcement began.

    Args:
        sso_since: The user's mark, None when there is none.
        enforced_since: When enforcement began, None when nothing is enforced.
    """
    if enforced_since is None:
        return True
    return sso_since is not None and sso_since >= enforced_since + SETTLED_SECONDS


def refusal_text(base_url: str) -> str:
    """Return the sentence that somebody with a password reads."""
    return (
        "Your organisation requires single sign-on. "
        f"Sign in at {base_url}{SIGN_IN_PATH} with your work e-mail. "
        f"Administrators with a recovery code: {base_url}{RECOVERY_PATH}."
    )
