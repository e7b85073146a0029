"""What a provider's failure at save means for the Discovery URL that led there."""

from authsso.errors import FieldError, ProviderError, SettingsError
from authsso.findings.catalogue import finding
from authsso.findings.recognise import Observation, recognise
from authsso.findings.unknown import UNKNOWN
from authsso.model import ProviderKind


def as_settings_error(error: ProviderError, provider: ProviderKind) -> SettingsError:
    """Name the provider's failure on the field that the administrator can correct."""
    seen = Observation(
        "keys" if error.code.startswith("key_") else "discovery",
        provider,
        error=error.error,
        text=error.detail,
        code=error.code,
    )
    found = recognise(seen).finding
    if found is UNKNOWN:  # its words are for what a provider said, not for what is amiss in it
        found = finding("provider_unusable")
    return SettingsError(
        "discovery_failed",
        str(error),
        status=400,
        title="The settings were not saved: your provider could not be read.",
        fields=(FieldError("discovery_url", error.code, found.explanation, found.fix),),
    )
