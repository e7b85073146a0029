"""Okta Workforce Identity: the org server or a custom authorization server."""

from authsso.model import ProviderProfile

PROFILE = ProviderProfile(
    kind="okta",
    name="Okta",
    pinned_hosts=("*.okta.com", "*.okta-emea.com", "*.oktapreview.com"),
    always_calls_userinfo=True,
)
