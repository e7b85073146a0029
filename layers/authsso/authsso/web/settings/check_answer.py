"""The shape of what a check tells."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

_SHAPE = ConfigDict(extra="forbid", frozen=True)


class FindingAnswer(BaseModel):
    """One thing that is wrong."""

    model_config = _SHAPE

    code: str = Field(description="docs/errors.md lists them.")
    severity: Literal["error", "warning", "note"]
    who: Literal["provider_administrator", "administrator", "employee", "saas", "nobody"]
    message: str
    fix: str
    field: str | None = Field(description="The setting that it concerns.")
    provider_text: str = Field(description="The provider's own words, bounded; may be empty.")
    correlation_id: str | None = Field(description="For the provider's support.")
    look_up_url: str | None


class ProbeAnswer(BaseModel):
    """One line of the check."""

    model_config = _SHAPE

    name: Literal[
        "typed_values",
        "discovery",
        "keys",
        "clock",
        "pkce",
        "client",
        "redirect_uri_authsso",
        "redirect_uri_cognito",
        "method",
    ]
    state: Literal["ok", "finding", "cannot_tell"]
    message: str
    finding: FindingAnswer | None


class MendAnswer(BaseModel):
    """A better value, ready to be taken over."""

    model_config = _SHAPE

    field: Literal["client_id", "client_secret", "discovery_url"]
    value: str


class CheckAnswer(BaseModel):
    """What the check found out."""

    model_config = _SHAPE

    probes: list[ProbeAnswer]
    mends: list[MendAnswer]
