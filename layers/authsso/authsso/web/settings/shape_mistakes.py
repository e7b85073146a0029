"""A body or address of the wrong shape, told field by field in plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from authsso.errors import FieldError, SettingsError

# pydantic's type of error -> our code, what is wrong, what to do. `{...}` comes from its context.
_SENTENCES: dict[str, tuple[str, str, str]] = {
    "missing": ("missing", "This is missing.", "Add it."),
    "extra_forbidden": ("unknown_member", "This is not yours to set.", "Leave it out."),
    "string_type": ("not_text", "This is not text.", "Put it in quotation marks."),
    "string_too_short": ("empty", "This is empty.", "Fill it in, or leave it out."),
    "string_too_long": ("too_long", "This is too long.", "Use at most {max_length} characters."),
    "too_long": ("too_many", "These are too many.", "Use at most {max_length}."),
    "bool_type": ("not_boolean", "This is neither true nor false.", "Use true or false."),
    "list_type": ("not_list", "This is not a list.", 'Write a list: ["openid", "email"].'),
    "dict_type": ("not_object", "This is not an object.", 'Write an object: {{"email": "mail"}}.'),
    "literal_error": ("unknown_value", "This value is not known.", "Use {expected}."),
    "nothing_to_do": ("missing", "Neither toggle is given.", "Give enabled, enforced or both."),
}
_OTHER = ("malformed", "This is not what belongs here.", "See /settings/openapi.json.")


def as_settings_error(errors: Sequence[Mapping[str, Any]]) -> SettingsError:
    """Turn pydantic's errors into ours; what was sent is never repeated, it may be a secret.

    An unknown provider kind in the path is an address where nothing is: 404.
    """
    if any(error["loc"][0] == "path" for error in errors):
        return SettingsError("not_found", status=404, title="There is nothing at this address.")
    fields = tuple(_field_errors(errors))
    detail = ", ".join(f"{mistake.field}: {mistake.code}" for mistake in fields)
    return SettingsError(
        "malformed_request",
        detail[:500],
        status=400,
        title="The request does not have the right shape.",
        fields=fields,
    )


def _field_errors(errors: Sequence[Mapping[str, Any]]) -> Iterator[FieldError]:
    for error in errors:
        code, message, fix = _SENTENCES.get(error["type"], _OTHER)
        yield FieldError(_name(error["loc"]), code, message, fix.format_map(error.get("ctx") or {}))


def _name(location: Sequence[str | int]) -> str:
    """Name a field as the caller wrote it: `attribute_mapping.email`; empty for the whole body."""
    return ".".join(str(part) for part in location[1:])[:100]
