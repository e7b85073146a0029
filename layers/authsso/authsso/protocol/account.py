"""Which Cognito user an identity is: the one it was, one it may be linked to, or a new one.

E-mail, UPN and preferred_username are never keys (design.md 6.5). A first link reaches only users
of the connection's own tenant, so users of other tenants are out of reach by construction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from authsso.model import Identity, User


@dataclass(frozen=True, slots=True)
class Link:
    """What binds one identity to one Cognito user.

    Args:
        identity_hash: Of connection, issuer and subject.
        username: The Cognito user.
        tenant_id: The tenant, compared at every use.
        connection_id: Of the identity.
        issuer: Of the identity.
        entra_tenant_id: `tid` for azure, else None.
        entra_object_id: `oid` for azure, else None: the same person under a new `sub`.
    """

    identity_hash: str
    username: str
    tenant_id: str
    connection_id: str
    issuer: str
    entra_tenant_id: str | None
    entra_object_id: str | None


@dataclass(frozen=True, slots=True)
class UseUser:
    """The identity is this user already."""

    user: User


@dataclass(frozen=True, slots=True)
class LinkUser:
    """The identity becomes this user, whom it proves to be; `replaces` an older subject."""

    user: User
    replaces: Link | None = None


@dataclass(frozen=True, slots=True)
class CreateUser:
    """A new user is made, just in time."""

    email: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nobody is signed in."""

    code: str


type Decision = UseUser | LinkUser | CreateUser | Refusal


def identity_hash(identity: Identity) -> str:
    """Return the key of an identity: length-prefixed, so that no two triples share one."""
    parts = (identity.connection_id, identity.issuer, identity.subject)
    return sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def link_of(identity: Identity, username: str) -> Link:
    """Return the link that binds `identity` to `username`."""
    return Link(
        identity_hash=identity_hash(identity),
        username=username,
        tenant_id=identity.tenant_id,
        connection_id=identity.connection_id,
        issuer=identity.issuer,
        entra_tenant_id=identity.entra_tenant_id,
        entra_object_id=identity.entra_object_id,
    )


def username_of(identity: Identity) -> str:
    """Return the username of a user that is made for this identity: a UUID, and always the same.

    Two first sign-ins at once, or a retry after a crash, so make one user and not two.
    """
    h = identity_hash(identity)
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:32]}"


def hosted(identity: Identity, *, domain_owner: str | None) -> Refusal | None:
    """Refuse a Google account that no Workspace of this tenant manages (design.md 6.5).

    All tenants share one client at Google, and anybody can open an account there with any
    address: only `hd` tells whose account it is.

    Args:
        identity: Who came.
        domain_owner: Tenant that has proven `hd`, None when nobody has or there is no `hd`.
    """
    if identity.google_hosted_domain is None or domain_owner != identity.tenant_id:
        return Refusal("hosted_domain_not_proven")
    return None


def known(identity: Identity, link: Link, user: User) -> UseUser | Refusal:
    """Decide for an identity that has been here before.

    Args:
        identity: Who came.
        link: What bound it to a user.
        user: That user. When somebody has deleted it since, `first` decides.
    """
    if link.tenant_id != identity.tenant_id:
        return Refusal("user_of_other_tenant")
    return _checked(identity, user) or UseUser(user)


def first(
    identity: Identity,
    namesakes: Sequence[tuple[User, Link | None]],
    *,
    domain_owner: str | None,
) -> Decision:
    """Decide for an identity that comes for the first time.

    Args:
        identity: Who came.
        namesakes: Users of the pool with the identity's address, each with the link it has.
        domain_owner: Tenant that has proven the address's domain, None when nobody has.
    """
    if identity.email is None:
        return Refusal("email_missing")
    if identity.email_unverified:
        return Refusal("email_unverified")
    own = [(user, link) for user, link in namesakes if is_namesake(identity, user)]
    if not own:
        proven = domain_owner == identity.tenant_id
        return CreateUser(identity.email) if proven else Refusal("domain_not_proven")
    if len(own) > 1:
        return Refusal("email_ambiguous")
    return _checked(identity, own[0][0]) or _linked(identity, *own[0])


def is_namesake(identity: Identity, user: User) -> bool:
    """Tell whether a user is of the identity's tenant and has its address, verified in the pool."""
    return (
        user.tenant_id == identity.tenant_id
        and user.email_verified
        and user.email == identity.email
    )


def federated(identity: Identity, user: User, link: Link | None) -> LinkUser | Refusal:
    """Decide for an identity whose user Cognito's own federation has made.

    A user without a tenant is the connection's: the operator has said whose provider it is.

    Args:
        identity: Who came.
        user: From imported_provider.is_profile.
        link: That it has, None when there is none.
    """
    if user.tenant_id not in (None, identity.tenant_id):
        return Refusal("user_of_other_tenant")
    if not user.enabled:
        return Refusal("user_disabled")
    return _linked(identity, user, link)


def _linked(identity: Identity, user: User, link: Link | None) -> LinkUser | Refusal:
    if link is None:
        return LinkUser(user)
    return (
        LinkUser(user, replaces=link) if _same_person(identity, link) else Refusal("already_linked")
    )


def _checked(identity: Identity, user: User) -> Refusal | None:
    if user.tenant_id != identity.tenant_id:
        return Refusal("user_of_other_tenant")
    if not user.enabled:
        return Refusal("user_disabled")
    return None


def _same_person(identity: Identity, link: Link) -> bool:
    """Entra's `sub` changes with the app registration; its `oid` stays (entra_facts.md 6)."""
    return (
        identity.entra_object_id is not None
        and link.connection_id == identity.connection_id
        and link.issuer == identity.issuer
        and link.entra_tenant_id == identity.entra_tenant_id
        and link.entra_object_id == identity.entra_object_id
    )
