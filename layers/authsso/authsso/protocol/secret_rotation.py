"""Is a client secret being replaced? Then the old one still works until the new one has."""

from authsso.model import ConnectionVersion


def replaces(version: ConnectionVersion, before: ConnectionVersion) -> bool:
    """Tell whether `version` differs from `before` in the secret of the same client.

    A secret is never shown to another issuer than its own, nor for another client id (F10).
    """
    same_client = (version.metadata.issuer, version.client_id) == (
        before.metadata.issuer,
        before.client_id,
    )
    return same_client and version.secret_id != before.secret_id
