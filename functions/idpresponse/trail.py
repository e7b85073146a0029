"""The trace of the sign-in that has come back, written down whatever becomes of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from authsso.errors import AuthssoError, UnavailableError
from authsso.findings.finding import Finding
from authsso.model import Claims, ConnectionVersion, Identity, SignIn
from authsso.protocol import trace
from authsso.protocol.trace import Decision, Noted, StepName, Trace
from authsso.web.entrypoint import log_refusal
from idpresponse.explanation import explain

if TYPE_CHECKING:
    from authsso.services import Services


_SHOWN = ("email", "name", "given_name", "family_name")


class Trail:
    """What this sign-in has gone through so far.

    Args:
        services: The world outside.
        started: The sign-in.
    """

    def __init__(self, services: "Services", started: SignIn) -> None:
        self._services = services
        self._is_test = started.started_by is not None
        self.trace: Trace = trace.of_sign_in(started)
        self.reached("came_back")

    def reached(self, step: StepName) -> None:
        """Note that a step went well."""
        self.trace = self.trace.reached(step, self._services.milliseconds())

    def received(self, claims: Claims) -> None:
        """Note what a test was given; of people who sign in it is nobody's business."""
        if self._is_test:
            self.trace = replace(self.trace, claims=trace.kept_claims(claims))

    def is_about(self, identity: Identity, version: ConnectionVersion) -> None:
        """Note who has come, by the rules of this version."""
        mapped = {name: value for name in _SHOWN if (value := getattr(identity, name))}
        self.trace = replace(
            self.trace,
            summary=replace(self.trace.summary, person=identity.email),
            groups=trace.kept_groups(identity.groups, version.group_mapping),
            mapped=mapped if self._is_test else None,
        )

    def tells(self, found: tuple[Finding, ...]) -> None:
        """Note what the claims tell; none of it refuses anybody."""
        noted = tuple(Noted(finding.code) for finding in found)
        self.trace = replace(self.trace, findings=(*self.trace.findings, *noted))

    def leads_to(self, username: str | None, decision: Decision) -> None:
        """Note the Cognito user."""
        self.trace = replace(self.trace, username=username, decision=decision)

    def ended(self) -> None:
        """Note that the person is signed in, or in a test would be, and write it down."""
        self.trace = replace(self.trace, summary=replace(self.trace.summary, outcome="signed_in"))
        self._save()

    def refused(self, code: str, noted: Noted | None) -> None:
        """Note why the person is not signed in, and write it down."""
        summary = replace(
            self.trace.summary,
            outcome="refused",
            error=code,
            finding=noted.code if noted else None,
        )
        findings = (*((noted,) if noted else ()), *self.trace.findings)
        self.trace = replace(self.trace, summary=summary, findings=findings)
        self._save()

    def _save(self) -> None:
        """Best effort: a sign-in never fails because it cannot be written down."""
        try:
            self._services.traces.save(self.trace)
        except UnavailableError as error:
            log_refusal(error)


@contextmanager
def following(trail: Trail, parameters: Mapping[str, str]) -> Iterator[None]:
    """Write the trace of what happens in here; the log lines then carry the finding.

    Args:
        trail: Of the sign-in that has come back.
        parameters: What the provider sent to the callback.
    """
    summary = trail.trace.summary
    try:
        yield
    except AuthssoError as error:
        trail.refused(error.code, explain(error, summary.provider, parameters))
        raise
    except Exception:
        trail.refused("server_error", None)
        raise
    trail.ended()
