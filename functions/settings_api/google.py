"""Google: nothing is typed; switching it on makes a version from the SaaS's own client."""

from typing import TYPE_CHECKING

from authsso.errors import ProviderError, SettingsError
from authsso.model import Connection, ConnectionVersion, KeySet
from authsso.protocol.version_retention import GOOGLE_SECRET_ID
from authsso.providers import PROFILES
from authsso.providers.forms import FORMS
from authsso.providers.google import ISSUER
from settings_api import provider_mistakes

if TYPE_CHECKING:
    from authsso.services import Services
    from settings_api.editing import Edit


def is_offered(services: "Services") -> bool:
    """Tell whether the SaaS has a client of its own at Google."""
    return bool(services.config.google_client_id and services.config.google_client_secret_id)


def needs_version(services: "Services", head: Connection | None) -> bool:
    """Tell whether nothing is live, or something that was made for another client."""
    if head is None or head.live is None:
        return True
    live = services.connections.version(head.tenant_id, head.provider, head.live)
    return live is None or live.client_id != services.config.google_client_id


def new_version(edit: "Edit", number: int) -> tuple[ConnectionVersion, KeySet]:
    """Ask Google for its metadata and build a version on the SaaS's client.

    Raises:
        SettingsError: 409 `google_not_offered`; 400 `discovery_failed`.
    """
    services, now = edit.services, edit.services.now()
    if not is_offered(services):
        raise SettingsError(
            "google_not_offered", status=409, title="Signing in with Google is not offered here."
        )
    profile, form = PROFILES["google"], FORMS["google"]
    try:
        metadata = services.provider.discover(ISSUER, profile)
        keys = services.provider.keys(metadata, now)
    except ProviderError as error:
        raise provider_mistakes.as_settings_error(error, "google") from error
    version = ConnectionVersion(
        number=number,
        discovery_url=ISSUER,
        client_id=services.config.google_client_id,
        secret_id=GOOGLE_SECRET_ID,
        method="POST",
        client_authentication="client_secret_post",
        response_mode=form.response_mode,
        scopes=profile.default_scopes,
        attribute_mapping=dict(form.attribute_mapping),
        group_mapping={},
        metadata=metadata,
        secret_set_at=now,
        secret_expires_on=None,
        saved_at=now,
        saved_by=edit.actor.username,
    )
    return version, keys
