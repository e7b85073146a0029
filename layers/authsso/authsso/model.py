"""The nouns of authsso as frozen records. What may be done with them is in protocol/.

Times are whole seconds since the epoch and are named `..._at`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

type ProviderKind = Literal["azure", "google", "okta", "onelogin", "keycloak", "salesforce", "oidc"]
type Method = Literal["GET", "POST"]
type ClientAuthentication = Literal["client_secret_basic", "client_secret_post"]
type ResponseMode = Literal["query", "form_post"]
type Claims = Mapping[str, object]

PROVIDER_KINDS: tuple[ProviderKind, ...] = (
    "azure",
    "google",
    "okta",
    "onelogin",
    "keycloak",
    "salesforce",
    "oidc",
)


@dataclass(frozen=True, slots=True)
class ProviderProfile:
    """What one provider kind has in common for all tenants; one instance each in providers/.

    Args:
        kind: The provider kind.
        name: What people call it on the page.
        pinned_hosts: Hosts that every endpoint must be on; `*.okta.com` matches any sub-domain.
            Empty: any public host, which is why such a connection has its own callback
            (design.md 6.3).
        always_calls_userinfo: Its ID tokens do not carry what UserInfo does (design.md 2).
        default_scopes: Asked for when the connection names none.
        asks_again: The `prompt` that makes it ask who somebody is in spite of a session.
        signs_out_without_token: Its end_session_endpoint leads back to us without an
            `id_token_hint`, which we could only have by keeping tokens.
    """

    kind: ProviderKind
    name: str
    pinned_hosts: tuple[str, ...]
    always_calls_userinfo: bool
    default_scopes: tuple[str, ...] = ("openid", "profile", "email")
    asks_again: str = "login"
    signs_out_without_token: bool = False

    @property
    def has_own_callback(self) -> bool:
        """Whether its answers come to /oauth2/idpresponse/{connection_id} (design.md 6.3)."""
        return not self.pinned_hosts


@dataclass(frozen=True, slots=True)
class ProviderMetadata:
    """A discovery document that has been judged (OpenID Connect Discovery 1.0, 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    end_session_endpoint: str | None
    id_token_algorithms: tuple[str, ...]
    client_authentication: tuple[str, ...]
    response_modes: tuple[str, ...]
    sends_iss_parameter: bool


@dataclass(frozen=True, slots=True)
class KeySet:
    """The signing keys of one provider, as public JSON Web Keys (RFC 7517).

    Args:
        keys: Only usable ones: RSA >= 2048 bits or EC P-256/384/521, for signatures.
        fetched_at: When the provider gave them.
    """

    keys: tuple[Mapping[str, object], ...]
    fetched_at: int


@dataclass(frozen=True, slots=True)
class ConnectionVersion:
    """What an administrator saved, whole and never edited afterwards.

    Args:
        number: Counts up within the connection.
        discovery_url: As normalised at save; the metadata came from it.
        client_id: Ours at the provider.
        secret_id: Names the client secret in Secrets Manager; bound to issuer and client id.
        method: HTTP method at the UserInfo endpoint.
        client_authentication: How the token endpoint is shown the secret.
        response_mode: How the provider answers the browser.
        scopes: What is asked for; always with `openid`.
        attribute_mapping: Our attribute -> the provider's claim.
        group_mapping: The provider's group -> Cognito group, within the SaaS's allow-list.
        metadata: The provider's endpoints, judged at save.
        secret_set_at: When the secret was given.
        secret_expires_on: ISO date that the administrator copied from the provider, or None.
        saved_at: When.
        saved_by: Username of the administrator.
        logout_at_provider: Signing out ends the session at the provider as well.
    """

    number: int
    discovery_url: str
    client_id: str
    secret_id: str
    method: Method
    client_authentication: ClientAuthentication
    response_mode: ResponseMode
    scopes: tuple[str, ...]
    attribute_mapping: Mapping[str, str]
    group_mapping: Mapping[str, str]
    metadata: ProviderMetadata
    secret_set_at: int
    secret_expires_on: str | None
    saved_at: int
    saved_by: str
    logout_at_provider: bool = False


@dataclass(frozen=True, slots=True)
class Connection:
    """One tenant's link to one OpenID Provider: the toggles, and which version is which.

    Args:
        tenant_id: Whose.
        provider: Its kind; one connection a kind and tenant.
        connection_id: Opaque, safe in a URL path, the same for as long as the tenant exists.
        enabled: Offered to the tenant's people.
        enforced: Required of the tenant's people.
        live: Number of the version that signs people in, None before the first enable.
        draft: Number of the version being edited, None when there is none.
        previous: What was live before, for rollback.
        live_since: When `live` went live, and `previous` no longer was; None when nothing is live,
            or it has been since before this was kept.
        last_number: The highest version number given so far.
        revision: Counts every write; the ETag.
        changed_at: When it was last written.
        enforced_at: When enforcement began, None while it is off.
        last_action: What the last write was; recognises the same request when it is sent again.
        imported_from: Name of the user pool's own provider that it was before, None when it was
            none. Stays when the connection is deleted: the people of that provider stay, too.
        imported_issuer: Of that provider; its people are known by their `sub` there.
        imported_client_id: Of that provider; with it `sub` may change (OpenID Connect Core, 8.1).
        moved_at: When its people began to come through us; None: still through Cognito.
    """

    tenant_id: str
    provider: ProviderKind
    connection_id: str
    enabled: bool = False
    enforced: bool = False
    live: int | None = None
    draft: int | None = None
    previous: int | None = None
    live_since: int | None = None
    last_number: int = 0
    revision: int = 0
    changed_at: int = 0
    enforced_at: int | None = None
    last_action: str = ""
    imported_from: str | None = None
    imported_issuer: str | None = None
    imported_client_id: str | None = None
    moved_at: int | None = None

    @property
    def is_at_cognito(self) -> bool:
        """Whether its people go on through Cognito's federation: imported, and not moved yet."""
        return self.imported_from is not None and self.moved_at is None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is saved: before the first save, and after a deletion.

        A deleted connection keeps its head, so that revisions and version numbers go on counting:
        nothing that was true of an old version is ever believed of a new one (F17).
        """
        return not self.named

    @property
    def named(self) -> frozenset[int]:
        """The versions that it names: live, draft and previous."""
        numbers = (self.live, self.draft, self.previous)
        return frozenset(number for number in numbers if number is not None)


@dataclass(frozen=True, slots=True)
class Application:
    """A Cognito app client, as Cognito describes it.

    Args:
        client_id: Its id.
        name: Its name in the pool.
        client_secret: None for a public one.
        redirect_uris: Callback URLs.
        logout_uris: Sign-out URLs.
        scopes: Allowed OAuth scopes.
        allows_custom_authentication: Whether we may mint tokens for it.
        read_attributes: Of a user; empty: Cognito's default.
        identity_providers: Names of the pool's providers that it offers, `COGNITO` among them.
    """

    client_id: str
    name: str
    client_secret: str | None = field(repr=False)
    redirect_uris: tuple[str, ...]
    logout_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    allows_custom_authentication: bool
    read_attributes: tuple[str, ...] = ()
    identity_providers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """What an application asked at /oauth2/authorize, once it has been judged.

    Args:
        client_id: The application.
        redirect_uri: One that it has registered, byte for byte.
        state: Its own, given back unchanged; None when it sent none.
        code_challenge: S256 (RFC 7636).
        scopes: Those asked for, all granted to the application.
        identity_provider: Hint: connection id, or provider kind; None when absent.
        idp_identifier: Hint: tenant id, or an e-mail domain.
        login_hint: Hint: the person's e-mail address.
        prompt: `none`, or `login`, `select_account`, `consent` with spaces between; or None.
        lang: BCP 47 tag or None.
    """

    client_id: str
    redirect_uri: str
    state: str | None
    code_challenge: str
    scopes: tuple[str, ...]
    identity_provider: str | None = None
    idp_identifier: str | None = None
    login_hint: str | None = None
    prompt: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """One attempt under way: begun at authorize, taken once at the callback, or expired.

    Holds no secret in clear: of `state` and of the cookie only hashes, and the nonce and the
    PKCE verifier are derived from the cookie's value (protocol/sign_in.py).

    Args:
        state_hash: SHA-256 of the `state` sent to the provider, hex; the key.
        binding_hash: SHA-256 of the browser's cookie, hex.
        reference: Short, for people; finds the sign-in in traces and logs.
        request: What the application asked.
        tenant_id: Whose connection.
        provider: Which kind of connection.
        connection_id: Which one.
        version: Of the connection, and the sign-in ends on this one.
        response_mode: How the provider was asked to answer.
        started_at: When the browser was sent away.
        expires_at: When it is too late to come back.
        started_by: Administrator who tries a draft: nobody is signed in, nobody is touched.
    """

    state_hash: str
    binding_hash: str
    reference: str
    request: AuthorizationRequest
    tenant_id: str
    provider: ProviderKind
    connection_id: str
    version: int
    response_mode: ResponseMode
    started_at: int
    expires_at: int
    started_by: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at one connection; verified and mapped.

    Args:
        connection_id: With issuer and subject it is the key; nothing else ever is.
        issuer: `iss` of the ID token.
        subject: `sub` of the ID token.
        tenant_id: The connection's.
        email: Normalised address, None when the provider gave none that is usable.
        email_unverified: The provider itself says that it has not verified the address.
        name: Display name or None.
        given_name: Or None.
        family_name: Or None.
        groups: The provider's group names or ids; for azure the app roles, too.
        entra_tenant_id: `tid`, kept beside the key for azure.
        entra_object_id: `oid`, likewise.
        google_hosted_domain: `hd` for google, normalised: the Workspace domain of the account.
    """

    connection_id: str
    issuer: str
    subject: str
    tenant_id: str
    email: str | None
    email_unverified: bool = False
    name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    groups: tuple[str, ...] = ()
    entra_tenant_id: str | None = None
    entra_object_id: str | None = None
    google_hosted_domain: str | None = None


@dataclass(frozen=True, slots=True)
class AuthorizationCode:
    """Ours, for the application; the provider's own is `provider_code`.

    The same record carries the one-time ticket once the code has been redeemed.

    Args:
        code_hash: SHA-256 of the code, hex; the key.
        client_id: The application that may redeem it.
        redirect_uri: That the application must repeat.
        code_challenge: S256; the application shows the verifier.
        username: The Cognito user.
        tenant_id: The tenant whose connection the person came through.
        connection_id: That connection.
        version: Of the connection, which the sign-in ended on.
        reference: Of the sign-in.
        expires_at: 60 seconds after it was minted.
        redeemed_at: When it was used; None while it is fresh.
    """

    code_hash: str
    client_id: str
    redirect_uri: str
    code_challenge: str
    username: str
    tenant_id: str
    connection_id: str
    version: int
    reference: str
    expires_at: int
    redeemed_at: int | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A Cognito user as far as we care.

    Args:
        username: Opaque, a UUID for users of our making.
        tenant_id: `custom:tenant_id`, None when the user has none.
        email: Normalised, or None.
        email_verified: In the pool.
        enabled: Not disabled in the pool.
        confirmed: Past FORCE_CHANGE_PASSWORD and the like; only then a first-class user.
        name: Display name, or None.
        identities: Those that Cognito's own federation leads to this user: provider and subject.
    """

    username: str
    tenant_id: str | None
    email: str | None
    email_verified: bool
    enabled: bool
    confirmed: bool
    name: str | None = None
    identities: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody whose identity is proven.

    Args:
        connection: Through which the person came.
        version: Of it, on which the sign-in ends.
        identity: Verified and mapped.
    """

    connection: Connection
    version: ConnectionVersion
    identity: Identity
