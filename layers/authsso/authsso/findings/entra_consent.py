"""Microsoft Entra: permissions and scopes. Source: Microsoft's AADSTS errors."""

from authsso.findings.entra_menus import CONSENT, PERMISSIONS, TOKENS
from authsso.findings.finding import Finding, Sign

FINDINGS = (
    Finding(
        "entra_admin_approval_needed",
        "provider_administrator",
        "Your organisation does not let people consent themselves: Entra shows “Need admin "
        "approval”.",
        f"{CONSENT}. openid, profile, email and User.Read are enough.",
        (Sign(numbers=(90094,)), Sign(phrases=("need admin approval",))),
    ),
    Finding(
        "entra_consent_missing",
        "provider_administrator",
        "Nobody has consented to this app, or the consent was taken back.",
        f"{CONSENT}.",
        (
            Sign(numbers=(65001,)),
            Sign(errors=("consent_required",), providers=("azure",)),
        ),
    ),
    Finding(
        "entra_consent_declined",
        "employee",
        "The person pressed Cancel, or did not accept the permissions.",
        "Sign in again and press Accept. So that nobody is asked, an administrator chooses: "
        f"{CONSENT}.",
        (Sign(numbers=(65004,)),),
        severity="note",
    ),
    Finding(
        "entra_permissions_missing",
        "provider_administrator",
        "The app has no permissions, or nobody has consented to them.",
        f"{PERMISSIONS} > Add a permission > Microsoft Graph > Delegated permissions: openid and "
        "User.Read; then Grant admin consent for your organisation.",
        (Sign(numbers=(650056,)),),
    ),
    Finding(
        "entra_scope_not_listed",
        "administrator",
        "A scope of the connection belongs to an API that the app registration does not list.",
        f"Take extra scopes out of the connection, or add the API: {PERMISSIONS} > Add a "
        "permission.",
        (Sign(numbers=(650057,)),),
        field="scopes",
    ),
    Finding(
        "entra_scope_unknown",
        "administrator",
        "A scope of the connection does not exist in Entra. A common one is groups: Entra has no "
        "such scope.",
        f"Take it out of the connection's scopes. Groups come from {TOKENS} > Add groups claim.",
        (Sign(numbers=(650053, 70011, 28003)),),
        field="scopes",
    ),
    Finding(
        "entra_api_not_in_tenant",
        "administrator",
        "A scope or permission belongs to an API that your tenant does not have.",
        f"Take it out of the connection's scopes, or remove the API: {PERMISSIONS}.",
        (
            Sign(numbers=(650052, 500011)),
            Sign(errors=("invalid_resource",)),
        ),
        field="scopes",
    ),
)
