"""The shape of what administrators are told. No model here has a field for a secret (F09)."""

from typing import Literal

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
    saved_at: int = Field(description="Seconds since the epoch.")
    saved_by: str = Field(description="Username of the administrator.")


class WarningAnswer(BaseModel):
    """Something to do soon."""

    model_config = _SHAPE

    code: str
    message: str
    fix: str


class ConnectionAnswer(BaseModel):
    """One provider kind: how it is set up, and what is set up."""

    model_config = _SHAPE

    provider: Provider
    name: str
    guide_url: str = Field(description="The provider's own page about registering an application.")
    fields: list[FormFieldAnswer] = Field(description="Empty: nothing is typed.")
    connection_id: str
    redirect_uris: list[RedirectUri] = Field(description="Both are to be registered.")
    enabled: bool
    enforced: bool
    etag: str | None = Field(description="For If-Match; null before the first save.")
    live: VersionAnswer | None
    draft: VersionAnswer | None
    last_check: None = Field(description="Reserved.")
    last_test: None = Field(description="Reserved.")
    warnings: list[WarningAnswer]


class DomainAnswer(BaseModel):
    """An e-mail domain of the tenant."""

    model_config = _SHAPE

    domain: str
    is_proven: bool
    proven_at: int | None


class OverviewAnswer(BaseModel):
    """All that the settings page shows."""

    model_config = _SHAPE

    tenant_id: str
    providers: list[ConnectionAnswer]
    domains: list[DomainAnswer]


class MistakeAnswer(BaseModel):
    """One mistake in one field."""

    field: str
    code: str
    message: str
    fix: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    errors: list[MistakeAnswer]
