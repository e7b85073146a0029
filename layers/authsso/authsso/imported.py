"""People of a connection that was a provider of the user pool: who they are there already.

Cognito's federation has made a user of each who came that way. After the move they come through
us and are to be these users, and no others (design.md 6b).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from authsso.model import Arrived, Identity, User
from authsso.protocol import imported_provider
from authsso.protocol.account import Refusal

if TYPE_CHECKING:
    from authsso.adapters.user_pool import UserPool
    from authsso.services import Services


def profile_of(users: "UserPool", arrived: Arrived) -> User | None:
    """Return the user that Cognito has made of an identity, None when there is none.

    Args:
        users: Of the pool.
        arrived: Who has come, and through what.
    """
    subject, name = arrived.identity.subject, _name(arrived)
    username = name and imported_provider.profile_username(name, subject)
    if not name or not username:
        return None
    user = users.find(username)
    return user if user and imported_provider.is_profile(user, name, subject) else None


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


def claimed(users: "UserPool", arrived: Arrived, username: str) -> Refusal | None:
    """Have Cognito lead an identity to the user whom we are about to bind it to.

    Else the Cognito domain, where the provider goes on, would make a second user. Whether Cognito
    leads it there is read back, since the texts of its refusals are not documented. A provider
    that the operator has taken out of the pool leads nobody anywhere.

    Args:
        users: Of the pool.
        arrived: Who has come, and through what.
        username: Of the user.

    Returns:
        None; or the refusal, when Cognito knows the identity as somebody else.
    """
    subject, name = arrived.identity.subject, _name(arrived)
    if name is None or _leads_to(users, name, subject, username):
        return None
    users.offer_link(username, name, subject)
    if _leads_to(users, name, subject, username):
        return None
    return Refusal("already_linked") if users.has_provider(name) else None


def _leads_to(users: "UserPool", name: str, subject: str, username: str) -> bool:
    user = users.find(username)
    return user is not None and imported_provider.is_profile(user, name, subject)


def _name(arrived: Arrived) -> str | None:
    """Name the imported provider, while a `sub` means there whom it means here."""
    is_same = imported_provider.is_same_client(
        arrived.connection,
        issuer=arrived.identity.issuer,
        client_id=arrived.version.client_id,
    )
    return arrived.connection.imported_from if is_same else None
