"""What token endpoints answer (RFC 6749, 5.2); Microsoft's numbers say more and come first."""

from authsso.findings.finding import Finding, Place, Sign

_HERE: tuple[Place, ...] = ("token", "client_check")
_REFUSED = ("provider_invalid_client",)


FINDINGS = (
    Finding(
        "okta_client_refused",
        "administrator",
        "Okta does not accept Client ID and Client Secret, or the application is inactive.",
        "Okta Admin Console > Applications > Applications > your app: status Active; General > "
        "Client Credentials: Client authentication is Client secret; copy ID and secret again.",
        (
            Sign(errors=("invalid_client",), places=_HERE, providers=("okta",)),
            Sign(codes=_REFUSED, places=_HERE, providers=("okta",)),
        ),
        field="client_secret",
    ),
    Finding(
        "onelogin_client_refused",
        "administrator",
        "OneLogin does not accept Client ID and Client Secret, or expects them in another way.",
        "OneLogin > Applications > your app > SSO: copy Client ID and Client Secret again; Token "
        "Endpoint > Authentication Method is what the connection's client authentication says: "
        "Basic or POST.",
        (
            Sign(errors=("invalid_client",), places=_HERE, providers=("onelogin",)),
            Sign(codes=_REFUSED, places=_HERE, providers=("onelogin",)),
        ),
        field="client_secret",
    ),
    Finding(
        "keycloak_client_refused",
        "administrator",
        "Keycloak does not accept Client ID and Client Secret, or the client is disabled.",
        "Keycloak Admin Console > Clients > your client: Enabled; Settings > Client "
        "authentication: On; Credentials: copy the Client Secret again.",
        (
            Sign(
                errors=("invalid_client", "unauthorized_client"),
                places=_HERE,
                providers=("keycloak",),
            ),
            Sign(codes=_REFUSED, places=_HERE, providers=("keycloak",)),
        ),
        field="client_secret",
    ),
    Finding(
        "salesforce_client_refused",
        "administrator",
        "Salesforce does not accept Consumer Key and Consumer Secret.",
        "Setup > App Manager > your app > View > Manage Consumer Details: copy both again. A new "
        "connected app takes up to ten minutes until it works.",
        (
            Sign(
                errors=("invalid_client", "invalid_client_id"),
                places=_HERE,
                providers=("salesforce",),
            ),
            Sign(codes=_REFUSED, places=_HERE, providers=("salesforce",)),
        ),
        field="client_secret",
    ),
    Finding(
        "google_client_refused",
        "saas",
        "Google does not accept the client's secret.",
        "Google Cloud console > APIs & Services > Credentials > the OAuth client > Client secrets: "
        "store the secret that is enabled in the secret GoogleClientSecretArn.",
        (
            Sign(errors=("invalid_client",), places=_HERE, providers=("google",)),
            Sign(codes=_REFUSED, places=_HERE, providers=("google",)),
        ),
        field="client_secret",
    ),
    Finding(
        "client_refused",
        "administrator",
        "The provider does not accept Client ID and Client Secret: wrong, expired, of another "
        "application, or expected in another way.",
        "Copy both again from the application at your provider; compare client authentication: "
        "client_secret_basic or client_secret_post.",
        (
            Sign(errors=("invalid_client",), places=_HERE),
            Sign(codes=_REFUSED, places=_HERE),
        ),
        field="client_secret",
    ),
    Finding(
        "adfs_pkce",
        "employee",
        "AD FS did not accept the code: it was used already, or its PKCE proof does not match.",
        "Sign in again in one window.",
        (Sign(phrases=("msis9720", "msis9612")),),
        severity="note",
    ),
    Finding(
        "code_refused",
        "employee",
        "The provider did not accept its own code: it was used already, has expired, or the "
        "sign-in was begun in another window.",
        "Sign in again in one window. If it happens every time, compare the redirect URI at the "
        "provider with the one on the Single Sign-on page.",
        (
            Sign(errors=("invalid_grant",), places=_HERE),
            Sign(codes=("provider_invalid_grant",), places=_HERE),
        ),
        severity="warning",
    ),
    Finding(
        "token_request_refused",
        "saas",
        "The provider could not use our token request.",
        "Compare client authentication with the application at your provider; if it is right, "
        "tell us the reference.",
        (
            Sign(errors=("invalid_request",), places=_HERE),
            Sign(codes=("provider_invalid_request",), places=_HERE),
        ),
        field="client_authentication",
    ),
    Finding(
        "too_many_requests",
        "nobody",
        "The provider gets too many requests at the moment.",
        "Wait a minute, then try again.",
        (Sign(statuses=(429,)), Sign(codes=("provider_unavailable",), statuses=(429,))),
        severity="warning",
    ),
    Finding(
        "provider_down",
        "nobody",
        "The provider has a fault at the moment.",
        "Try again in a few minutes; look at the provider's status page if it stays.",
        (
            Sign(codes=("provider_unavailable", "graph_unavailable", "graph_malformed")),
            Sign(statuses=(500, 502, 503, 504)),
        ),
        severity="warning",
    ),
    Finding(
        "no_id_token",
        "administrator",
        "The provider's token answer holds no ID token.",
        "Put openid among the connection's scopes, and allow it for the application.",
        (Sign(codes=("token_response_without_id_token",)),),
        field="scopes",
    ),
    Finding(
        "token_answer_broken",
        "provider_administrator",
        "The provider's token answer is not what OpenID Connect demands.",
        "Look whether a proxy or firewall stands before the provider; then ask its support.",
        (
            Sign(codes=("token_response_malformed", "token_response_token_type")),
            Sign(
                codes=(
                    "provider_answer_broken",
                    "provider_answer_encoded",
                    "provider_answer_too_large",
                ),
                places=("token",),
            ),
        ),
    ),
)
