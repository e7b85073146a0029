"""The shape of what administrators are told of sign-ins. No model here has a field for a secret."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from authsso.web.settings.check_answer import FindingAnswer
from settings_api.answer_models import Provider

_SHAPE = ConfigDict(extra="forbid", frozen=True)


class SignInAnswer(BaseModel):
    """One sign-in in a line."""

    model_config = _SHAPE

    reference: str = Field(description="The person reads it on an error page.")
    kind: Literal["sign_in", "test"]
    provider: Provider
    callback: Literal["authsso", "cognito"] = Field(
        description="Whose redirect URI it came through; of Cognito's, one moment is seen."
    )
    version: int
    started_at: int = Field(description="Seconds since the epoch.")
    outcome: Literal["started", "signed_in", "refused", "never_came_back"] = Field(
        description="signed_in: in a test, would have been."
    )
    person: str | None = Field(description="E-mail address, once it was known.")
    finding: FindingAnswer | None = Field(description="Why it did not come through.")


class SignInsAnswer(BaseModel):
    """Sign-ins, the newest first."""

    model_config = _SHAPE

    sign_ins: list[SignInAnswer]
    next: str | None = Field(description="For `before`: where the older ones begin; null: none.")


class StepAnswer(BaseModel):
    """One thing that went well."""

    model_config = _SHAPE

    name: Literal[
        "sent_to_provider",
        "came_back",
        "answer_accepted",
        "code_redeemed",
        "id_token_accepted",
        "claims_complete",
        "user_found",
        "code_issued",
        "tokens_issued",
    ]
    after_ms: int = Field(
        description="Since the beginning; exact to the second up to came_back, then to the "
        "millisecond from there."
    )


class GroupAnswer(BaseModel):
    """A group that the provider sent, and where it leads with what is saved now."""

    model_config = _SHAPE

    name: str
    cognito_group: str | None


class SignInDetailAnswer(SignInAnswer):
    """One sign-in from its beginning to its end."""

    application: str | None = Field(description="App client; null for a test.")
    steps: list[StepAnswer]
    findings: list[FindingAnswer] = Field(description="The refusal's first, then the claims'.")
    username: str | None = Field(description="The Cognito user.")
    decision: Literal["known", "linked", "created"] | None = Field(
        description="What became of the identity; in a test, would have."
    )
    groups: list[GroupAnswer]
    claims: dict[str, Any] | None = Field(description="As received; of tests alone.")
    mapped: dict[str, str] | None = Field(description="What they map to; of tests alone.")


class TestAnswer(BaseModel):
    """A test sign-in that waits to be opened."""

    model_config = _SHAPE

    url: str = Field(description="Open it in the administrator's browser; good once.")
    test_id: str


class ExplanationAnswer(BaseModel):
    """What a provider's own error page means."""

    model_config = _SHAPE

    finding: FindingAnswer
    number: int | None = Field(description="Microsoft's AADSTS number, when there is one.")
