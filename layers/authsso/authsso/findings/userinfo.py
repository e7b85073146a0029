"""The UserInfo endpoint (OpenID Connect Core 1.0, 5.3; RFC 6750, 3)."""

from authsso.findings.entra_menus import SIGN_IN_LOGS
from authsso.findings.finding import Finding, Sign

FINDINGS = (
    Finding(
        "entra_userinfo_refused",
        "administrator",
        "Microsoft Graph does not accept the access token: a scope of the connection is for "
        "another API, or a Conditional Access policy on Microsoft Graph refuses it.",
        "Leave openid, profile and email as scopes of the connection. If they are: "
        f"{SIGN_IN_LOGS} > the sign-in > Conditional Access.",
        (
            Sign(phrases=("invalid audience",), places=("userinfo",)),
            Sign(codes=("userinfo_refused",), providers=("azure",)),
        ),
        field="scopes",
    ),
    Finding(
        "adfs_userinfo_audience",
        "provider_administrator",
        "AD FS does not accept the access token at its UserInfo endpoint.",
        "Map what is needed from the ID token: AD FS Management > Application Groups > your "
        "group > Web API > Issuance Transform Rules. AD FS gives no more than sub at UserInfo.",
        (Sign(phrases=("msis9921",)),),
    ),
    Finding(
        "userinfo_scope_missing",
        "administrator",
        "UserInfo wants the scope openid.",
        "Put openid among the connection's scopes.",
        (
            Sign(phrases=("missing openid scope", "insufficient_scope"), places=("userinfo",)),
            Sign(codes=("userinfo_refused",), errors=("insufficient_scope",)),
        ),
        field="scopes",
    ),
    Finding(
        "keycloak_userinfo_refused",
        "provider_administrator",
        "Keycloak does not accept its own access token: its host name differs inside and outside, "
        "or the person was disabled meanwhile.",
        "Set hostname (KC_HOSTNAME) so that the issuer is the same for browsers and for us.",
        (Sign(codes=("userinfo_refused",), providers=("keycloak",)),),
    ),
    Finding(
        "userinfo_method_refused",
        "administrator",
        "The UserInfo endpoint does not take this Method.",
        "Choose the other Method, GET or POST.",
        (
            Sign(statuses=(405,), places=("userinfo",)),
            Sign(codes=("userinfo_unavailable",), statuses=(405,)),
            Sign(errors=("invalid_request",), places=("userinfo",)),
        ),
        field="method",
    ),
    Finding(
        "userinfo_refused_token",
        "administrator",
        "The UserInfo endpoint does not accept the access token.",
        "Choose the other Method; leave openid, profile and email as scopes. At Entra a "
        "Conditional Access policy on Microsoft Graph can be the cause as well.",
        (Sign(codes=("userinfo_refused",)), Sign(statuses=(401, 403), places=("userinfo",))),
        field="method",
    ),
    Finding(
        "userinfo_throttled",
        "nobody",
        "The UserInfo endpoint gets too many requests at the moment.",
        "Try again in a minute.",
        (
            Sign(statuses=(429,), places=("userinfo",)),
            Sign(codes=("userinfo_unavailable",), statuses=(429,)),
        ),
        severity="warning",
    ),
    Finding(
        "userinfo_failed",
        "administrator",
        "The UserInfo endpoint did not answer as it should.",
        "Choose the other Method; try again in a minute.",
        (Sign(codes=("userinfo_unavailable", "userinfo_malformed")),),
        field="method",
    ),
    Finding(
        "userinfo_is_signed",
        "provider_administrator",
        "UserInfo answers are signed or encrypted, which is not supported.",
        "Keycloak Admin Console > Clients > your client > Advanced > User info signed response "
        "algorithm: unsigned. Elsewhere switch signing and encryption of UserInfo off.",
        (Sign(codes=("userinfo_signed",)),),
    ),
    Finding(
        "userinfo_absent",
        "provider_administrator",
        "The provider has no UserInfo endpoint, and a claim that is needed is not in the ID token.",
        "Let the provider put the claim into the ID token.",
        (Sign(codes=("userinfo_not_offered",)),),
        field="attribute_mapping",
    ),
    Finding(
        "userinfo_other_person",
        "administrator",
        "UserInfo is about somebody else than the ID token.",
        "Entra: put /v2.0 at the end of the Discovery URL. Elsewhere ask the provider's support.",
        (Sign(codes=("userinfo_subject",)),),
        field="discovery_url",
    ),
)
