"""What an administrator may type for one provider kind, and how it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from authsso.errors import FieldError
from authsso.model import ResponseMode
from authsso.providers.forms.address_rules import ANY_ADDRESS
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.providers.forms.typed_address import Address, normalise, trimmed
from authsso.providers.forms.value_rules import ANY_VALUE

type FieldName = Literal["client_id", "client_secret", "discovery_url"]
type AddressRule = Callable[[Address, Surroundings], FieldError | None]
type ValueRule = Callable[[TypedValues], FieldError | None]

# Our attribute -> the standard claim of OpenID Connect Core 1.0, 5.1.
STANDARD_CLAIMS = {name: name for name in ("email", "name", "given_name", "family_name")}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as the page shows it, in the words of the provider's own console.

    Args:
        name: Of the member in the settings API.
        label: Above the field.
        hint: Where the value is found.
        example: What a right value looks like.
    """

    name: FieldName
    label: str
    hint: str
    example: str


def three_fields(
    *, discovery_url: tuple[str, str], client_id: tuple[str, str], client_secret: tuple[str, str]
) -> tuple[FormField, ...]:
    """Build the fields that every kind but Google has, from hint and example of each."""
    return (
        FormField("client_id", "Client ID", *client_id),
        FormField("client_secret", "Client Secret", *client_secret),
        FormField("discovery_url", "Discovery URL", *discovery_url),
    )


@dataclass(frozen=True, slots=True)
class ProviderForm:
    """How one provider kind is set up; one instance each, beside its PROFILE.

    Args:
        guide_url: The provider's own page about registering an application.
        fields: Empty when nothing is typed.
        attribute_mapping: Our attribute -> its claim, when the administrator says nothing.
        normalise: From what was typed to the issuer that it means.
        normalise_client_id: From what was typed to what tokens carry as `aud`.
        address_rules: Each finds one mistake in a discovery URL; the first one is told.
        value_rules: Each finds one mistake in another field; the first of a field is told.
        response_mode: How it answers the browser, when the administrator says nothing.
    """

    guide_url: str
    fields: tuple[FormField, ...]
    attribute_mapping: Mapping[str, str]
    normalise: Callable[[str], str] = normalise
    normalise_client_id: Callable[[str], str] = trimmed
    address_rules: Sequence[AddressRule] = ANY_ADDRESS
    value_rules: Sequence[ValueRule] = ANY_VALUE
    # All kinds can answer by query; a form post comes cross-site, where Lax cookies stay behind.
    response_mode: ResponseMode = "query"
