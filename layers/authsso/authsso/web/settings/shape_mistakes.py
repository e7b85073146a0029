"""A body or address of the wrong shape, told field by field in plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from authsso.errors import FieldError, SettingsError
from authsso.providers.forms import FORMS

# Member -> what the form calls it, as `field_labels.js` does; others are called as in the API.
LABELS: dict[str, str] = {
    **{field.name: field.label for field in FORMS["oidc"].fields},
    "secret_expires_on": "Secret expires on",
    "method": "Method",
    "client_authentication": "Client authentication",
    "response_mode": "Response mode",
    "scopes": "Scopes",
    "attribute_mapping": "Attributes",
    "group_mapping": "Groups",
    "logout_at_provider": "Sign-out at the provider",
    "domain": "Domain",
    "text": "The text",
}
# These cannot be left out: empty is as good as missing. `users` has one field for each address.
_REQUIRED = frozenset({"client_id", "discovery_url", "domain", "text", "users"})
# pydantic's type of error -> our code, what is wrong, what to do. `{...}` comes from its context.
_SENTENCES: dict[str, tuple[str, str, str]] = {
    "missing": ("missing", "{label} is missing.", "Fill it in."),
    "extra_forbidden": ("unknown_member", "This is not yours to set.", "Leave it out."),
    "string_type": ("not_text", "{label} is not text.", "Put it in quotation marks."),
    "string_too_short": ("empty", "{label} is empty.", "Fill it in, or leave it out."),
    "string_too_long": ("too_long", "{label} is too long.", "Use at most {max_length} characters."),
    "too_long": ("too_many", "{label}: these are too many.", "Use at most {max_length}."),
    "bool_type": ("not_boolean", "{label}: neither true nor false.", "Use true or false."),
    "list_type": ("not_list", "{label}: this is not a list.", 'Write a list: ["openid", "email"].'),
    "dict_type": (
        "not_object",
        "{label}: this is not an object.",
        'Write an object: {{"email": "mail"}}.',
    ),
    "literal_error": ("unknown_value", "{label}: this value is not known.", "Use {expected}."),
    "nothing_to_do": ("missing", "Neither toggle is given.", "Give enabled, enforced or both."),
}
_OTHER = ("malformed", "{label}: this is not what belongs here.", "See /settings/openapi.json.")
_ABSENT = frozenset({"missing", "empty", "secret_required"})


def as_settings_error(
    errors: Sequence[Mapping[str, Any]], more: Sequence[FieldError] = ()
) -> SettingsError:
    """Turn pydantic's errors into ours; what was sent is never repeated, it may be a secret.

    An unknown provider kind in the path is an address where nothing is: 404.

    Args:
        errors: pydantic's.
        more: What else is wrong with the same request.
    """
    if any(error["loc"][0] == "path" for error in errors):
        return SettingsError("not_found", status=404, title="There is nothing at this address.")
    fields = (*_field_errors(errors), *more)
    detail = ", ".join(f"{mistake.field}: {mistake.code}" for mistake in fields)
    only_absent = all(mistake.field and mistake.code in _ABSENT for mistake in fields)
    return SettingsError(
        "malformed_request",
        detail[:500],
        status=400,
        title="Not everything is filled in." if only_absent else "Some fields need your attention.",
        fields=fields,
    )


def _field_errors(errors: Sequence[Mapping[str, Any]]) -> Iterator[FieldError]:
    for error in errors:
        name, context = _name(error["loc"]), error.get("ctx") or {}
        code, message, fix = _SENTENCES.get(error["type"], _OTHER)
        if code == "empty" and name.split(".")[0] in _REQUIRED:
            _, message, fix = _SENTENCES["missing"]
        said = message.format(label=_label(name))
        yield FieldError(name, code, said, fix.format_map(context))


def _name(location: Sequence[str | int]) -> str:
    """Name a field as the caller wrote it: `attribute_mapping.email`; empty for the whole body."""
    return ".".join(str(part) for part in location[1:])[:100]


def _label(name: str) -> str:
    """Name a field as the form does, so that a list of mistakes can be read by itself."""
    member, _, entry = name.partition(".")
    if member == "users":
        return "The e-mail address" if entry else "The list of people"
    label = LABELS.get(member, member or "The body")
    return f"An entry of {label}" if entry else label
