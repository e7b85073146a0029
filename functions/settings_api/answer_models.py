"""The shape of what administrators are told. No model here has a field for a secret (F09)."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_SHAPE = ConfigDict(extra="forbid", frozen=True)

type Provider = Literal["azure", "google", "okta", "onelogin", "keycloak", "salesforce", "oidc"]


class FormFieldAnswer(BaseModel):
    """One field of the form, in the words of the provider's console."""

    model_config = _SHAPE

    name: Literal["client_id", "client_secret", "discovery_url"]
    label: str
    hint: str
    example: str


class RedirectUri(BaseModel):
    """An address to register at the provider."""

    model_config = _SHAPE

    name: Literal["authsso", "cognito"]
    uri: str


class SecretAnswer(BaseModel):
    """What may be known of a secret."""

    model_config = _SHAPE

    is_set: bool
    set_at: int = Field(description="Seconds since the epoch.")
    expires_on: str | None = Field(description="ISO date, as the administrator entered it.")


class ResultAnswer(BaseModel):
    """What a check of a version, or a test sign-in through it, came to."""

    model_config = _SHAPE

    version: int
    at: int = Field(description="Seconds since the epoch.")
    by: str = Field(description="Username of the administrator.")
    passed: bool
    findings: list[str] = Field(description="Codes; docs/errors.md lists them.")
    reference: str | None = Field(description="Of the test's trace; null for a check.")


class VersionAnswer(BaseModel):
    """A draft or the live version."""

    model_config = _SHAPE

    number: int
    discovery_url: str
    issuer: str
    client_id: str
    secret: SecretAnswer
    method: Literal["GET", "POST"]
    client_authentication: Literal["client_secret_basic", "client_secret_post"]
    response_mode: Literal["query", "form_post"]
    scopes: list[str]
    attribute_mapping: dict[str, str]
    group_mapping: dict[str, str]
    logout_at_provider: bool
    saved_at: int = Field(description="Seconds since the epoch.")
    saved_by: str = Field(description="Username of the administrator.")
    last_check: ResultAnswer | None = Field(description="Of this version.")
    last_test: ResultAnswer | None = Field(description="Of this version.")


class WarningAnswer(BaseModel):
    """Something to do soon."""

    model_config = _SHAPE

    code: str
    message: str
    fix: str


class CognitoDomainAnswer(BaseModel):
    """How the connection stands for applications that still use the Cognito domain."""

    model_config = _SHAPE

    state: Literal["off", "on", "working", "unavailable"]
    message: str


class NeedAnswer(BaseModel):
    """Something to do before the move."""

    model_config = _SHAPE

    code: str
    message: str


class ImportedAnswer(BaseModel):
    """A connection that was a provider of the user pool before."""

    model_config = _SHAPE

    pool_provider: str = Field(description="Its name in the pool.")
    moved_at: int | None = Field(description="null: people still come through Cognito.")
    needs: list[NeedAnswer] = Field(description="What is missing before the move.")


class ConnectionAnswer(BaseModel):
    """One provider kind: how it is set up, and what is set up."""

    model_config = _SHAPE

    provider: Provider
    name: str
    guide_url: str = Field(description="The provider's own page about registering an application.")
    fields: list[FormFieldAnswer] = Field(description="Empty: nothing is typed.")
    is_offered: bool = Field(description="false: the SaaS has not set this kind up (google).")
    connection_id: str
    redirect_uris: list[RedirectUri] = Field(description="All are to be registered.")
    post_logout_redirect_uri: str | None = Field(
        description="To be registered for logout_at_provider; null: not offered for this kind."
    )
    enabled: bool
    enforced: bool
    lifted_until: int | None = Field(
        description="Until then a spent recovery code lets passwords work; null: enforced means it."
    )
    etag: str | None = Field(description="For If-Match; null before the first save.")
    live: VersionAnswer | None
    draft: VersionAnswer | None
    previous: VersionAnswer | None = Field(description="What rollback brings back.")
    live_since: int | None = Field(
        description="When live went live, and previous no longer was; null: nothing is, or unknown."
    )
    cognito_domain: CognitoDomainAnswer
    imported: ImportedAnswer | None = Field(description="null: it never was one.")
    last_check: ResultAnswer | None = Field(description="Of the draft, or of what is live.")
    last_test: ResultAnswer | None = Field(description="Of the draft, or of what is live.")
    warnings: list[WarningAnswer]


class RecordAnswer(BaseModel):
    """The DNS record that proves a domain."""

    model_config = _SHAPE

    name: str
    type: Literal["TXT"]
    value: str = Field(description="Empty: the SaaS vouches for the domain; nothing is needed.")


class DomainAnswer(BaseModel):
    """An e-mail domain of the tenant."""

    model_config = _SHAPE

    domain: str = Field(description="In A-labels, lower case.")
    state: Literal["pending", "proven", "lapsing"] = Field(
        description="lapsing: proven, but the record is gone; after seven days it is pending."
    )
    proven_at: int | None
    checked_at: int | None = Field(description="When the record was last looked up.")
    record: RecordAnswer


class DomainsAnswer(BaseModel):
    """All e-mail domains of the tenant."""

    model_config = _SHAPE

    domains: list[DomainAnswer]


class EmergencyUserAnswer(BaseModel):
    """Somebody who may use a password while single sign-on is enforced."""

    model_config = _SHAPE

    username: str
    email: str | None
    name: str | None


class CodesLeftAnswer(BaseModel):
    """The recovery codes of the last set; never the codes."""

    model_config = _SHAPE

    left: int
    made_at: int | None


class EmergencyAccessAnswer(BaseModel):
    """Who could still get in when the provider fails."""

    model_config = _SHAPE

    users: list[EmergencyUserAnswer]
    recovery_codes: CodesLeftAnswer
    etag: str = Field(description="For If-Match.")


class RecoveryCodesAnswer(BaseModel):
    """New recovery codes, shown this once."""

    model_config = _SHAPE

    codes: list[str]


class ActorAnswer(BaseModel):
    """Who changed something; `authsso` when a scheduled job did."""

    model_config = _SHAPE

    username: str
    email: str | None


class EventAnswer(BaseModel):
    """One change."""

    model_config = _SHAPE

    id: str
    at: int = Field(description="Seconds since the epoch.")
    actor: ActorAnswer
    source_ip: str
    action: str
    subject: str = Field(description="A provider kind, a domain, or emergency_access.")
    details: dict[str, Any]


class EventsAnswer(BaseModel):
    """Changes, the newest first."""

    model_config = _SHAPE

    events: list[EventAnswer]
    next: str | None = Field(description="For `before`: where the older ones begin; null: none.")


class OverviewAnswer(BaseModel):
    """All that the settings page shows."""

    model_config = _SHAPE

    tenant_id: str
    providers: list[ConnectionAnswer]
    domains: list[DomainAnswer]
    emergency_access: EmergencyAccessAnswer
