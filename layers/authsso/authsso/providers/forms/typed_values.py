"""The mistakes that can be named while somebody types: no network, no secret of ours."""

from collections.abc import Iterator

from authsso.errors import FieldError
from authsso.providers.forms.address_rules import mistake
from authsso.providers.forms.form import ProviderForm
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.providers.forms.typed_address import parse


def find_mistakes(
    form: ProviderForm, typed: TypedValues, surroundings: Surroundings
) -> tuple[FieldError, ...]:
    """Judge what was typed.

    Returns:
        At most one mistake a field, the most telling first; empty when nothing is wrong.
    """
    first: dict[str, FieldError] = {}
    for error in (*_in_address(form, typed, surroundings), *_in_values(form, typed)):
        first.setdefault(error.field, error)
    return tuple(first.values())


def _in_address(
    form: ProviderForm, typed: TypedValues, surroundings: Surroundings
) -> Iterator[FieldError]:
    address = parse(typed.discovery_url)
    if address is None:
        example = next(
            (field.example for field in form.fields if field.name == "discovery_url"), ""
        )
        yield mistake("not_a_url", "This is not a web address.", f"It looks like {example}")
        return
    for rule in form.address_rules:
        if error := rule(address, surroundings):
            yield error


def _in_values(form: ProviderForm, typed: TypedValues) -> Iterator[FieldError]:
    for rule in form.value_rules:
        if error := rule(typed):
            yield error
