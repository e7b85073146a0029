"""What Cognito's own federation says about somebody, and whether it may be taken.

Cognito has exchanged the code and validated the ID token, but without nonce, PKCE and `iss`, and
at a callback that all tenants share. So everything is asked again here: whose connection it is,
whether it still stands, and whether the token is that connection's.
"""

from collections.abc import Mapping

from authsso.errors import ProviderError
from authsso.model import Claims, Connection, ConnectionVersion, Identity
from authsso.protocol import userinfo

TEXTS: Mapping[str, str] = {
    "connection_disabled": "This organisation's single sign-on has been switched off.",
    "connection_not_enforced": "Your organisation requires another way to sign in.",
    "not_its_own": "The organisation's sign-in gave an answer that is not its own.",
    "not_linked": "This account is not connected to a user. Ask your administrator for help.",
    "user_of_other_tenant": "The user belongs to another organisation.",
    "domain_of_other_tenant": "The e-mail address belongs to another organisation.",
}
# What Cognito may write into the user, and nothing else: neither address nor tenant nor group.
_WRITTEN = ("name", "given_name", "family_name")


def refusal(
    connection: Connection | None, connection_id: str, *, enforced: frozenset[str]
) -> str | None:
    """Tell why nobody comes in through a connection at the Cognito domain; None: people may.

    Args:
        connection: The head, None when there is none.
        connection_id: By which it was looked up; a tenant that was made anew has others.
        enforced: Ids of the tenant's enforced connections.
    """
    if connection is None or connection.connection_id != connection_id:
        return "connection_disabled"
    if not connection.enabled or connection.live is None:
        return "connection_disabled"
    if enforced and connection_id not in enforced:
        return "connection_not_enforced"
    return None


def mismatch(
    connection: Connection, *, tenant_id: str | None, domain_owner: str | None
) -> str | None:
    """Tell why a user is not one whom the connection may sign in; None: they belong together.

    Args:
        connection: Through which the person came.
        tenant_id: The user's.
        domain_owner: Tenant that has proven the domain of the user's address, None when none has.
    """
    if tenant_id != connection.tenant_id:
        return "user_of_other_tenant"
    if domain_owner not in (None, connection.tenant_id):
        return "domain_of_other_tenant"
    return None


def subject_of(attributes: Mapping[str, object]) -> str | None:
    """Return `sub` of the ID token in `request.attributes`, None when there is none."""
    subject = _object(attributes.get("idToken")).get("sub")
    return subject if isinstance(subject, str) else None


def claims_of(attributes: Mapping[str, object], version: ConnectionVersion) -> Claims:
    """Return what the provider says, as this connection's live version would have heard it.

    Args:
        attributes: `request.attributes` of the inbound federation trigger. Its values may all be
            texts, booleans too.
        version: The live one.

    Raises:
        ProviderError: `id_token_missing`, `id_token_issuer`, `id_token_audience`: it is not this
            connection's.
    """
    claims = _object(attributes.get("idToken"))
    if not claims:
        raise ProviderError("id_token_missing", "no decoded ID token")
    if claims.get("iss", version.metadata.issuer) != version.metadata.issuer:
        raise ProviderError("id_token_issuer", "iss is not the live version's")
    if not _is_for(version.client_id, claims.get("aud", version.client_id)):
        raise ProviderError("id_token_audience", "aud is not the live version's")
    more = _object(attributes.get("userInfo"))
    if more.get("sub") == claims.get("sub"):
        claims = userinfo.merge(claims, more)
    return _with_booleans(claims)


def written(identity: Identity) -> dict[str, str]:
    """Return the attributes that Cognito may write, and the subject by which it names the user."""
    values: dict[str, str | None] = {name: getattr(identity, name) for name in _WRITTEN}
    return {"sub": identity.subject} | {name: value for name, value in values.items() if value}


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _is_for(client_id: str, audience: object) -> bool:
    """One audience, ours; as text, as a list, or as the text of a list."""
    return audience in (client_id, [client_id], f'["{client_id}"]', f"[{client_id}]")


def _with_booleans(claims: Claims) -> Claims:
    verified = claims.get("email_verified")
    if isinstance(verified, str):
        return {**claims, "email_verified": verified.lower() == "true"}
    return claims
