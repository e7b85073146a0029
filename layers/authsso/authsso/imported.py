"""People of a connection that was a provider of the user pool: who they are there already.

Cognito's federation has made a user of each who came that way. After the move they come through
us and are to be these users, and no others (design.md 6b).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from authsso.model import Connection, ConnectionVersion, Identity, User
from authsso.protocol import imported_provider
from authsso.protocol.account import Refusal

if TYPE_CHECKING:
    from authsso.adapters.user_pool import UserPool
    from authsso.services import Services


def profile_of(
    users: "UserPool", connection: Connection, version: ConnectionVersion, identity: Identity
) -> User | None:
    """Return the user that Cognito has made of an identity, None when there is none.

    Args:
        users: Of the pool.
        connection: Through which the person came.
        version: Of it, whose client the ID token was issued to.
        identity: Verified.
    """
    name = _name(connection, version, identity)
    username = name and imported_provider.profile_username(name, identity.subject)
    if not name or not username:
        return None
    user = users.find(username)
    is_theirs = user is not None and imported_provider.is_profile(user, name, identity.subject)
    return user if is_theirs else None


def is_somebody_already(
    services: "Services", identity: Identity, namesakes: Iterable[User]
) -> bool:
    """Tell whether somebody with this address has come through an imported provider before.

    Asked before a user is made: under another client, or through another connection of the
    tenant, `sub` does not lead to that user, and a second one must not be made.

    Args:
        services: For the tenant's connections.
        identity: Verified.
        namesakes: All users of the pool with its address.
    """
    names = {
        name
        for head in services.connections.connections(identity.tenant_id)
        if (name := head.imported_from)
    }
    return bool(names) and any(
        imported_provider.comes_from(user, names)
        for user in namesakes
        if user.tenant_id in (None, identity.tenant_id)
    )


def adopted(users: "UserPool", identity: Identity, user: User) -> User:
    """Give a user without a tenant the one of the connection; the operator said whose it is.

    Args:
        users: Of the pool.
        identity: Verified, of the connection's tenant.
        user: Who is about to be bound to it.

    Returns:
        The user as it is now.
    """
    if user.tenant_id is not None:
        return user
    users.set_tenant(user.username, identity.tenant_id)
    return replace(user, tenant_id=identity.tenant_id)


def claimed(
    users: "UserPool",
    connection: Connection,
    version: ConnectionVersion,
    identity: Identity,
    username: str,
) -> Refusal | None:
    """Have Cognito lead an identity to the user whom we are about to bind it to.

    Else the Cognito domain, where the provider goes on, would make a second user. Whether Cognito
    leads it there is read back, since the texts of its refusals are not documented. A provider
    that the operator has taken out of the pool leads nobody anywhere.

    Args:
        users: Of the pool.
        connection: Through which the person came.
        version: Of it.
        identity: Verified.
        username: Of the user.

    Returns:
        None; or the refusal, when Cognito knows the identity as somebody else.
    """
    name = _name(connection, version, identity)
    if name is None or _leads_to(users, name, identity, username):
        return None
    users.offer_link(username, name, identity.subject)
    if _leads_to(users, name, identity, username):
        return None
    return Refusal("already_linked") if users.has_provider(name) else None


def _leads_to(users: "UserPool", name: str, identity: Identity, username: str) -> bool:
    user = users.find(username)
    return user is not None and imported_provider.is_profile(user, name, identity.subject)


def _name(connection: Connection, version: ConnectionVersion, identity: Identity) -> str | None:
    """Name the imported provider, while a `sub` means there whom it means here."""
    is_same = imported_provider.is_same_client(
        connection, issuer=identity.issuer, client_id=version.client_id
    )
    return connection.imported_from if is_same else None
