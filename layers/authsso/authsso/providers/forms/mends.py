"""A better value for what was typed, where it can be read off it."""

import re
from dataclasses import dataclass

from authsso.model import ProviderKind
from authsso.providers.forms.form import FieldName, ProviderForm
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.providers.forms.typed_values import find_mistakes

_GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_SIGN_IN_ADDRESS = re.compile(rf"https?://login\.microsoftonline\.com/({_GUID})(?:/.*)?")
# A portal's address may name the tenant; any other id in it is the application's.
_IN_PORTAL = re.compile(rf"(?:tenantid[/=]|[?&]tid=)({_GUID})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mend:
    """A value that may be taken over with one click."""

    field: FieldName
    value: str


def find(
    provider: ProviderKind,
    form: ProviderForm,
    typed: str,
    surroundings: Surroundings,
) -> tuple[Mend, ...]:
    """Offer a Discovery URL that no rule finds fault with.

    Args:
        provider: The connection's kind.
        form: Its form.
        typed: As it was typed.
        surroundings: What the deployment allows.
    """
    for value in (form.normalise(typed), *_of_entra(provider, typed)):
        if _is_right(form, value, surroundings):
            return () if value == typed else (Mend("discovery_url", value),)
    return ()


def of_document(
    provider: ProviderKind, form: ProviderForm, issuer: str, surroundings: Surroundings
) -> tuple[Mend, ...]:
    """Offer the issuer that the document at a mistaken address names, where no rule minds it.

    For Entra alone: it answers at a tenant's domain, and names the tenant by its id there. What
    others name instead can be wrong itself, such as an internal name of Keycloak's.

    Args:
        provider: The connection's kind.
        form: Its form.
        issuer: As the document names it.
        surroundings: What the deployment allows.
    """
    if provider != "azure" or not _is_right(form, issuer, surroundings):
        return ()
    return (Mend("discovery_url", issuer),)


def _is_right(form: ProviderForm, value: str, surroundings: Surroundings) -> bool:
    mistakes = find_mistakes(form, TypedValues(value, "", None), surroundings)
    return not any(mistake.field == "discovery_url" for mistake in mistakes)


def _of_entra(provider: ProviderKind, typed: str) -> tuple[str, ...]:
    if provider != "azure":
        return ()
    found = _SIGN_IN_ADDRESS.fullmatch(typed.strip()) or _IN_PORTAL.search(typed)
    if not found:
        return ()
    return (f"https://login.microsoftonline.com/{found[1].lower()}/v2.0",)
