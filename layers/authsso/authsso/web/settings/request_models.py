"""The shape of what administrators send. What is not listed is refused (F06)."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

_STRICT = ConfigDict(extra="forbid", strict=True)

type _Name = Annotated[str, Field(min_length=1, max_length=255)]
type _Scopes = Annotated[list[_Name], Field(max_length=20)]
type _Mapping = Annotated[dict[_Name, _Name], Field(max_length=100)]


class ConnectionSettings(BaseModel):
    """A draft, whole: what is left out takes the provider kind's default."""

    model_config = _STRICT

    client_id: str = Field(
        min_length=1, max_length=512, description="Ours at the provider.", examples=["0oa1b2c3"]
    )
    client_secret: str | None = Field(
        default=None,
        min_length=1,
        max_length=2048,
        repr=False,
        description="Write-only. Left out or null: the stored one is kept, if it belongs to the "
        "same issuer and Client ID.",
    )
    discovery_url: str = Field(
        min_length=1,
        max_length=1024,
        description="Issuer or Discovery URL; for azure the Directory (tenant) ID will do.",
        examples=["https://login.microsoftonline.com/3f1c2a9e-5b7d-4c1e-9a42-0d6f8b3e7c15/v2.0"],
    )
    method: Literal["GET", "POST"] = Field(
        default="POST", description="HTTP method at the provider's UserInfo endpoint."
    )
    secret_expires_on: str | None = Field(
        default=None, max_length=10, description="ISO date that the provider shows."
    )
    client_authentication: Literal["client_secret_basic", "client_secret_post"] | None = Field(
        default=None, description="By the provider's metadata when left out."
    )
    response_mode: Literal["query", "form_post"] | None = Field(
        default=None, description="How the provider answers the browser."
    )
    scopes: _Scopes | None = Field(default=None, description="With openid.")
    attribute_mapping: _Mapping | None = Field(
        default=None, description="Our attribute -> the provider's claim."
    )
    group_mapping: _Mapping | None = Field(
        default=None, description="The provider's group -> Cognito group."
    )
    logout_at_provider: bool = Field(
        default=False,
        description="Signing out ends the session at the provider as well (azure, keycloak, oidc). "
        "The post_logout_redirect_uri is then to be registered there.",
    )


class DomainClaim(BaseModel):
    """A domain to be added."""

    model_config = _STRICT

    domain: str = Field(
        min_length=1,
        max_length=260,
        description="What stands behind the @.",
        examples=["acme.example"],
    )


class EmergencyUsers(BaseModel):
    """Everybody who may use a password in an emergency; who is left out may not."""

    model_config = _STRICT

    users: Annotated[list[_Name], Field(max_length=10)] = Field(description="E-mail addresses.")


class Toggles(BaseModel):
    """The two toggles; what is left out stays as it is."""

    model_config = _STRICT

    enabled: bool | None = Field(default=None, description="Offered to the tenant's people.")
    enforced: bool | None = Field(default=None, description="Required of the tenant's people.")

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.enabled is None and self.enforced is None:
            raise PydanticCustomError("nothing_to_do", "neither toggle is given")
        return self


class ShownText(BaseModel):
    """What the provider showed to the person."""

    model_config = _STRICT

    text: str = Field(
        min_length=1,
        max_length=4000,
        description="A number, or the page's text.",
        examples=["AADSTS50011"],
    )
