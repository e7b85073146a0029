"""A tenant's OpenID Provider as Cognito itself is to know it (design.md 6b).

All providers of the pool share Cognito's one callback, without PKCE, nonce or `iss`. So only kinds
whose every host is pinned are put there, and nothing that matters is mapped: who somebody is, and
whether they may come in, is decided by the trigger (cognito_triggers/federated_sign_in.py).
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from authsso.model import PROVIDER_KINDS, Connection, ConnectionVersion, Method
from authsso.protocol.provider_metadata import is_on

# Cognito rewrites mapped attributes at each sign-in, and needs a client's write permission for
# them; `email` is in no client's (design.md 6.4), so it is not here. `username` is Cognito's own.
ATTRIBUTE_MAPPING: Mapping[str, str] = {
    "username": "sub",
    "name": "name",
    "given_name": "given_name",
    "family_name": "family_name",
}
_PREFIX = "sso-"
_NAME = re.compile(r"sso-([a-z2-7]{26})")
# Limits of Cognito's IdpIdentifiers: how many, and which.
_MOST_IDENTIFIERS = 50
_IDENTIFIER = re.compile(r"[a-z0-9.-]{1,40}")

type Obstacle = Literal[
    "imported", "not_offered", "own_callback", "not_enabled", "not_enforced", "not_pinned"
]
type Action = Literal["none", "create", "update", "remove"]


@dataclass(frozen=True, slots=True)
class CognitoProvider:
    """One OIDC provider of the user pool.

    Args:
        name: From name_of.
        issuer: Cognito finds the endpoints from it.
        client_id: Ours at the provider.
        client_secret: Likewise.
        method: Of the request to UserInfo.
        scopes: What Cognito asks for.
        attribute_mapping: The pool's attribute -> the provider's claim.
        identifiers: E-mail domains that lead to it on Cognito's page.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    method: Method
    scopes: tuple[str, ...]
    attribute_mapping: Mapping[str, str]
    identifiers: tuple[str, ...]


def name_of(connection_id: str) -> str:
    """Name a connection's provider: 30 characters, whatever the tenant is called.

    Cognito takes 32 at most, and cuts a federated username at the first `_`: there is none.
    """
    return f"{_PREFIX}{connection_id}"


def connection_id_of(name: str) -> str | None:
    """Return the connection that a provider of the pool belongs to, None when it is not ours."""
    match = _NAME.fullmatch(name)
    return match[1] if match else None


def obstacle(  # noqa: PLR0911 - one answer each
    connection: Connection,
    live: ConnectionVersion | None,
    *,
    pinned_hosts: Sequence[str],
    enforced_elsewhere: bool,
    is_offered: bool,
) -> Obstacle | None:
    """Tell why a connection must not be in the pool, None when it is to be there.

    Args:
        connection: The head.
        live: Its live version.
        pinned_hosts: Of its kind, and of the deployment for it; none for kinds of any host.
        enforced_elsewhere: The tenant has to sign in through another connection.
        is_offered: At least one application still uses the Cognito domain.
    """
    if connection.imported_from is not None:
        return "imported"  # a second provider would make a second user of everybody
    if not is_offered:
        return "not_offered"
    if not pinned_hosts:
        return "own_callback"
    if live is None or not connection.enabled:
        return "not_enabled"
    if enforced_elsewhere and not connection.enforced:
        return "not_enforced"
    if not all(is_on(_host(url), pinned_hosts) for url in _endpoints(live)):
        return "not_pinned"
    return None


def wanted(
    connection: Connection,
    live: ConnectionVersion,
    *,
    client_secret: str,
    identifiers: tuple[str, ...],
) -> CognitoProvider:
    """Return what the pool must hold for a connection that nothing stands in the way of."""
    return CognitoProvider(
        name=name_of(connection.connection_id),
        issuer=live.metadata.issuer,
        client_id=live.client_id,
        client_secret=client_secret,
        method=live.method,
        scopes=live.scopes,
        attribute_mapping=ATTRIBUTE_MAPPING,
        identifiers=identifiers,
    )


def identifiers(domains: Iterable[str]) -> tuple[str, ...]:
    """Return the proven domains that Cognito can take, in a lasting order."""
    usable = sorted(domain for domain in domains if _IDENTIFIER.fullmatch(domain))
    return tuple(usable[:_MOST_IDENTIFIERS])


def bearer(connections: Iterable[Connection]) -> Connection | None:
    """Choose who bears the tenant's domains: in one pool an identifier names one provider.

    Args:
        connections: Of one tenant, those that are to be in the pool.
    """
    ordered = sorted(
        connections, key=lambda one: (not one.enforced, PROVIDER_KINDS.index(one.provider))
    )
    return ordered[0] if ordered else None


def opted_in(clients: Mapping[str, str], named: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the app clients that go by one of these names or ids.

    Args:
        clients: Names of the pool's app clients by their ids.
        named: Of the deployment.
    """
    return tuple(one for one, name in clients.items() if one in named or name in named)


def difference(wanted: CognitoProvider | None, found: CognitoProvider | None) -> Action:
    """Tell what has to be done to the pool."""
    if wanted is None:
        return "remove" if found else "none"
    if found is None:
        return "create"
    return "none" if wanted == found else "update"


def _endpoints(version: ConnectionVersion) -> tuple[str, ...]:
    metadata = version.metadata
    needed = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
    optional = (metadata.userinfo_endpoint,) if metadata.userinfo_endpoint else ()
    return (metadata.issuer, *needed, *optional)


def _host(url: str) -> str:
    """Return the host of a URL that was judged at save: it has no user part and no odd port."""
    return url.split("/")[2].partition(":")[0]
