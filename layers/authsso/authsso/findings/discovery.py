"""The Discovery URL, the document it leads to, and the signing keys.

Source: OpenID Connect Discovery 1.0, 3 and 4.
"""

from authsso.findings.finding import Finding, Place, Sign

_ASK_PROVIDER = "Compare the address with the one that your provider shows."
_READING: tuple[Place, ...] = ("discovery", "keys")

FINDINGS = (
    Finding(
        "discovery_address_not_public",
        "administrator",
        "The address is not on the public internet, or is not a plain https address.",
        "Use your provider's public https address.",
        (Sign(codes=("provider_url_refused", "provider_address_refused")),),
        field="discovery_url",
    ),
    Finding(
        "provider_too_slow",
        "nobody",
        "Your provider did not answer in time.",
        "Try again in a minute; check that its address is reachable from the internet.",
        (Sign(codes=("provider_timeout",)),),
        field="discovery_url",
    ),
    Finding(
        "provider_not_reached",
        "administrator",
        "Your provider could not be reached.",
        "Check the address, and that it is reachable from the internet.",
        (Sign(codes=("provider_unreachable",)),),
        field="discovery_url",
    ),
    Finding(
        "provider_certificate_invalid",
        "provider_administrator",
        "Your provider's TLS certificate is not valid for this address.",
        "Check the address for typing mistakes; then have the certificate renewed.",
        (Sign(codes=("provider_certificate",)),),
        field="discovery_url",
    ),
    Finding(
        "no_discovery_document",
        "administrator",
        "There is no discovery document at this address.",
        "Open it with /.well-known/openid-configuration at its end: a JSON document must show. "
        f"{_ASK_PROVIDER}",
        (
            Sign(codes=("provider_refused", "provider_invalid_request"), places=("discovery",)),
            Sign(
                codes=(
                    "metadata_malformed",
                    "provider_answer_broken",
                    "provider_answer_encoded",
                    "provider_answer_too_large",
                ),
                places=("discovery",),
            ),
        ),
        field="discovery_url",
    ),
    Finding(
        "discovery_address_redirects",
        "administrator",
        "The address leads on to another one.",
        "Enter the address that it leads to.",
        (Sign(codes=("provider_redirected",)),),
        field="discovery_url",
    ),
    Finding(
        "host_not_the_providers",
        "administrator",
        "The discovery document names a host that is not this provider's.",
        "Set this connection up as OpenID Connect if your provider is on a host of your own.",
        (Sign(codes=("metadata_host_not_pinned",)),),
        field="discovery_url",
    ),
    Finding(
        "endpoint_not_usable",
        "provider_administrator",
        "The discovery document names an endpoint that cannot be used: not https, or not public.",
        "Have your provider's public address corrected in its own settings; Keycloak behind a "
        "proxy: set hostname (KC_HOSTNAME) to the public https address.",
        (Sign(codes=("metadata_endpoint_refused",)),),
        field="discovery_url",
    ),
    Finding(
        "entra_issuer_differs",
        "administrator",
        "The document at this address names another issuer: /v2.0 is missing at the end, the "
        "tenant is named by a domain, or the host is another name of login.microsoftonline.com.",
        "Use https://login.microsoftonline.com/{Directory (tenant) ID}/v2.0.",
        (Sign(codes=("issuer_mismatch",), places=_READING, providers=("azure",)),),
        field="discovery_url",
    ),
    Finding(
        "okta_issuer_differs",
        "administrator",
        "The document at this address names another issuer: the org and a custom authorization "
        "server were mixed up, or a custom domain was switched on or off.",
        "Use the Issuer exactly as Okta shows it: https://{domain}.okta.com, or Okta Admin "
        "Console > Security > API > Authorization Servers > Issuer URI.",
        (Sign(codes=("issuer_mismatch",), places=_READING, providers=("okta",)),),
        field="discovery_url",
    ),
    Finding(
        "keycloak_issuer_differs",
        "provider_administrator",
        "The document at this address names another issuer: an internal name, http, or with or "
        "without /auth.",
        "Keycloak Admin Console > Realm settings > General > Endpoints > OpenID Endpoint "
        "Configuration: enter the issuer that stands there. If it is internal or http, set "
        "hostname (KC_HOSTNAME) and proxy-headers.",
        (Sign(codes=("issuer_mismatch",), places=_READING, providers=("keycloak",)),),
        field="discovery_url",
    ),
    Finding(
        "salesforce_issuer_differs",
        "administrator",
        "The document at this address names another issuer: login.salesforce.com and My Domain "
        "are two.",
        "Use Setup > Company Settings > My Domain > Current My Domain URL.",
        (Sign(codes=("issuer_mismatch",), places=_READING, providers=("salesforce",)),),
        field="discovery_url",
    ),
    Finding(
        "issuer_differs",
        "administrator",
        "The discovery document names another issuer than this address.",
        "Enter the Issuer exactly as the discovery document names it.",
        (Sign(codes=("issuer_mismatch",), places=_READING),),
        field="discovery_url",
    ),
    Finding(
        "issuer_of_all_tenants",
        "administrator",
        "The address stands for all organisations, not for yours.",
        "Use the address with your own tenant's ID.",
        (Sign(codes=("issuer_templated",)),),
        field="discovery_url",
    ),
    Finding(
        "signing_algorithm_unsupported",
        "provider_administrator",
        "Your provider signs ID tokens in a way that is not supported.",
        "Have it sign ID tokens with RS256 or ES256.",
        (Sign(codes=("unsupported_alg", "id_token_algorithm")),),
    ),
    Finding(
        "pkce_unsupported",
        "provider_administrator",
        "Your provider does not offer PKCE with S256.",
        "Switch PKCE with S256 on for this application.",
        (Sign(codes=("unsupported_pkce",)),),
    ),
    Finding(
        "code_flow_unsupported",
        "provider_administrator",
        "Your provider does not offer the authorization code flow.",
        "Switch the authorization code flow (response type code) on for this application.",
        (Sign(codes=("unsupported_response_type",)),),
    ),
    Finding(
        "client_secret_unsupported",
        "provider_administrator",
        "Your provider does not take a client secret.",
        "Switch client_secret_basic or client_secret_post on for this application.",
        (Sign(codes=("unsupported_client_authentication",)),),
        field="client_authentication",
    ),
    Finding(
        "keys_not_readable",
        "nobody",
        "Your provider's signing keys could not be read.",
        "Try again in a minute; then ask your provider about its jwks_uri.",
        (
            Sign(codes=("key_set_malformed", "key_store_unavailable")),
            Sign(codes=("provider_refused", "provider_unreachable"), places=("keys",)),
        ),
        field="discovery_url",
    ),
    Finding(
        "no_usable_key",
        "provider_administrator",
        "Your provider has no signing key that can be used.",
        "Have it sign with RSA of 2048 bits or more, or with EC P-256, P-384 or P-521.",
        (Sign(codes=("key_set_unusable",)),),
        field="discovery_url",
    ),
    Finding(
        "provider_unusable",
        "administrator",
        "Your provider did not give what a sign-in needs.",
        _ASK_PROVIDER,
        field="discovery_url",
    ),
)
