"""A proven identity -> the Cognito user: found, linked, or created just in time."""

from typing import TYPE_CHECKING

from authsso.errors import RedirectedError, UnavailableError
from authsso.model import Identity, User
from authsso.protocol import account, email_address, sign_in
from authsso.protocol.account import CreateUser, Decision, Link, LinkUser, Refusal, UseUser
from idpresponse.arrival import Arrival

if TYPE_CHECKING:
    from authsso.services import Services

_REASONS = {
    "email_missing": "the organisation's sign-in gave no e-mail address",
    "email_unverified": "the organisation's sign-in says that the e-mail address is not verified",
    "email_ambiguous": "more than one user has this e-mail address",
    "domain_not_proven": "the organisation has not proven that it owns this e-mail domain",
    "hosted_domain_not_proven": "the Google account is not managed by this organisation",
    "already_linked": "the user with this e-mail address signs in with another account",
    "user_disabled": "the user is disabled",
    "user_of_other_tenant": "the user belongs to another organisation",
}


def user_of(services: "Services", arrival: Arrival, identity: Identity) -> User:
    """Return the user that this identity is.

    Raises:
        RedirectedError: `access_denied`: our rules let nobody in; the code says why.
        UnavailableError: Cognito or the table failed, or somebody else was quicker: try again.
    """
    if arrival.connection.provider == "google" and (refusal := _not_hosted(services, identity)):
        raise _refused(arrival, refusal.code)
    link = services.identities.of_identity(account.identity_hash(identity))
    decision = _decide(services, identity, link)
    match decision:
        case UseUser(user):
            return _first_class(services, user)
        case LinkUser(user, replaces):
            _bind(services, identity, user.username, replaces or link)
            return _first_class(services, user)
        case CreateUser():
            return _created(services, identity, link)
        case Refusal(code):
            raise _refused(arrival, code)


def _not_hosted(services: "Services", identity: Identity) -> Refusal | None:
    domain = identity.google_hosted_domain
    owner = services.domains.proven_owner(domain) if domain else None
    return account.hosted(identity, domain_owner=owner)


def _decide(services: "Services", identity: Identity, link: Link | None) -> Decision:
    user = services.users.find(link.username) if link else None
    if link and user:
        return account.known(identity, link, user)
    if identity.email is None:
        return Refusal("email_missing")
    namesakes = [
        (user, services.identities.of_user(user.username))
        for user in services.users.with_email(identity.email)
    ]
    owner = services.domains.proven_owner(email_address.domain(identity.email))
    return account.first(identity, namesakes, domain_owner=owner)


def _created(services: "Services", identity: Identity, link: Link | None) -> User:
    username = account.username_of(identity)
    services.users.create(username, identity)
    _bind(services, identity, username, link)
    user = services.users.find(username)
    if user is None or user.tenant_id != identity.tenant_id:
        raise UnavailableError("user_not_created", username)
    return user


def _bind(services: "Services", identity: Identity, username: str, old: Link | None) -> None:
    if not services.identities.save(account.link_of(identity, username), replaces=old):
        raise UnavailableError("user_linked_meanwhile", username)


def _first_class(services: "Services", user: User) -> User:
    """A user who never set a first password is second-class in Cognito until one is set."""
    if not user.confirmed:
        services.users.confirm(user.username)
    return user


def _refused(arrival: Arrival, code: str) -> RedirectedError:
    return sign_in.refused(arrival.started, code, "access_denied", _REASONS[code])
