"""A sign-in that has come back -> our code for the application."""

from typing import TYPE_CHECKING

from authsso.model import SignIn
from authsso.protocol import authorization_code
from authsso.sessions import begin_sso
from authsso.web.browser_app import telling
from authsso.web.entrypoint import log_sign_in
from idpresponse import memberships
from idpresponse.arrival import Returned, arrive
from idpresponse.people import user_of
from idpresponse.proof import prove
from idpresponse.trail import Trail, following

if TYPE_CHECKING:
    from authsso.services import Services


def complete(services: "Services", started: SignIn, returned: Returned) -> str:
    """Sign the person in.

    Args:
        services: The world outside.
        started: The sign-in, taken by this request alone.
        returned: What the browser brought back.

    Returns:
        Our authorization code.

    Raises:
        DisplayedError: A sign of mix-up or tampering.
        RedirectedError: Anything else that the application is to hear of.
    """
    trail = Trail(services, started)
    with telling(started.request), following(trail, returned.parameters):
        arrival = arrive(services, started, returned)
        trail.reached("answer_accepted")
        identity = prove(services, arrival, returned.binding, trail)
        user = user_of(services, arrival, identity, trail)
        trail.reached("user_found")
        memberships.update(services, arrival, identity, user)
        begin_sso(services, services.tokens, user.username, arrival.enforced_since)
        code = authorization_code.spelled(services.new_token())
        services.codes.save(
            authorization_code.mint(started, user.username, code=code, now=services.now())
        )
        trail.reached("code_issued")
    log_sign_in(
        "SignedIn", started.reference, tenant=started.tenant_id, connection=started.connection_id
    )
    return code
