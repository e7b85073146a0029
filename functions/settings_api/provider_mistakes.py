"""What a provider's failure at save means for the Discovery URL that led there."""

from authsso.errors import FieldError, ProviderError, SettingsError

_ASK_PROVIDER = "Compare the address with the one that your provider shows."

# ProviderError.code -> what is the matter, what to do.
_SENTENCES = {
    "provider_url_refused": (
        "The address cannot be reached from the internet, or is not a plain https address.",
        "Use your provider's public https address.",
    ),
    "provider_timeout": (
        "Your provider did not answer in time.",
        "Try again in a minute; check that its address is reachable from the internet.",
    ),
    "provider_unreachable": (
        "Your provider could not be reached.",
        "Check the address, and that it is reachable from the internet.",
    ),
    "provider_address_refused": (
        "The address is not on the public internet.",
        "Use your provider's public https address.",
    ),
    "provider_certificate": (
        "Your provider's TLS certificate is not valid for this address.",
        "Check the address for typing mistakes; then have the certificate renewed.",
    ),
    "provider_refused": (
        "There is no discovery document at this address.",
        _ASK_PROVIDER,
    ),
    "provider_unavailable": (
        "Your provider has a fault at the moment.",
        "Try again in a minute.",
    ),
    "provider_redirected": (
        "The address leads on to another one.",
        "Enter the address that it leads to.",
    ),
    "metadata_malformed": (
        "There is no discovery document at this address.",
        "Open it with /.well-known/openid-configuration at its end: a JSON document must show.",
    ),
    "metadata_host_not_pinned": (
        "The discovery document names a host that is not this provider's.",
        "Set this connection up as OpenID Connect if your provider is on a host of your own.",
    ),
    "metadata_endpoint_refused": (
        "The discovery document names an endpoint that cannot be used: not https, or not public.",
        "Have your provider's public address corrected in its own settings.",
    ),
    "issuer_mismatch": (
        "The discovery document names another issuer than this address.",
        "Enter the Issuer exactly as the discovery document names it.",
    ),
    "issuer_templated": (
        "The address stands for all organisations, not for yours.",
        "Use the address with your own tenant's ID.",
    ),
    "unsupported_alg": (
        "Your provider signs ID tokens in a way that is not supported.",
        "Have it sign ID tokens with RS256 or ES256.",
    ),
    "unsupported_pkce": (
        "Your provider does not offer PKCE with S256.",
        "Switch PKCE with S256 on for this application.",
    ),
    "unsupported_response_type": (
        "Your provider does not offer the authorization code flow.",
        "Switch the authorization code flow (response type code) on for this application.",
    ),
    "unsupported_client_authentication": (
        "Your provider does not take a client secret.",
        "Switch client_secret_basic or client_secret_post on for this application.",
    ),
    "key_set_malformed": (
        "Your provider's signing keys could not be read.",
        "Try again in a minute; then ask your provider about its jwks_uri.",
    ),
    "key_set_unusable": (
        "Your provider has no signing key that can be used.",
        "Have it sign with RSA of 2048 bits or more, or with EC P-256, P-384 or P-521.",
    ),
}
_OTHER = ("Your provider did not give what a sign-in needs.", _ASK_PROVIDER)


def as_settings_error(error: ProviderError) -> SettingsError:
    """Name the provider's failure on the field that the administrator can correct."""
    message, fix = _SENTENCES.get(error.code, _OTHER)
    return SettingsError(
        "discovery_failed",
        str(error),
        status=400,
        title="The settings were not saved: your provider could not be read.",
        fields=(FieldError("discovery_url", error.code, message, fix),),
    )
