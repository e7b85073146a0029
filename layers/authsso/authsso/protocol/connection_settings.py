"""Judge what an administrator submits, and what saving it makes of the connection.

In two steps, since the issuer is only known once the provider has answered: `judge` looks at what
was sent, `complete` at what it means at that provider. Both name every mistake at once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from authsso.errors import FieldError, SettingsError
from authsso.model import (
    ClientAuthentication,
    Connection,
    ConnectionVersion,
    Method,
    ProviderMetadata,
    ProviderProfile,
    ResponseMode,
)
from authsso.protocol import mapping_rules, secret_expiry


@dataclass(frozen=True, slots=True)
class Submitted:
    """A PUT body in our own words; the shape is right, the values are not judged yet.

    Args:
        discovery_url: Normalised by the provider kind.
        client_id: Normalised by the provider kind.
        client_secret: None keeps the stored one.
        method: HTTP method at the UserInfo endpoint.
        secret_expires_on: ISO date.
        client_authentication: None leaves it to the provider's metadata.
        response_mode: How the provider shall answer.
        scopes: What to ask for.
        attribute_mapping: Our attribute -> the provider's claim.
        group_mapping: The provider's group -> Cognito group.
        logout_at_provider: Whether signing out ends the session at the provider as well.
    """

    discovery_url: str
    client_id: str
    client_secret: str | None = field(repr=False)
    method: Method
    secret_expires_on: str | None
    client_authentication: ClientAuthentication | None
    response_mode: ResponseMode
    scopes: tuple[str, ...]
    attribute_mapping: Mapping[str, str]
    group_mapping: Mapping[str, str]
    logout_at_provider: bool = False


@dataclass(frozen=True, slots=True)
class StoredSecret:
    """Which secret a version uses, and what it belongs to; not the secret."""

    secret_id: str
    issuer: str
    client_id: str
    set_at: int
    expires_on: str | None


@dataclass(frozen=True, slots=True)
class Completed:
    """Settings that may be saved.

    Args:
        submitted: What was asked.
        metadata: The provider's.
        client_authentication: As asked, or the best that the provider takes.
        kept_secret: The stored secret to go on with; None when a new one was given.
    """

    submitted: Submitted
    metadata: ProviderMetadata
    client_authentication: ClientAuthentication
    kept_secret: StoredSecret | None


def stored_secrets(versions: Sequence[ConnectionVersion]) -> tuple[StoredSecret, ...]:
    """Return the secrets that a save may go on with, the preferred one first."""
    return tuple(
        StoredSecret(
            secret_id=version.secret_id,
            issuer=version.metadata.issuer,
            client_id=version.client_id,
            set_at=version.secret_set_at,
            expires_on=version.secret_expires_on,
        )
        for version in versions
    )


def judge(
    submitted: Submitted,
    typed_mistakes: Sequence[FieldError],
    *,
    stored: Sequence[StoredSecret],
    allowed_groups: Collection[str],
    now: int,
) -> None:
    """Refuse what is wrong whatever the provider answers; nothing has been asked of it yet.

    Args:
        submitted: What was sent.
        typed_mistakes: What the provider kind found in it.
        stored: The secrets that this connection has.
        allowed_groups: Cognito groups that the SaaS lets tenants map to.
        now: Seconds since the epoch.

    Raises:
        SettingsError: `invalid_settings`, with every mistake.
    """
    kept = [secret for secret in stored if secret.client_id == submitted.client_id]
    mistakes = [
        *typed_mistakes,
        *([] if submitted.client_secret is not None or kept else [secret_required(stored)]),
        *secret_expiry.mistakes(
            submitted.secret_expires_on, is_new=submitted.client_secret is not None, now=now
        ),
        *mapping_rules.scope_mistakes(submitted.scopes),
        *mapping_rules.attribute_mistakes(submitted.attribute_mapping),
        *mapping_rules.group_mistakes(submitted.group_mapping, allowed_groups),
    ]
    _raise_if_any(mistakes)


def logout_mistakes(submitted: Submitted, profile: ProviderProfile) -> list[FieldError]:
    """Name the wish for a sign-out at a provider that takes none from us.

    RP-Initiated Logout 1.0, 2 only recommends `id_token_hint`; where it is demanded, people would
    be stranded at the provider.
    """
    if profile.signs_out_without_token or not submitted.logout_at_provider:
        return []
    return [
        FieldError(
            "logout_at_provider",
            "logout_at_provider_unsupported",
            f"{profile.name} cannot be asked to sign people out from here.",
            "Leave it off. After signing out here, people are asked again who they are.",
        )
    ]


def complete(
    submitted: Submitted, metadata: ProviderMetadata, *, stored: Sequence[StoredSecret]
) -> Completed:
    """Fit judged settings to the provider that they lead to.

    A stored secret goes on only with the issuer and the client id that it was entered for (F10):
    else whoever edits the address could have the secret sent to a server of their own.

    Raises:
        SettingsError: `invalid_settings`, with every mistake.
    """
    kept = None if submitted.client_secret is not None else _matching(submitted, metadata, stored)
    mistakes = [
        *([secret_required(stored)] if submitted.client_secret is None and not kept else []),
        *_unsupported(submitted, metadata),
        *_without_sign_out(submitted, metadata),
    ]
    _raise_if_any(mistakes)
    return Completed(submitted, metadata, _authentication(submitted, metadata), kept)


def new_version(
    settings: Completed, *, number: int, secret_id: str, saved_at: int, saved_by: str
) -> ConnectionVersion:
    """Build the version that is saved.

    Args:
        settings: Judged.
        number: The next one of the connection.
        secret_id: Of the new secret, or of the kept one.
        saved_at: Now.
        saved_by: Username of the administrator.
    """
    submitted, kept = settings.submitted, settings.kept_secret
    return ConnectionVersion(
        number=number,
        discovery_url=submitted.discovery_url,
        client_id=submitted.client_id,
        secret_id=secret_id,
        method=submitted.method,
        client_authentication=settings.client_authentication,
        response_mode=submitted.response_mode,
        scopes=submitted.scopes,
        attribute_mapping=submitted.attribute_mapping,
        group_mapping=submitted.group_mapping,
        metadata=settings.metadata,
        secret_set_at=kept.set_at if kept else saved_at,
        secret_expires_on=submitted.secret_expires_on or (kept.expires_on if kept else None),
        saved_at=saved_at,
        saved_by=saved_by,
        logout_at_provider=submitted.logout_at_provider,
    )


def with_draft(connection: Connection, number: int, *, now: int) -> Connection:
    """Return the head whose draft is version `number`; what is live stays as it is."""
    return replace(
        connection,
        draft=number,
        last_number=number,
        revision=connection.revision + 1,
        changed_at=now,
    )


def changed_fields(submitted: Submitted, current: ConnectionVersion) -> tuple[FieldError, ...]:
    """Tell an administrator who came second where the saved settings differ from theirs.

    Which of them the other one changed is not known here: If-Match names a revision, and no version
    says which revisions it stood at.
    """
    names = (
        "discovery_url",
        "client_id",
        "method",
        "response_mode",
        "secret_expires_on",
        "logout_at_provider",
    )
    return tuple(
        FieldError(
            name,
            "changed_meanwhile",
            f"Saved meanwhile: {_in_words(getattr(current, name))}.",
            "Save again to put yours over it.",
        )
        for name in (*names, "scopes", "attribute_mapping", "group_mapping")
        if getattr(submitted, name) != getattr(current, name)
    )


def _in_words(value: object) -> str:
    match value:
        case bool():
            return "Yes" if value else "No"
        case tuple():
            return " ".join(value) or "nothing"
        case Mapping():
            return ", ".join(f"{one} → {other}" for one, other in value.items()) or "nothing"
        case _:
            return str(value or "nothing")


def _raise_if_any(mistakes: Sequence[FieldError]) -> None:
    if mistakes:
        raise SettingsError(
            "invalid_settings",
            ", ".join(mistake.code for mistake in mistakes),
            status=400,
            title="The settings were not saved: something in them is wrong.",
            fields=mistakes,
        )


def _matching(
    submitted: Submitted, metadata: ProviderMetadata, stored: Sequence[StoredSecret]
) -> StoredSecret | None:
    owner = (metadata.issuer, submitted.client_id)
    return next((kept for kept in stored if (kept.issuer, kept.client_id) == owner), None)


def secret_required(stored: Sequence[StoredSecret]) -> FieldError:
    """Name the secret that must be entered.

    Args:
        stored: The secrets that this connection has, none of which fits.
    """
    message = (
        "The stored Client Secret belongs to another provider or Client ID."
        if stored
        else "The Client Secret is missing."
    )
    return FieldError(
        "client_secret", "secret_required", message, "Enter the Client Secret of this application."
    )


def _authentication(submitted: Submitted, metadata: ProviderMetadata) -> ClientAuthentication:
    """Basic where it is taken: every provider must take it (RFC 6749, 2.3.1)."""
    if submitted.client_authentication:
        return submitted.client_authentication
    offered = metadata.client_authentication
    if not offered or "client_secret_basic" in offered:
        return "client_secret_basic"
    return cast("ClientAuthentication", offered[0])


def _unsupported(submitted: Submitted, metadata: ProviderMetadata) -> list[FieldError]:
    offered = {
        "client_authentication": metadata.client_authentication,
        "response_mode": metadata.response_modes,
    }
    return [
        FieldError(
            name,
            f"{name}_unsupported",
            f"Your provider does not take {asked}.",
            f"Leave it out, or use {' or '.join(choices)}.",
        )
        for name, choices in offered.items()
        if (asked := getattr(submitted, name)) and choices and asked not in choices
    ]


def _without_sign_out(submitted: Submitted, metadata: ProviderMetadata) -> list[FieldError]:
    if metadata.end_session_endpoint or not submitted.logout_at_provider:
        return []
    return [
        FieldError(
            "logout_at_provider",
            "logout_at_provider_unsupported",
            "Your provider names no end_session_endpoint in its discovery document.",
            "Leave it off. After signing out here, people are asked again who they are.",
        )
    ]
