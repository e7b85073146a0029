"""Keycloak: self-hosted, so any public host and a callback of its own."""

from authsso.model import ProviderProfile

PROFILE = ProviderProfile(
    kind="keycloak",
    name="Keycloak",
    pinned_hosts=(),
    always_calls_userinfo=True,
    signs_out_without_token=True,
)
