"""A proven identity -> the Cognito user, by authsso.people; and the same user at Cognito's door."""

from typing import TYPE_CHECKING

from authsso import people
from authsso.errors import UnavailableError
from authsso.model import Arrived, Identity, User
from authsso.people import REASONS
from authsso.protocol import sign_in
from authsso.protocol.account import Refusal
from authsso.web.entrypoint import log_refusal
from idpresponse.arrival import Arrival
from idpresponse.trail import Trail

if TYPE_CHECKING:
    from authsso.services import Services


def user_of(services: "Services", arrival: Arrival, identity: Identity, trail: Trail) -> User:
    """Return the user that this identity is.

    Raises:
        RedirectedError: `access_denied`: our rules let nobody in; the code says why.
        UnavailableError: Cognito or the table failed, or somebody else was quicker: try again.
    """
    arrived = Arrived(arrival.connection, arrival.version, identity)
    found = people.user_of(services, services.users, arrived)
    if isinstance(found, Refusal):
        raise sign_in.refused(arrival.started, found.code, "access_denied", REASONS[found.code])
    trail.leads_to(found.user.username, found.how)
    if found.is_first:
        _known_to_cognito(services, identity, found.user)
    return found.user


def _known_to_cognito(services: "Services", identity: Identity, user: User) -> None:
    """Let Cognito know the identity, so that the Cognito domain leads to the same user.

    Only where it leads anywhere, and only at the first sign-in. Should it fail, this sign-in goes
    on: the trigger makes it good when the person comes that way.
    """
    try:
        state = services.federation.find(identity.connection_id)
        if state is not None and state.state == "on":
            services.users.link(user.username, identity)
    except UnavailableError as error:
        log_refusal(error)
