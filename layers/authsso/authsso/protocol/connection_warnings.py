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


def find(
    connection: Connection,
    live: ConnectionVersion | None,
    *,
    has_proven_domain: bool,
    now: int,
) -> tuple[ConnectionWarning, ...]:
    """Look at one connection that is saved."""
    return (
        *_about_secret(live, now),
        *_about_domains(connection, has_proven_domain=has_proven_domain),
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


def _about_domains(
    connection: Connection, *, has_proven_domain: bool
) -> Iterator[ConnectionWarning]:
    if connection.enabled and not has_proven_domain:
        yield ConnectionWarning(
            "no_proven_domain",
            "No e-mail domain is proven, so nobody is led here by an e-mail address.",
            "Add your e-mail domain and prove it with a DNS record.",
        )
