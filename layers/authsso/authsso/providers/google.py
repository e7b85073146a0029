"""Google: the SaaS's own client is used, so an administrator types nothing."""

from authsso.model import ProviderProfile

ISSUER = "https://accounts.google.com"

PROFILE = ProviderProfile(
    kind="google",
    name="Google",
    pinned_hosts=(
        "accounts.google.com",
        "oauth2.googleapis.com",
        "openidconnect.googleapis.com",
        "www.googleapis.com",
    ),
    always_calls_userinfo=False,
    asks_again="select_account",  # Google knows none, consent and select_account
)
