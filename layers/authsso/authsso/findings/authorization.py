"""What providers say to the browser: OAuth errors at the redirect URI, and pages of their own.

Sources: RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6; the providers' own pages.
"""

from authsso.findings.finding import Finding, Place, Sign

_HERE: tuple[Place, ...] = ("authorize", "client_check", "pasted")
_AGAIN = "Sign in again from the application."

FINDINGS = (
    Finding(
        "okta_user_not_assigned",
        "provider_administrator",
        "The person is not assigned to the application in Okta.",
        "Okta Admin Console > Applications > Applications > your app > Assignments > Assign.",
        (
            Sign(
                phrases=("not assigned to the client application",),
                places=_HERE,
                providers=("okta",),
            ),
        ),
    ),
    Finding(
        "okta_access_policy",
        "provider_administrator",
        "No access policy of the authorization server lets this application or person in.",
        "Okta Admin Console > Security > API > Authorization Servers > the server > Access "
        "Policies: add a policy with a rule for this application.",
        (Sign(phrases=("policy evaluation failed",), places=_HERE, providers=("okta",)),),
    ),
    Finding(
        "onelogin_user_not_assigned",
        "provider_administrator",
        "The person has no role that opens this application in OneLogin.",
        "OneLogin > Applications > your app > Access: add a role that the person has, or add the "
        "app under Users > the person > Applications.",
        (Sign(phrases=("not allowed to access this app",), places=_HERE, providers=("onelogin",)),),
    ),
    Finding(
        "salesforce_user_not_assigned",
        "provider_administrator",
        "Salesforce does not let this person into the connected app: Permitted Users is “Admin "
        "approved users are pre-authorized”.",
        "Setup > Connected Apps > Manage Connected Apps > your app > Manage: add the person's "
        "profile or permission set, or set Permitted Users to “All users may self-authorize”.",
        (
            Sign(
                phrases=("not admin approved", "oauth_app_access_denied"),
                places=_HERE,
                providers=("salesforce",),
            ),
            Sign(errors=("access_denied",), places=_HERE, providers=("salesforce",)),
        ),
    ),
    Finding(
        "google_redirect_uri_not_registered",
        "saas",
        "The redirect URI is not registered at the Google client.",
        "Google Cloud console > APIs & Services > Credentials > the OAuth client > Authorized "
        "redirect URIs: add it exactly as the Single Sign-on page shows it.",
        (Sign(phrases=("redirect_uri_mismatch",), providers=("google",)),),
        field="redirect_uris",
    ),
    Finding(
        "google_internal_only",
        "saas",
        "The Google client's audience is Internal, and the person is outside that organisation.",
        "Google Cloud console > Google Auth Platform > Audience: set it to External.",
        (Sign(phrases=("org_internal",), providers=("google",)),),
    ),
    Finding(
        "google_blocked_by_administrator",
        "provider_administrator",
        "The organisation's Google administrator blocks this application.",
        "Google Admin console > Security > Access and data control > API controls > App access "
        "control: find the application and choose Trusted.",
        (Sign(phrases=("admin_policy_enforced",), providers=("google",)),),
    ),
    Finding(
        "google_client_unknown",
        "saas",
        "Google does not know the client: it was deleted, or the Client ID is wrong.",
        "Google Cloud console > APIs & Services > Credentials: compare the Client ID of the OAuth "
        "client; a deleted one can be restored for 30 days.",
        (
            Sign(phrases=("deleted_client", "invalid_client"), places=_HERE, providers=("google",)),
            Sign(errors=("invalid_client", "deleted_client"), places=_HERE, providers=("google",)),
        ),
        field="client_id",
    ),
    Finding(
        "keycloak_redirect_uri_not_registered",
        "provider_administrator",
        "The redirect URI is not among the client's Valid redirect URIs.",
        "Keycloak Admin Console > Clients > your client > Settings > Valid redirect URIs: add it "
        "exactly as the Single Sign-on page shows it, Save.",
        (
            Sign(
                phrases=("invalid parameter: redirect_uri",), places=_HERE, providers=("keycloak",)
            ),
        ),
        field="redirect_uris",
    ),
    Finding(
        "redirect_uri_not_registered",
        "provider_administrator",
        "The provider says that the redirect URI is not registered.",
        "Open the application at your provider and add the redirect URI exactly as the Single "
        "Sign-on page shows it: okta under General > Login > Sign-in redirect URIs; OneLogin "
        "under Configuration > Redirect URI's; Salesforce under Callback URL.",
        (
            Sign(
                phrases=(
                    "redirect_uri",
                    "redirect uri",
                    "redirect-uri",
                    "reply url",
                    "callback url",
                ),
                places=_HERE,
            ),
        ),
        field="redirect_uris",
    ),
    Finding(
        "provider_denied",
        "provider_administrator",
        "The provider did not let the person in, or they pressed Cancel.",
        "Sign in again. If it happens again, look at the provider's own sign-in log, and whether "
        "the person is assigned to the application there.",
        (Sign(errors=("access_denied",), places=_HERE),),
        severity="warning",
    ),
    Finding(
        "provider_needs_the_person",
        "employee",
        "The provider has a question for the person (sign-in, a second factor, a choice of "
        "account), and this request could not show it.",
        _AGAIN,
        (
            Sign(
                errors=("login_required", "interaction_required", "account_selection_required"),
            ),
        ),
        severity="note",
    ),
    Finding(
        "consent_needed",
        "provider_administrator",
        "Nobody has consented to this application yet.",
        "Grant consent for the organisation at your provider, or let the person sign in once and "
        "accept.",
        (Sign(errors=("consent_required",)),),
    ),
    Finding(
        "provider_busy",
        "nobody",
        "The provider has a fault, or is overloaded.",
        "Try again in a few minutes; look at the provider's status page if it stays.",
        (Sign(errors=("server_error", "temporarily_unavailable")),),
        severity="warning",
    ),
    Finding(
        "scope_refused",
        "administrator",
        "The provider does not know one of the connection's scopes, or does not allow it.",
        "Leave openid, profile and email, or allow the scope for the application at your provider.",
        (
            Sign(errors=("invalid_scope",)),
            Sign(codes=("provider_invalid_scope",), places=("token", "client_check")),
        ),
        field="scopes",
    ),
    Finding(
        "code_flow_not_allowed",
        "provider_administrator",
        "The application at the provider is not allowed to use the authorization code flow.",
        "Allow it: Okta General > Grant type > Authorization Code; Keycloak Settings > Standard "
        "flow; elsewhere choose “Web application” when the application is created.",
        (
            Sign(errors=("unauthorized_client", "unsupported_response_type")),
            Sign(
                codes=("provider_unauthorized_client", "provider_unsupported_grant_type"),
                places=("token", "client_check"),
            ),
            Sign(errors=("unsupported_grant_type",)),
        ),
    ),
    Finding(
        "authorization_request_refused",
        "saas",
        "The provider could not use our request.",
        "Check Client ID and Discovery URL; if both are right, tell us the reference.",
        (Sign(errors=("invalid_request", "request_not_supported"), places=_HERE),),
    ),
    Finding(
        "not_come_back",
        "provider_administrator",
        "The person was sent to the provider and did not come back: the provider showed an error "
        "on its own page, or the window was closed.",
        "Enter the number or the text that the provider showed under “What did Microsoft show?”. "
        "Entra also lists it: Entra admin center > Entra ID > Monitoring & health > Sign-in logs.",
        severity="warning",
    ),
    Finding(
        "entra_number_missing",
        "administrator",
        "No AADSTS number was found in it.",
        "Paste the whole page: the number begins with AADSTS.",
        # Nothing else names it; any other sign says more than this one.
        (Sign(places=("pasted",), providers=("azure",)),),
        severity="note",
    ),
)
