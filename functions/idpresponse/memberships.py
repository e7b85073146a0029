"""The person's Cognito groups become what the provider says, as far as they are mapped."""

from typing import TYPE_CHECKING

from authsso.errors import UnavailableError
from authsso.model import Identity, User
from authsso.protocol import group_mapping
from authsso.web.entrypoint import carry, log_refusal
from idpresponse.arrival import Arrival

if TYPE_CHECKING:
    from authsso.services import Services


def update(services: "Services", arrival: Arrival, identity: Identity, user: User) -> None:
    """Take the person out of groups, then put them into groups; before any token is minted.

    Only groups that the version maps to and that the SaaS allows now are looked at. Whoever has
    lost a group at the provider must not come in with it, so a failure ends the sign-in.

    Raises:
        UnavailableError: Cognito failed. What was done stays done, and the next try goes on there.
    """
    mapping = arrival.version.group_mapping
    if not mapping:
        return
    decided = group_mapping.decide(mapping, identity.groups, services.config.group_allow_list)
    if not decided.held | decided.withheld:
        return
    changes = decided.changes(services.users.groups_of(user.username))
    for group in changes.to_leave:
        services.users.leave(user.username, group)
    joined = [group for group in changes.to_join if _joins(services, user.username, group)]
    if changes.to_leave or joined:
        carry(groups_left=list(changes.to_leave), groups_joined=joined)


def _joins(services: "Services", username: str, group: str) -> bool:
    """An allowed group that nobody has made yet is the SaaS's mistake, and keeps nobody out."""
    if services.users.join(username, group):
        return True
    log_refusal(UnavailableError("group_not_in_pool", group))
    return False
