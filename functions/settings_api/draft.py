"""PUT: a new draft. What fails on the way leaves everything as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from authsso.errors import ProviderError, SettingsError, UnavailableError
from authsso.model import Connection, ConnectionVersion, KeySet, ProviderKind, ProviderMetadata
from authsso.protocol import (
    audit_event,
    connection_settings,
    edit_condition,
    request_digest,
)
from authsso.protocol.connection_settings import Completed, Submitted
from authsso.providers import PROFILES
from authsso.providers.forms.typed_values import find_mistakes
from authsso.web.settings import submission
from settings_api import keys, provider_mistakes, retention

if TYPE_CHECKING:
    from authsso.adapters.connection_table import SavedVersion
    from authsso.protocol.edit_condition import EditCondition
    from authsso.services import Services
    from authsso.web.settings.editing import Edit
    from authsso.web.settings.request_models import ConnectionSettings


@dataclass(frozen=True, slots=True)
class Standing:
    """What is stored before the save.

    Args:
        connection: The head; for a first save one of revision 0.
        draft: What a new draft replaces.
        live: What signs people in.
        previous: What rollback would bring back.
    """

    connection: Connection
    draft: "SavedVersion | None"
    live: "SavedVersion | None"
    previous: "SavedVersion | None"

    @property
    def versions(self) -> tuple[ConnectionVersion, ...]:
        """Those that a save may build on, the newest first."""
        return tuple(saved.version for saved in (self.draft, self.live) if saved)


def save(
    edit: "Edit",
    provider: ProviderKind,
    settings: "ConnectionSettings",
    condition: "EditCondition",
) -> Connection:
    """Judge what was submitted, ask the provider, and store the draft.

    Returns:
        The head as it stands now.

    Raises:
        SettingsError: What is wrong, field by field; nothing was changed.
    """
    services, form = edit.services, submission.form_of(provider)
    submitted = submission.read(form, provider, settings)
    current = services.connections.connection(edit.tenant_id, provider)
    standing = _standing(services, edit.tenant_id, provider, current)
    try:
        expected = edit_condition.check(condition, current)
    except SettingsError as error:
        return _answer_repeated(standing, submitted, error)

    stored = connection_settings.stored_secrets(standing.versions)
    connection_settings.judge(
        submitted,
        [
            *find_mistakes(
                form,
                submission.typed(submitted),
                submission.surroundings(services.config, provider),
            ),
            *connection_settings.logout_mistakes(submitted, PROFILES[provider]),
        ],
        stored=stored,
        allowed_groups=services.config.group_allow_list,
        now=services.now(),
    )
    metadata, found_keys = _ask_provider(services, provider, submitted)
    completed = connection_settings.complete(submitted, metadata, stored=stored)
    head, version = _store(edit, standing, completed, expected)
    keys.keep(services, head, version, found_keys)
    retention.tidy(services, standing.connection, head)
    return head


def _standing(
    services: "Services", tenant_id: str, provider: ProviderKind, current: Connection | None
) -> Standing:
    def saved(number: int | None) -> "SavedVersion | None":
        if number is None:
            return None
        return services.connections.saved_version(tenant_id, provider, number)

    head = current or Connection(
        tenant_id, provider, services.connections.connection_ids(tenant_id)[provider]
    )
    return Standing(head, saved(head.draft), saved(head.live), saved(head.previous))


def _answer_repeated(standing: Standing, submitted: Submitted, error: SettingsError) -> Connection:
    """Answer a request whose first answer was lost as the first time; refuse any other.

    RFC 9110, 13.1.1 lets a server answer with success when the change has been made already.
    """
    draft = standing.draft
    if draft and request_digest.is_same(_as_request(submitted), draft.request_digest):
        return standing.connection
    if draft and error.code == "changed_meanwhile":
        changed = connection_settings.changed_fields(submitted, draft.version)
        raise SettingsError(
            error.code, error.detail, status=error.status, title=error.title, fields=changed
        ) from error
    raise error


def _as_request(submitted: Submitted) -> Mapping[str, object]:
    return {name: getattr(submitted, name) for name in Submitted.__dataclass_fields__}


def _ask_provider(
    services: "Services", provider: ProviderKind, submitted: Submitted
) -> tuple[ProviderMetadata, KeySet]:
    try:
        metadata = services.provider.discover(submitted.discovery_url, PROFILES[provider])
        return metadata, services.provider.keys(metadata, services.now())
    except ProviderError as error:
        raise provider_mistakes.as_settings_error(error, provider) from error


def _store(
    edit: "Edit",
    standing: Standing,
    settings: Completed,
    expected_revision: int,
) -> tuple[Connection, ConnectionVersion]:
    services, connection, now = edit.services, standing.connection, edit.services.now()
    new_secret = _put_secret(services, connection, settings)
    version = connection_settings.new_version(
        settings,
        number=connection.last_number + 1,
        secret_id=new_secret or _kept(settings),
        saved_at=now,
        saved_by=edit.actor.username,
    )
    head = connection_settings.with_draft(connection, version.number, now=now)
    details = audit_event.of_draft(next(iter(standing.versions), None), version)
    try:
        services.connection_changes.save_version(
            head,
            version,
            request_digest=request_digest.digest(
                _as_request(settings.submitted), salt=services.new_token()
            ),
            expected_revision=expected_revision,
            events=[edit.event("draft_saved", connection.provider, details)],
        )
    except (SettingsError, UnavailableError):
        if new_secret and not _was_saved(services, connection, version):
            services.new_secrets.retire(connection.connection_id, new_secret)
        raise
    return head, version


def _put_secret(services: "Services", connection: Connection, settings: Completed) -> str | None:
    if settings.submitted.client_secret is None:
        return None
    return services.new_secrets.put(
        connection.connection_id,
        client_secret=settings.submitted.client_secret,
        issuer=settings.metadata.issuer,
        client_id=settings.submitted.client_id,
    )


def _kept(settings: Completed) -> str:
    if settings.kept_secret is None:  # complete() lets nothing through without a secret
        raise AssertionError("settings without a secret")
    return settings.kept_secret.secret_id


def _was_saved(services: "Services", connection: Connection, version: ConnectionVersion) -> bool:
    """Look whether a write whose answer was lost has arrived after all."""
    stored = services.connections.version(connection.tenant_id, connection.provider, version.number)
    return stored is not None and stored.secret_id == version.secret_id
