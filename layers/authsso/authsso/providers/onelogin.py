"""OneLogin."""

from authsso.model import ProviderProfile

PROFILE = ProviderProfile(
    kind="onelogin",
    name="OneLogin",
    pinned_hosts=("*.onelogin.com",),
    always_calls_userinfo=True,
)
