"""The organisation that this browser remembers, if a sign-in there can begin now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authsso.errors import UnavailableError
from authsso.protocol import home_realm
from authsso.providers import PROFILES
from authsso.web import organisation_cookie
from authsso.web.entrypoint import log_refusal

if TYPE_CHECKING:
    from authsso.services import Services
    from authsso.web.organisation_cookie import Remembered


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page offers with one press.

    Args:
        name: What the person knows the organisation by.
        connection_id: The connection that the press leads to.
    """

    name: str
    connection_id: str


def offer(services: "Services", event: Mapping[str, Any]) -> Offer | None:
    """Return what to offer; None when nothing is remembered or it leads nowhere any more.

    The page does its work without it, so a failure of ours costs only the convenience.
    """
    memory = organisation_cookie.recall(event)
    if memory is None:
        return None
    try:
        return _checked(services, memory)
    except UnavailableError as error:
        log_refusal(error)
        return None


def _checked(services: "Services", memory: "Remembered") -> Offer | None:
    key = services.connections.by_connection_id(memory.connection_id)
    if key is None:
        return None
    usable = home_realm.candidates(services.connections.connections(key.tenant_id))
    if all(connection.connection_id != memory.connection_id for connection in usable):
        return None
    is_theirs = memory.domain and services.domains.proven_owner(memory.domain) == key.tenant_id
    name = memory.domain if memory.domain and is_theirs else PROFILES[key.provider].name
    return Offer(name, memory.connection_id)
