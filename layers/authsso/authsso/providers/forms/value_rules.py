"""Mistakes in client id and client secret that every provider kind knows."""

import re

from authsso.errors import FieldError
from authsso.providers.forms.typed import TypedValues

GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)

_NOT_PRINTABLE = re.compile(r"[^\x20-\x7e]")  # VSCHAR is what is left (RFC 6749, A.1, A.2)
_MASKED = re.compile(r"[*.\N{BULLET}\N{BLACK CIRCLE}]{4,}")


def client_id_mistake(code: str, message: str, fix: str) -> FieldError:
    """Name a mistake in the client id."""
    return FieldError("client_id", f"client_id_{code}", message, fix)


def client_secret_mistake(code: str, message: str, fix: str) -> FieldError:
    """Name a mistake in the client secret."""
    return FieldError("client_secret", f"client_secret_{code}", message, fix)


def client_id_has_bad_characters(typed: TypedValues) -> FieldError | None:
    """Find blanks, line breaks and other signs that no client id has (G23)."""
    if typed.client_id and not re.search(r"[^\x21-\x7e]", typed.client_id):
        return None
    return client_id_mistake(
        "characters",
        "The Client ID is empty or holds a blank, a line break or a sign that no Client ID has.",
        "Copy the Client ID again with the copy button beside it.",
    )


def client_id_is_an_address(typed: TypedValues) -> FieldError | None:
    """Find a URL."""
    if "://" not in typed.client_id:
        return None
    return client_id_mistake(
        "address",
        "This is a web address, not a Client ID.",
        "Copy the Client ID from your provider's page of the application.",
    )


def client_secret_is_masked(typed: TypedValues) -> FieldError | None:
    """Find the dots that a page shows instead of a secret (F09)."""
    if not _MASKED.fullmatch(typed.client_secret or ""):
        return None
    return client_secret_mistake(
        "masked",
        "These are the dots that stand for a hidden secret, not the secret.",
        "Leave the field empty to keep the stored secret, or create a new one and copy it.",
    )


def client_secret_has_bad_characters(typed: TypedValues) -> FieldError | None:
    """Find blanks around it, and line breaks or invisible signs anywhere (C22, G23)."""
    secret = typed.client_secret
    if secret is None or (secret == secret.strip() != "" and not _NOT_PRINTABLE.search(secret)):
        return None
    return client_secret_mistake(
        "characters",
        "The Client Secret is empty, or has a blank at an end, a line break or an invisible sign.",
        "Copy the secret again with the copy button beside it, without blanks or line breaks.",
    )


def client_secret_is_quoted(typed: TypedValues) -> FieldError | None:
    """Find quotation marks around it."""
    secret = typed.client_secret or ""
    if len(secret) < 2 or secret[0] != secret[-1] or secret[0] not in "\"'`":  # noqa: PLR2004
        return None
    return client_secret_mistake(
        "quoted",
        "The Client Secret stands in quotation marks.",
        "Enter it without them.",
    )


def client_secret_is_client_id(typed: TypedValues) -> FieldError | None:
    """Find the same value in both fields."""
    if typed.client_secret != typed.client_id:
        return None
    return client_secret_mistake(
        "is_client_id",
        "Client ID and Client Secret are the same.",
        "Copy the secret from its own field at your provider.",
    )


ANY_VALUE = (
    client_id_has_bad_characters,
    client_id_is_an_address,
    client_secret_is_masked,
    client_secret_has_bad_characters,
    client_secret_is_quoted,
    client_secret_is_client_id,
)
