"""What has come back, and whether its connection still stands; no secret is read before this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from authsso.model import Connection, ConnectionVersion, SignIn
from authsso.protocol import enforcement, sign_in
from authsso.providers import PROFILES

if TYPE_CHECKING:
    from authsso.services import Services


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brings back from the provider.

    Args:
        parameters: Query (GET) or form (POST), each name once.
        method: HTTP method of the request.
        callback_of: Connection id in the path, None at the shared callback.
        binding: The browser's secret; nonce and PKCE verifier are derived from it.
    """

    parameters: Mapping[str, str]
    method: str
    callback_of: str | None
    binding: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sign-in that has come back to the right place, with the provider's code."""

    started: SignIn
    connection: Connection
    version: ConnectionVersion
    provider_code: str

    @property
    def enforced_since(self) -> int | None:
        """When the connection began to be required; None while it is not."""
        return enforcement.policy([self.connection]).enforced_since


def arrive(services: "Services", started: SignIn, returned: Returned) -> Arrival:
    """Check the answer and the connection, in that order.

    The sign-in ends on the version it began with; a connection that was disabled, deleted or made
    anew meanwhile ends it (design.md 6b).

    Raises:
        DisplayedError: The answer is not one to this sign-in.
        RedirectedError: The provider reported an error, or the connection is off.
    """
    connection = services.connections.connection(started.tenant_id, started.provider)
    version = services.connections.version(started.tenant_id, started.provider, started.version)
    if connection is None or version is None:
        raise _gone(started)
    answer = sign_in.check_answer(
        returned.parameters,
        started,
        version.metadata,
        method=returned.method,
        callback_of=returned.callback_of,
        own_callback=PROFILES[started.provider].has_own_callback,
        now=services.now(),
    )
    is_on = connection.enabled or started.started_by is not None  # a test tries what is off
    if not is_on or connection.connection_id != started.connection_id:
        raise _gone(started)
    return Arrival(started, connection, version, answer.provider_code)


def _gone(started: SignIn) -> Exception:
    return sign_in.refused(
        started,
        "connection_disabled",
        "access_denied",
        "this organisation's single sign-on has been switched off",
    )
