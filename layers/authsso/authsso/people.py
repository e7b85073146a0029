"""A proven identity -> the Cognito user: found, linked, or created just in time.

Both redirect URIs end here, so that both lead to the same user by the same rules
(protocol/account.py): ours in functions/idpresponse, Cognito's in functions/cognito_triggers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from authsso import imported
from authsso.errors import UnavailableError
from authsso.model import Arrived, Identity, User
from authsso.protocol import account, email_address, trace
from authsso.protocol.account import CreateUser, Decision, Link, LinkUser, Refusal, UseUser

if TYPE_CHECKING:
    from authsso.adapters.user_pool import UserPool
    from authsso.services import Services

# What the person is told, by the code of the refusal.
REASONS: Mapping[str, str] = {
    "email_missing": "the organisation's sign-in gave no e-mail address",
    "email_unverified": "the organisation's sign-in says that the e-mail address is not verified",
    "email_ambiguous": "more than one user has this e-mail address",
    "email_taken": "another user signs in with this e-mail address as the username",
    "domain_not_proven": "the organisation has not proven that it owns this e-mail domain",
    "hosted_domain_not_proven": "the Google account is not managed by this organisation",
    "federated_before": "the user with this e-mail address came through another registration",
    "already_linked": "the user with this e-mail address signs in with another account",
    "user_disabled": "the user is disabled",
    "user_of_other_tenant": "the user belongs to another organisation",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Who an identity is.

    Args:
        user: In the pool.
        how: `known`, or bound to the user just now: `linked`, or `created` with it.
    """

    user: User
    how: trace.Decision

    @property
    def is_first(self) -> bool:
        """Whether the identity was never here before."""
        return self.how != "known"


def user_of(services: "Services", users: "UserPool", arrived: Arrived) -> Found | Refusal:
    """Return the user that this identity is, or why it may be nobody.

    Args:
        services: For domains and identities.
        users: Of the pool.
        arrived: Who has come, and through what.

    Raises:
        UnavailableError: Cognito or the table failed, or somebody else was quicker: try again.
    """
    identity = arrived.identity
    link = services.identities.of_identity(account.identity_hash(identity))
    match _decide(services, users, arrived, link):
        case UseUser(user):
            return Found(_first_class(users, user), "known")
        case LinkUser(user, replaces):
            if refusal := imported.claimed(users, arrived, user.username):
                return refusal
            user = imported.adopted(users, identity, user)
            _bind(services, identity, user.username, replaces or link)
            return Found(_first_class(users, user), "linked")
        case CreateUser(address):
            return _created(services, users, arrived, link) or _taken(users, identity, address)
        case Refusal() as refusal:
            return refusal


def judge(services: "Services", users: "UserPool", arrived: Arrived) -> Decision:
    """Tell what `user_of` would do, and do nothing.

    Raises:
        UnavailableError: Cognito or the table failed.
    """
    link = services.identities.of_identity(account.identity_hash(arrived.identity))
    return _decide(services, users, arrived, link)


def _not_hosted(services: "Services", identity: Identity) -> Refusal | None:
    domain = identity.google_hosted_domain
    owner = services.domains.proven_owner(domain) if domain else None
    return account.hosted(identity, domain_owner=owner)


def _decide(
    services: "Services", users: "UserPool", arrived: Arrived, link: Link | None
) -> Decision:
    connection, identity = arrived.connection, arrived.identity
    if connection.provider == "google" and (refusal := _not_hosted(services, identity)):
        return refusal
    user = users.find(link.username) if link else None
    if link and user:
        return account.known(identity, link, user)
    profile = imported.profile_of(users, arrived)
    if profile:
        return account.federated(identity, profile, services.identities.of_user(profile.username))
    return _first(services, users, identity)


def _first(services: "Services", users: "UserPool", identity: Identity) -> Decision:
    if identity.email is None:
        return Refusal("email_missing")
    namesakes = [
        (user, services.identities.of_user(user.username))
        for user in users.with_email(identity.email)
    ]
    owner = services.domains.proven_owner(email_address.domain(identity.email))
    decision = account.first(identity, namesakes, domain_owner=owner)
    if isinstance(decision, CreateUser) and imported.is_somebody_already(
        services, identity, [user for user, _ in namesakes]
    ):
        return Refusal("federated_before")
    if isinstance(decision, CreateUser) and namesakes and users.are_named_by_address():
        return Refusal("email_taken")
    return decision


def _created(
    services: "Services", users: "UserPool", arrived: Arrived, link: Link | None
) -> Found | Refusal | None:
    """Return the new user; None when Cognito has one with this address as its name."""
    identity = arrived.identity
    username = users.create(account.username_of(identity), identity)
    if username is None:
        return None
    if refusal := imported.claimed(users, arrived, username):
        users.disable(username)  # else "forgot password" would open a second account
        return refusal
    _bind(services, identity, username, link)
    user = users.find(username)
    if user is None or user.tenant_id != identity.tenant_id:
        raise UnavailableError("user_not_created", username)
    return Found(user, "created")


def _taken(users: "UserPool", identity: Identity, address: str) -> Refusal:
    """Refuse an address that is a user's name, unless that user has only just been made for it.

    Raises:
        UnavailableError: Another first sign-in of the same person was quicker.
    """
    holder = users.find(address)
    if holder and account.is_namesake(identity, holder):
        raise UnavailableError("user_linked_meanwhile", holder.username)
    return Refusal("email_taken")


def _bind(services: "Services", identity: Identity, username: str, old: Link | None) -> None:
    if not services.identities.save(account.link_of(identity, username), replaces=old):
        raise UnavailableError("user_linked_meanwhile", username)


def _first_class(users: "UserPool", user: User) -> User:
    """A user who never set a first password is second-class in Cognito until one is set."""
    if not user.confirmed:
        users.confirm(user.username)
    return user
