"""Microsoft Entra: the app registration and the tenant. Source: Microsoft's AADSTS errors."""

from authsso.findings.entra_menus import (
    APP,
    AUTHENTICATION,
    ENTERPRISE_APP,
    OVERVIEW,
    SECRETS,
)
from authsso.findings.finding import Finding, Place, Sign

_PAGE_AND_CHECK: tuple[Place, ...] = ("authorize", "client_check", "discovery", "pasted")

FINDINGS = (
    Finding(
        "entra_redirect_uri_not_registered",
        "provider_administrator",
        "The redirect URI that was sent is not registered at this app, byte for byte.",
        f"{AUTHENTICATION} > Web > Redirect URIs > Add URI: paste the redirect URI exactly as the "
        "Single Sign-on page shows it, Save, wait 3 to 5 minutes, try again.",
        (Sign(numbers=(50011,), places=_PAGE_AND_CHECK),),
        field="redirect_uris",
    ),
    Finding(
        "entra_no_redirect_uri",
        "provider_administrator",
        "No redirect URI at all is registered at this app.",
        f"{AUTHENTICATION} > Add a platform > Web: paste the redirect URI that the Single Sign-on "
        "page shows > Configure.",
        (Sign(numbers=(500113,)),),
        field="redirect_uris",
    ),
    Finding(
        "entra_spa_platform",
        "provider_administrator",
        "The redirect URI is registered under Single-page application. It must be under Web.",
        f"{AUTHENTICATION}: delete the redirect URI under Single-page application and add it "
        "under Web.",
        (Sign(numbers=(9002327,)),),
        field="redirect_uris",
    ),
    Finding(
        "entra_public_client",
        "provider_administrator",
        "The redirect URI is registered under Mobile and desktop applications (a public client), "
        "where no client secret is allowed. It must be under Web.",
        f"{AUTHENTICATION}: remove the redirect URI from Mobile and desktop applications, choose "
        "Add a platform > Web, and add it there.",
        (Sign(numbers=(700025,)),),
        field="redirect_uris",
    ),
    Finding(
        "entra_client_id_unknown",
        "administrator",
        "There is no app with this Client ID in the tenant of the Discovery URL: one of the two is "
        "from elsewhere, or the app registration was deleted.",
        f"Compare both with {OVERVIEW}: Application (client) ID is the Client ID, Directory "
        "(tenant) ID belongs in the Discovery URL; Object ID is neither. If the app was deleted: "
        "App registrations > Deleted applications > Restore, within 30 days.",
        (Sign(numbers=(700016, 700011)),),
        field="client_id",
    ),
    Finding(
        "entra_secret_wrong",
        "administrator",
        "Entra does not accept the Client Secret: the Secret ID was entered instead of the Value, "
        "the secret was deleted, or it belongs to another app.",
        f"{SECRETS} > New client secret: copy the Value, not the Secret ID, and paste it as Client "
        "Secret. Check that it is the app whose Client ID is entered.",
        (Sign(numbers=(7000215, 70002)),),
        field="client_secret",
    ),
    Finding(
        "entra_secret_expired",
        "administrator",
        "The client secret has passed its end date.",
        f"{SECRETS} > New client secret: paste the new Value as Client Secret, test it, then "
        "delete the old secret.",
        (Sign(numbers=(7000222,)),),
        field="client_secret",
    ),
    Finding(
        "entra_secret_missing",
        "administrator",
        "Entra saw no client secret, and this app needs one.",
        f"{SECRETS} > New client secret: paste the Value as Client Secret.",
        (Sign(numbers=(7000218,)),),
        field="client_secret",
    ),
    Finding(
        "entra_app_disabled",
        "provider_administrator",
        "The enterprise application is switched off in Entra.",
        f"{ENTERPRISE_APP} > Properties: set Enabled for users to sign in? to Yes, Save.",
        (Sign(numbers=(7000112, 70001)),),
    ),
    Finding(
        "entra_app_blocked",
        "provider_administrator",
        "Microsoft, or a policy of your tenant, blocks this app.",
        f"{ENTERPRISE_APP} > Properties says why. If it does not, ask Microsoft's support with the "
        "correlation ID.",
        (Sign(numbers=(1000031,)),),
    ),
    Finding(
        "entra_not_tenant_specific",
        "administrator",
        "The app belongs to one tenant, but the Discovery URL stands for all (common, "
        "organizations or consumers).",
        f"Put your Directory (tenant) ID into the Discovery URL: {OVERVIEW}.",
        (Sign(numbers=(50194, 9001023, 9002332)),),
        field="discovery_url",
    ),
    Finding(
        "entra_tenant_not_found",
        "administrator",
        "There is no tenant with this ID, or it is in another Microsoft cloud.",
        f"Copy Directory (tenant) ID again from {OVERVIEW}. Tenants of portal.azure.us are at "
        "login.microsoftonline.us, those of portal.azure.cn at login.partner.microsoftonline.cn.",
        (Sign(numbers=(90002,)), Sign(errors=("invalid_tenant",))),
        field="discovery_url",
    ),
    Finding(
        "entra_tenant_malformed",
        "administrator",
        "The part of the Discovery URL that names the tenant is neither an ID nor a domain.",
        f"Use the Directory (tenant) ID, exactly 36 characters: {OVERVIEW}.",
        (Sign(numbers=(900023,)),),
        field="discovery_url",
    ),
    Finding(
        "entra_host_unknown",
        "administrator",
        "The host of the Discovery URL is not one of Microsoft's clouds.",
        "Use login.microsoftonline.com, or for the national clouds login.microsoftonline.us or "
        "login.partner.microsoftonline.cn.",
        (Sign(numbers=(50049,)), Sign(errors=("invalid_instance",))),
        field="discovery_url",
    ),
    Finding(
        "entra_wrong_cloud",
        "administrator",
        "The tenant is in Microsoft's US Government cloud; the Discovery URL is the worldwide one.",
        "Use login.microsoftonline.us as host of the Discovery URL.",
        (Sign(numbers=(900439,)),),
        field="discovery_url",
    ),
    Finding(
        "entra_tenant_inactive",
        "provider_administrator",
        "Microsoft has blocked the tenant because it was not used.",
        "A Global Administrator reactivates it: https://aka.ms/TenantLifecycle.",
        (Sign(numbers=(5000225,)),),
    ),
    Finding(
        "entra_signing_key_needed",
        "provider_administrator",
        "Custom claims were added to the app, and the app does not allow them.",
        f"{APP} > Manifest: set acceptMappedClaims to true, Save (for an app of one tenant). Or "
        f"remove them: {ENTERPRISE_APP} > Single sign-on > Attributes & Claims.",
        (Sign(numbers=(50146,)),),
    ),
    Finding(
        "entra_mapped_claims",
        "provider_administrator",
        "The app's acceptMappedClaims is set, and the Application ID URI does not go with it.",
        f"{APP} > Expose an API: set Application ID URI to api:// and the Client ID, or to an "
        "address on a verified domain. Or remove the custom claims.",
        (Sign(numbers=(501461,)),),
    ),
)
