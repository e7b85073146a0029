"""The trace of a sign-in that comes through Cognito's own callback.

Cognito asks us once, between the provider's answer and its own: of the way there and of what comes
after we see nothing, so the trace begins and ends here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from authsso.errors import AuthssoError, UnavailableError
from authsso.findings.recognise import Observation, recognise
from authsso.findings.unknown import UNKNOWN
from authsso.protocol import trace
from authsso.protocol.trace import Noted, Summary, Trace
from authsso.web.entrypoint import carry, log_refusal

if TYPE_CHECKING:
    from authsso.model import Connection, ConnectionVersion, Identity
    from authsso.people import Found
    from authsso.services import Services


class HostedTrail:
    """What is known of the person so far.

    Args:
        services: The world outside.
        begun: Its trace.
    """

    def __init__(self, services: "Services", begun: Trace) -> None:
        self._services = services
        self._trace = begun

    def is_about(self, identity: "Identity") -> None:
        """Note who has come."""
        self._trace = replace(
            self._trace,
            summary=replace(self._trace.summary, person=identity.email),
            groups=trace.kept_groups(identity.groups, ()),
        )

    def leads_to(self, found: "Found") -> None:
        """Note the Cognito user."""
        known = replace(self._trace, username=found.user.username, decision=found.how)
        self._trace = known.reached("user_found", self._services.milliseconds())

    def ended(self, outcome: trace.Outcome, error: str | None = None) -> None:
        """Write it down. Best effort: a sign-in never fails because of it."""
        finding = self._named(error) if error else None
        summary = replace(self._trace.summary, outcome=outcome, error=error, finding=finding)
        findings = (Noted(finding),) if finding else ()
        try:
            self._services.traces.save(replace(self._trace, summary=summary, findings=findings))
        except UnavailableError as unavailable:
            log_refusal(unavailable)

    def _named(self, error: str) -> str | None:
        seen = Observation("id_token", self._trace.summary.provider, code=error)
        found = recognise(seen).finding
        return None if found is UNKNOWN else found.code


@contextmanager
def following(
    services: "Services", connection: "Connection", version: "ConnectionVersion", client_id: str
) -> Iterator[HostedTrail]:
    """Write the trace of what happens in here.

    Args:
        services: The world outside.
        connection: Through which the person comes.
        version: Of it, which is live.
        client_id: The application's.
    """
    reference = trace.new_reference(services.new_token())
    summary = Summary(
        tenant_id=connection.tenant_id,
        reference=reference,
        kind="sign_in",
        provider=connection.provider,
        version=version.number,
        started_at=services.now(),
        callback="cognito",
    )
    begun = Trace(summary, connection_id=connection.connection_id, application=client_id)
    trail = HostedTrail(services, begun.reached("came_back", services.milliseconds()))
    carry(sign_in=reference, tenant=connection.tenant_id, connection=connection.connection_id)
    try:
        yield trail
    except AuthssoError as error:
        trail.ended("refused", error.code)
        raise
    except Exception:
        trail.ended("refused", "server_error")
        raise
    trail.ended("signed_in")
