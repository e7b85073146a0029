"""What differs between the provider kinds: one module each, one table here.

Owns pinned hosts and defaults. What an administrator may type is in providers/forms, which only
the settings API loads. Does not own the protocol, which is the same for all.
"""

from authsso.model import ProviderKind, ProviderProfile
from authsso.providers import azure, google, keycloak, oidc, okta, onelogin, salesforce

PROFILES: dict[ProviderKind, ProviderProfile] = {
    module.PROFILE.kind: module.PROFILE
    for module in (azure, google, okta, onelogin, keycloak, salesforce, oidc)
}
