"""Sign-ins as administrators see them: the list, one of them, a test, and a pasted error."""

from typing import TYPE_CHECKING, Annotated, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from authsso.findings.recognise import Observation, recognise
from authsso.protocol.trace import Noted
from authsso.web.entrypoint import reference_of
from authsso.web.settings import editing
from authsso.web.settings.description import described
from authsso.web.settings.request_models import ShownText
from authsso.web.settings.resolver import SettingsResolver
from settings_api import traces, trial
from settings_api.answer_models import Provider
from settings_api.answering import shown
from settings_api.trace_answers import (
    ExplanationAnswer,
    SignInDetailAnswer,
    SignInsAnswer,
    TestAnswer,
)

if TYPE_CHECKING:
    from authsso.services import Services

_CONNECTION = "/settings/sso/connections/<provider>"
_READS = (400, 401, 403)
_WRITES = (400, 401, 403, 404, 409, 415)

_Provider = Annotated[Provider, Path(description="Provider kind.")]
_Reference = Annotated[str, Path(pattern=r"^[A-Z2-7]{8}$", description="Of the sign-in.")]
_Outcome = Annotated[
    Literal["started", "signed_in", "refused"] | None,
    Query(description="Only these; started: still under way, or never came back."),
]
_Person = Annotated[
    str | None, Query(min_length=1, max_length=254, description="Part of the e-mail address.")
]
_Before = Annotated[
    str | None,
    Query(pattern=r"^\d{12}-[A-Z2-7]{8}$", description="`next` of the answer before this one."),
]
_Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]


def add_routes(app: SettingsResolver, services: "Services") -> None:
    """Add the routes to an app."""

    @app.get("/settings/sso/sign-ins", responses=described(SignInsAnswer, *_READS), tags=["traces"])
    def list_sign_ins(
        outcome: _Outcome = None,
        person: _Person = None,
        before: _Before = None,
        limit: _Limit = 25,
    ) -> Response[SignInsAnswer]:
        """Show this tenant's sign-ins and test sign-ins, the newest first."""
        found, older = services.traces.summaries(
            app.administrator.tenant_id,
            before=before,
            limit=limit,
            outcome=outcome,
            person=person.lower() if person else None,
        )
        now = services.now()
        return shown(
            SignInsAnswer(
                sign_ins=[traces.in_a_line(summary, now) for summary in found], next=older
            )
        )

    @app.get(
        "/settings/sso/sign-ins/<reference>",
        responses=described(SignInDetailAnswer, *_READS, 404),
        tags=["traces"],
    )
    def show_sign_in(reference: _Reference) -> Response[SignInDetailAnswer]:
        """Show one sign-in, step by step."""
        tenant_id = app.administrator.tenant_id
        return shown(traces.whole(services, tenant_id, reference, "sign_in_unknown"))

    @app.post(f"{_CONNECTION}/test", responses=described(TestAnswer, *_WRITES), tags=["traces"])
    def prepare_test(provider: _Provider) -> Response[TestAnswer]:
        """Prepare a test sign-in through the draft, or through what is live without a draft."""
        edit = editing.begin(app, services)
        reference = reference_of(app.current_event.raw_event)
        return shown(trial.prepare(edit, provider, reference))

    @app.get(
        "/settings/sso/tests/<test_id>",
        responses=described(SignInDetailAnswer, *_READS, 404),
        tags=["traces"],
    )
    def show_test(test_id: _Reference) -> Response[SignInDetailAnswer]:
        """Show a test sign-in as far as it has come."""
        tenant_id = app.administrator.tenant_id
        return shown(traces.whole(services, tenant_id, test_id, "test_unknown"))

    @app.post(
        f"{_CONNECTION}/explain", responses=described(ExplanationAnswer, *_WRITES), tags=["traces"]
    )
    def explain(provider: _Provider, pasted: ShownText) -> Response[ExplanationAnswer]:
        """Say what a number or a text means that the provider showed on its own page."""
        found = recognise(Observation("pasted", provider, text=pasted.text))
        # Without a number nobody knows whether these are Microsoft's words at all.
        is_theirs = found.finding.code != "entra_number_missing"
        said = found.provider_text if is_theirs else ""
        noted = Noted(found.finding.code, found.number, said, found.correlation_id)
        return shown(ExplanationAnswer(finding=traces.explained(noted), number=found.number))
