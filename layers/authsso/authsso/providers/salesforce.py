"""Salesforce: the My Domain address."""

from authsso.model import ProviderProfile

PROFILE = ProviderProfile(
    kind="salesforce",
    name="Salesforce",
    pinned_hosts=("*.my.salesforce.com", "login.salesforce.com"),
    always_calls_userinfo=True,
)
