"""POST /settings/sso/connections/{provider}/check: what can be told before anybody signs in.

Apart from settings_api, because it reads client secrets and that function must not (I06).
"""

from typing import TYPE_CHECKING

from authsso.errors import FieldError
from authsso.findings.outcome import Outcome, Right, Unclear, Wrong
from authsso.model import ProviderKind
from authsso.protocol import rate_limit
from authsso.providers.forms import FORMS, mends
from authsso.web.entrypoint import lambda_handler
from authsso.web.settings import check_route, editing, problems, submission
from authsso.web.settings.check_answer import CheckAnswer, FindingAnswer, MendAnswer, ProbeAnswer
from authsso.web.settings.request_models import ConnectionSettings
from authsso.web.settings.resolver import SettingsResolver
from check_connection import probing, record, subject

if TYPE_CHECKING:
    from authsso.services import Services


def create_app(services: "Services") -> SettingsResolver:
    """Build the route on the given services."""
    app = SettingsResolver(services.config)
    problems.answer_errors(app)

    def check(provider: ProviderKind, settings: ConnectionSettings | None) -> CheckAnswer:
        edit = editing.begin(
            app, services, rate_limit.checks(services.config.tenant_changes_per_minute)
        )
        found = subject.find(services, edit.tenant_id, provider, settings)
        outcomes = probing.probe(services, found)
        probes = [_mistake(mistake) for mistake in found.mistakes]
        probes += [_probe(name, outcome) for name, outcome in outcomes.items()]
        record.keep(edit, found, probes)
        better = found.mends or _named_issuer(services, found, outcomes["discovery"])
        offered = [MendAnswer(field=mend.field, value=mend.value) for mend in better]
        return CheckAnswer(probes=probes, mends=offered)

    check_route.add_to(app, answer=check)
    return app


def _named_issuer(
    services: "Services", found: subject.Subject, discovery: Outcome
) -> tuple[mends.Mend, ...]:
    """Offer what the provider itself says that the address should be."""
    if not isinstance(discovery, Wrong) or discovery.issuer is None:
        return ()
    provider = found.connection.provider
    around = submission.surroundings(services.config, provider)
    return mends.of_document(provider, FORMS[provider], discovery.issuer, around)


def _mistake(mistake: FieldError) -> ProbeAnswer:
    finding = FindingAnswer(
        code=mistake.code,
        severity="error",
        who="administrator",
        message=mistake.message,
        fix=mistake.fix,
        field=mistake.field,
        provider_text="",
        correlation_id=None,
        look_up_url=None,
    )
    return ProbeAnswer(
        name="typed_values", state="finding", message=mistake.message, finding=finding
    )


def _probe(name: str, outcome: Outcome) -> ProbeAnswer:
    shown: dict[str, object] = {"name": name, "finding": None}
    if isinstance(outcome, Right):
        return ProbeAnswer.model_validate(shown | {"state": "ok", "message": outcome.message})
    if isinstance(outcome, Unclear):
        told = {"state": "cannot_tell", "message": outcome.reason}
        return ProbeAnswer.model_validate(shown | told)
    found = outcome.finding
    finding = FindingAnswer(
        code=found.code,
        severity=found.severity,
        who=found.who,
        message=found.explanation,
        fix=found.fix,
        field=found.field,
        provider_text=outcome.provider_text,
        correlation_id=outcome.correlation_id,
        look_up_url=outcome.look_up_url,
    )
    return ProbeAnswer.model_validate(
        shown | {"state": "finding", "message": found.explanation, "finding": finding}
    )


handler = lambda_handler(create_app)
