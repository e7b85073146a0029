"""The ID token and what it says of the person (OpenID Connect Core 1.0, 2 and 3.1.3.7)."""

from authsso.findings.entra_menus import CONSENT, OVERVIEW, PERMISSIONS, TOKENS
from authsso.findings.finding import Finding, Sign, Voice

_TELL_ADMINISTRATOR = Voice(
    "Your organisation's sign-in did not tell us enough about you.",
    "Tell your IT administrator, with the reference on this page.",
)

FINDINGS = (
    Finding(
        "entra_token_version_1",
        "administrator",
        "The ID token is one of version 1: its issuer is sts.windows.net.",
        "Put /v2.0 at the end of the Discovery URL.",
        (Sign(codes=("id_token_issuer",), providers=("azure",)),),
        field="discovery_url",
    ),
    Finding(
        "token_issuer_differs",
        "administrator",
        "The ID token names another issuer than the discovery document.",
        "Use the issuer that the provider puts into its tokens: Salesforce the My Domain address, "
        "Okta the domain or custom domain that the application is set to, Keycloak its public "
        "host name.",
        (Sign(codes=("id_token_issuer",)),),
        field="discovery_url",
    ),
    Finding(
        "entra_other_tenant",
        "administrator",
        "The person is from another Entra tenant than the connection's.",
        f"Use the Discovery URL with your own Directory (tenant) ID: {OVERVIEW}.",
        (Sign(codes=("id_token_tenant",)),),
        field="discovery_url",
    ),
    Finding(
        "token_for_another_client",
        "administrator",
        "The ID token was issued for another Client ID.",
        "Enter the Client ID again, exactly as the provider shows it.",
        (Sign(codes=("id_token_audience",)),),
        field="client_id",
    ),
    Finding(
        "token_of_another_sign_in",
        "employee",
        "The ID token belongs to another attempt to sign in, as when two windows sign in at once.",
        "Sign in again in one window.",
        (Sign(codes=("id_token_nonce",)),),
        severity="warning",
    ),
    Finding(
        "clocks_differ",
        "provider_administrator",
        "The ID token's times do not fit: the provider's clock differs from ours by more than a "
        "minute.",
        "Let the provider's server take its time from the network (NTP). In a cloud of the "
        "provider's own it passes: sign in again.",
        (Sign(codes=("id_token_expired", "id_token_issued_at", "id_token_not_yet_valid")),),
    ),
    Finding(
        "entra_signed_by_other_key",
        "provider_administrator",
        "The ID token is signed with a key that is not among the tenant's: the app has SAML "
        "single sign-on or a signing key of its own.",
        "Entra admin center > Entra ID > App registrations > New registration: make an app for "
        "OpenID Connect alone, and enter its Client ID and secret here.",
        (
            Sign(
                codes=("id_token_unknown_key", "id_token_signature", "key_refetch_throttled"),
                providers=("azure",),
            ),
        ),
    ),
    Finding(
        "signed_by_unknown_key",
        "nobody",
        "The ID token is signed with a key that the provider does not publish (yet).",
        "Try again in a few minutes; if it stays, ask the provider about its jwks_uri.",
        (
            Sign(
                codes=(
                    "id_token_unknown_key",
                    "id_token_ambiguous_key",
                    "id_token_signature",
                    "key_refetch_throttled",
                )
            ),
        ),
    ),
    Finding(
        "token_broken",
        "provider_administrator",
        "The ID token cannot be read, or does not say whom it is about.",
        "Look whether the provider encrypts ID tokens for this application, and switch it off.",
        (Sign(codes=("id_token_malformed", "id_token_subject", "subject_missing")),),
    ),
    Finding(
        "entra_email_missing",
        "provider_administrator",
        "The token carries no e-mail address: the claim is not switched on, or the person has no "
        "address in Entra. Entra also leaves it out when its domain is not verified there.",
        f"{TOKENS} > Add optional claim > ID > email > Add (accept the Microsoft Graph email "
        "permission). Then Entra admin center > Entra ID > Users > the person > Properties: fill "
        "Email. The address's domain must be Verified under Entra ID > Domain names.",
        (Sign(codes=("email_missing",), providers=("azure",)),),
        field="attribute_mapping",
        employee=_TELL_ADMINISTRATOR,
    ),
    Finding(
        "email_claim_missing",
        "provider_administrator",
        "The provider gave no usable e-mail address.",
        "Give the person an e-mail address at the provider, and let the application have it: scope "
        "email, or the claim that the attribute mapping names.",
        (Sign(codes=("email_missing",)),),
        field="attribute_mapping",
        employee=_TELL_ADMINISTRATOR,
    ),
    Finding(
        "email_not_verified",
        "provider_administrator",
        "The provider says itself that the address is not verified.",
        "Verify the person's e-mail address at the provider: Keycloak Users > the person > Email "
        "verified; Okta Directory > People > the person.",
        (Sign(codes=("email_unverified",)),),
        employee=_TELL_ADMINISTRATOR,
    ),
    Finding(
        "email_domain_not_proven",
        "administrator",
        "The person is new, and the e-mail address's domain is not proven here. Guests carry the "
        "address of their own organisation.",
        "Prove the domain: Single Sign-on > E-mail domains. People with other addresses are added "
        "to the product first, by its makers or an administrator.",
        (Sign(codes=("domain_not_proven",)),),
        field="domains",
        employee=Voice(
            "Your e-mail address does not belong to a domain that your organisation has proven.",
            "Tell your IT administrator, with the reference on this page.",
        ),
    ),
    Finding(
        "google_domain_not_proven",
        "administrator",
        "The Google account is a personal one, or of a Workspace whose domain is not proven here.",
        "Prove your Workspace's domain: Single Sign-on > E-mail domains; people sign in with "
        "their Workspace account.",
        (Sign(codes=("hosted_domain_not_proven",)),),
        field="domains",
        employee=Voice(
            "This Google account does not belong to your organisation here.",
            "Sign in with your work account.",
        ),
    ),
    Finding(
        "groups_overage",
        "provider_administrator",
        "The person is in more than 200 groups, so Entra leaves the groups out of the token. Where "
        "groups are mapped, Microsoft Graph was asked and did not give them, so the person is in "
        "no mapped group.",
        f"{TOKENS} > Add groups claim > Groups assigned to the application, and assign only the "
        "groups that are mapped; or use app roles. Or let us ask Microsoft Graph: "
        f"{PERMISSIONS} > Add a permission > Microsoft Graph > Delegated permissions: User.Read, "
        f"and GroupMember.Read.All if that is not enough; then {CONSENT}.",
        severity="warning",
        field="group_mapping",
    ),
    Finding(
        "groups_missing",
        "provider_administrator",
        "Groups are mapped, and the token carries none.",
        f"Entra: {TOKENS} > Add groups claim. Okta: your app > Sign On > Groups claim filter. "
        "OneLogin: your app > Parameters > Groups, with scope groups. Keycloak: Client scopes > "
        "a mapper of type Group Membership. Google ID tokens never carry groups.",
        severity="warning",
        field="group_mapping",
    ),
    Finding(
        "groups_are_ids",
        "administrator",
        "The groups arrive as object IDs, and the mapping names none of them.",
        "Map by object ID: Entra admin center > Entra ID > Groups > the group > Object ID. For "
        f"synchronised groups {TOKENS} > groups > ID can send sAMAccountName instead.",
        severity="warning",
        field="group_mapping",
    ),
    Finding(
        "roles_hold_groups",
        "provider_administrator",
        "The claim roles holds group IDs; app roles are gone from it.",
        f"{TOKENS} > groups: untick Emit groups as role claims.",
        severity="warning",
        field="group_mapping",
    ),
    Finding(
        "entra_guest",
        "administrator",
        "The person is a guest in your tenant: the e-mail address is their own organisation's.",
        "Nothing, if guests may sign in and their domain is proven here. Otherwise do not assign "
        "guests to the app.",
        severity="note",
    ),
    Finding(
        "entra_email_not_verified",
        "provider_administrator",
        "Entra says that it has not verified the domain of this e-mail address.",
        "Entra admin center > Entra ID > Domain names: verify the domain; or correct the person's "
        "Email under Users.",
        severity="warning",
    ),
    Finding(
        "name_missing",
        "provider_administrator",
        "The token carries no name: the scope profile is missing.",
        "Put profile among the connection's scopes.",
        severity="note",
        field="scopes",
    ),
)
