"""Which versions and secrets nobody needs any more (docs/decisions/0003)."""

from collections.abc import Collection, Sequence

from authsso.model import Connection, ConnectionVersion
from authsso.protocol.sign_in import LIFETIME_SECONDS

SHARED_PREFIX = "shared#"
GOOGLE_SECRET_ID = f"{SHARED_PREFIX}google"  # not a secret: it names one
# How long the old settings can still be brought back after a new secret has worked.
ROTATION_SECONDS = 24 * 60 * 60


def collectable(
    versions: Collection[ConnectionVersion], before: Connection, after: Connection, *, now: int
) -> tuple[ConnectionVersion, ...]:
    """Return the versions that may be thrown away.

    A version that was live is kept for as long as a sign-in may be under way on it. A draft signs
    nobody in, and a deleted connection lets no sign-in finish.

    Args:
        versions: All that are stored.
        before: The head before the last write; the same as `after` when nothing was written.
        after: The head now.
        now: Seconds since the epoch.
    """
    rested = now - before.changed_at >= LIFETIME_SECONDS
    return tuple(
        version
        for version in versions
        if version.number not in after.named
        and (
            after.is_empty
            or version.number == before.draft
            or (version.number not in before.named and rested)
        )
    )


def unneeded_secrets(
    versions: Collection[ConnectionVersion], thrown_away: Collection[ConnectionVersion]
) -> frozenset[str]:
    """Return the secrets that only thrown-away versions name; the SaaS's own are never ours."""
    gone = {version.number for version in thrown_away}
    kept = {version.secret_id for version in versions if version.number not in gone}
    return frozenset(
        version.secret_id
        for version in thrown_away
        if version.secret_id not in kept and not version.secret_id.startswith(SHARED_PREFIX)
    )


def has_rotated(
    versions: Sequence[ConnectionVersion],
    connection: Connection,
    *,
    proven_secret: str | None,
    now: int,
) -> bool:
    """Tell whether the previous version holds nothing but an old secret that is not needed.

    Args:
        versions: All that are stored.
        connection: The head.
        proven_secret: The one that last worked at the provider; None while none was recorded.
        now: Seconds since the epoch.
    """
    known = {version.number: version for version in versions}
    live, previous = known.get(connection.live or 0), known.get(connection.previous or 0)
    if live is None or previous is None or proven_secret != live.secret_id:
        return False
    is_rotation = _owner(live) == _owner(previous) and live.secret_id != previous.secret_id
    return is_rotation and now - connection.changed_at >= ROTATION_SECONDS


def _owner(version: ConnectionVersion) -> tuple[str, str]:
    return version.metadata.issuer, version.client_id
