"""What one sign-in went through, for whoever must find out why it ended as it did.

Never in it: a secret, token, code, verifier, nonce or cookie; of the provider's text only the part
that findings/provider_text.py lets through. Claims are kept of test sign-ins alone.
"""

from base64 import b32encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

from authsso.model import AuthorizationRequest, Connection, ProviderKind, SignIn
from authsso.protocol.sign_in import LIFETIME_SECONDS

type Kind = Literal["sign_in", "test"]
# Whose redirect URI the provider answers to.
type Callback = Literal["authsso", "cognito"]
type Outcome = Literal["started", "signed_in", "refused"]
type StepName = Literal[
    "sent_to_provider",
    "came_back",
    "answer_accepted",
    "code_redeemed",
    "id_token_accepted",
    "claims_complete",
    "user_found",
    "code_issued",
]
# What becomes, or in a test would become, of the person's identity.
type Decision = Literal["known", "linked", "created"]

_MOST_GROUPS = 200
_MOST_CLAIMS = 64
_LONGEST_VALUE = 512
# Of no use to a reader, and one of them is half of a replay protection.
_NOT_KEPT = {"nonce", "at_hash", "c_hash", "rh", "uti", "aio", "sid"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that went well.

    Args:
        name: What.
        after: Milliseconds since the sign-in began, to the second for the way to the provider.
    """

    name: StepName
    after: int


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding, with what the provider said.

    Args:
        code: Of the catalogue.
        number: Microsoft's, or None.
        provider_text: The part that may be shown; may be empty.
        correlation_id: For the provider's support, or None.
    """

    code: str
    number: int | None = None
    provider_text: str = ""
    correlation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list.

    Args:
        tenant_id: Whose.
        reference: Short, for people.
        kind: A test sign-in touches nobody.
        provider: Which kind of connection.
        version: Of the connection.
        started_at: Seconds since the epoch.
        outcome: `started` until the person comes back.
        person: E-mail address, as far as it became known; None before.
        error: Our code of the refusal, or None.
        finding: Code of the finding that explains the refusal, or None.
        started_by: Username of the administrator who began a test; None for a sign-in.
        callback: Ours, or the Cognito domain's, of whose sign-ins we see one moment only.
    """

    tenant_id: str
    reference: str
    kind: Kind
    provider: ProviderKind
    version: int
    started_at: int
    outcome: Outcome = "started"
    person: str | None = None
    error: str | None = None
    finding: str | None = None
    started_by: str | None = None
    callback: Callback = "authsso"


@dataclass(frozen=True, slots=True)
class Trace:
    """A sign-in from its beginning to its end.

    Args:
        summary: Its line in the list.
        connection_id: Of the connection.
        application: The app client that asked; empty for a test.
        steps: In the order in which they went well.
        findings: What explains the refusal, then what the claims tell.
        username: The Cognito user, None when there is none.
        decision: What became of the identity; None when it did not come so far.
        groups: The provider's group names or ids, at most 200.
        claims: What was received, of a test only.
        mapped: Our attribute -> its value, of a test only.
    """

    summary: Summary
    connection_id: str
    application: str
    steps: tuple[Step, ...] = ()
    findings: tuple[Noted, ...] = ()
    username: str | None = None
    decision: Decision | None = None
    groups: tuple[str, ...] = ()
    claims: Mapping[str, object] | None = None
    mapped: Mapping[str, str] | None = None

    def reached(self, name: StepName, now: int) -> "Trace":
        """Return it one step further.

        Args:
            name: What went well.
            now: Milliseconds since the epoch.
        """
        after = max(now - self.summary.started_at * 1000, 0)
        return replace(self, steps=(*self.steps, Step(name, after)))


def of_sign_in(started: SignIn) -> Trace:
    """Return the trace of a sign-in whose browser is on its way to the provider."""
    return Trace(
        Summary(
            tenant_id=started.tenant_id,
            reference=started.reference,
            kind="sign_in" if started.started_by is None else "test",
            provider=started.provider,
            version=started.version,
            started_at=started.started_at,
            started_by=started.started_by,
        ),
        connection_id=started.connection_id,
        application=started.request.client_id,
        steps=(Step("sent_to_provider", 0),),
    )


def of_test(
    connection: Connection, version: int, *, reference: str, started_by: str, now: int
) -> Trace:
    """Return the trace of a test sign-in that nobody has opened yet.

    Args:
        connection: What is tried.
        version: Of it: the draft, or what is live.
        reference: Short, for people.
        started_by: Username of the administrator.
        now: Seconds since the epoch.
    """
    summary = Summary(
        tenant_id=connection.tenant_id,
        reference=reference,
        kind="test",
        provider=connection.provider,
        version=version,
        started_at=now,
        started_by=started_by,
    )
    return Trace(summary, connection_id=connection.connection_id, application="")


def request_of_test(settings_url: str) -> AuthorizationRequest:
    """Return what stands in a test for the application's request: no application asked."""
    return AuthorizationRequest(
        client_id="", redirect_uri=settings_url, state=None, code_challenge="", scopes=()
    )


def new_reference(token: str) -> str:
    """Return a reference for a sign-in that no request of ours began.

    Args:
        token: 256 random bits.
    """
    return b32encode(sha256(token.encode()).digest()).decode()[:8]


def never_came_back(summary: Summary, now: int) -> bool:
    """Tell whether somebody was sent to the provider and can return no more.

    Args:
        summary: Of the sign-in.
        now: Seconds since the epoch.
    """
    return summary.outcome == "started" and is_too_old(summary, now)


def is_too_old(summary: Summary, now: int) -> bool:
    """Tell whether a sign-in that began then can go on no more.

    Args:
        summary: Of the sign-in.
        now: Seconds since the epoch.
    """
    return now > summary.started_at + LIFETIME_SECONDS


def kept_claims(claims: Mapping[str, object]) -> dict[str, object]:
    """Return the claims of a test that may be kept: bounded, without what protects a sign-in."""
    kept = [name for name in claims if name not in _NOT_KEPT and len(name) <= _LONGEST_VALUE]
    return {name: _bounded(claims[name]) for name in kept[:_MOST_CLAIMS]}


def kept_groups(groups: Sequence[str], mapped: Collection[str]) -> tuple[str, ...]:
    """Return the groups that are kept: as many as Entra sends before it sends none.

    Args:
        groups: As received.
        mapped: Those that the connection's mapping names; they come first.
    """
    first = sorted(groups, key=lambda group: group not in mapped)
    return tuple(group[:_LONGEST_VALUE] for group in first[:_MOST_GROUPS])


def _bounded(value: object) -> object:
    if isinstance(value, str):
        return value[:_LONGEST_VALUE]
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, list):
        return [
            _bounded(item) for item in value[:_MOST_GROUPS] if not isinstance(item, list | dict)
        ]
    return "(an object)"
