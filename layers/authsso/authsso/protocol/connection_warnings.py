"""What an administrator should hear of a connection that works, before it stops working."""

from collections.abc import Iterator
from dataclasses import dataclass

from authsso.model import Connection, ConnectionVersion
from authsso.protocol import iso_date

_SECRET_WARNING_DAYS = 30


@dataclass(frozen=True, slots=True)
class ConnectionWarning:
    """Something to do soon.

    Args:
        code: Stable.
        message: What is the matter.
        fix: What to do.
    """

    code: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the tenant has.

    Args:
        has_proven_domain: Some e-mail domain leads people here.
        has_emergency_access: Somebody could get in when the provider fails.
    """

    has_proven_domain: bool
    has_emergency_access: bool


def find(
    connection: Connection, live: ConnectionVersion | None, around: Surroundings, *, now: int
) -> tuple[ConnectionWarning, ...]:
    """Look at one connection that is saved."""
    return (
        *_about_secret(live, now),
        *_about_domains(connection, around),
        *_about_emergency_access(connection, around),
    )


def _about_secret(live: ConnectionVersion | None, now: int) -> Iterator[ConnectionWarning]:
    if live is None or live.secret_expires_on is None:
        return
    days = iso_date.days_left(live.secret_expires_on, now)
    fix = "Create a new client secret at your provider and enter it here."
    if days < 0:
        yield ConnectionWarning(
            "secret_expired", f"The secret expired on {live.secret_expires_on}.", fix
        )
    elif days <= _SECRET_WARNING_DAYS:
        yield ConnectionWarning("secret_expires_soon", f"The secret expires in {days} days.", fix)


def _about_emergency_access(
    connection: Connection, around: Surroundings
) -> Iterator[ConnectionWarning]:
    if connection.enforced and not around.has_emergency_access:
        yield ConnectionWarning(
            "no_emergency_access",
            "Nobody could sign in if your provider failed: no emergency access is left.",
            "Make new recovery codes, or name somebody under Emergency access.",
        )


def _about_domains(connection: Connection, around: Surroundings) -> Iterator[ConnectionWarning]:
    if connection.enabled and not around.has_proven_domain:
        yield ConnectionWarning(
            "no_proven_domain",
            "No e-mail domain is proven, so nobody is led here by an e-mail address.",
            "Add your e-mail domain and prove it with a DNS record.",
        )
