"""What an administrator is shown of sign-ins: the list, one of them, and their findings."""

from typing import TYPE_CHECKING

from authsso.errors import SettingsError
from authsso.findings.catalogue import finding, named
from authsso.findings.provider_text import look_up_url
from authsso.protocol import group_mapping, trace
from authsso.protocol.trace import Noted, Summary, Trace
from authsso.web.settings.check_answer import FindingAnswer
from settings_api.trace_answers import GroupAnswer, SignInAnswer, SignInDetailAnswer, StepAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authsso.services import Services


def in_a_line(summary: Summary, now: int) -> SignInAnswer:
    """Show a sign-in in the list.

    Args:
        summary: Of it.
        now: Seconds since the epoch.
    """
    return SignInAnswer.model_validate(_line(summary, now))


def whole(services: "Services", tenant_id: str, reference: str, code: str) -> SignInDetailAnswer:
    """Show one sign-in.

    Args:
        services: The world outside.
        tenant_id: Of who asks; nobody else's is found.
        reference: Of the sign-in.
        code: Of the refusal when there is none.

    Raises:
        SettingsError: 404.
    """
    found = services.traces.find(tenant_id, reference)
    if found is None:
        raise SettingsError(code, status=404, title="There is no such sign-in, or no more.")
    kept, tokens_at = found
    summary = kept.summary
    steps = [StepAnswer(name=step.name, after_ms=step.after) for step in kept.steps]
    if tokens_at is not None:
        after = max(tokens_at - summary.started_at * 1000, 0)
        steps.append(StepAnswer(name="tokens_issued", after_ms=after))
    line = _line(summary, services.now())
    return SignInDetailAnswer.model_validate(
        line
        | {
            "finding": _first(kept, line),
            "application": kept.application or None,
            "steps": steps,
            "findings": _all(kept, line),
            "username": kept.username,
            "decision": kept.decision,
            "groups": _groups(services, kept),
            "claims": kept.claims,
            "mapped": kept.mapped,
        }
    )


def explained(noted: Noted) -> FindingAnswer:
    """Show a finding, with the provider's own words.

    Args:
        noted: A code that the catalogue has forgotten since reads as a fault of ours.
    """
    known = named(noted.code) or finding("fault_of_ours")
    return FindingAnswer(
        code=known.code,
        severity=known.severity,
        who=known.who,
        message=known.explanation,
        fix=known.fix,
        field=known.field,
        provider_text=noted.provider_text,
        correlation_id=noted.correlation_id,
        look_up_url=None if noted.number is None else look_up_url(noted.number),
    )


def _line(summary: Summary, now: int) -> "dict[str, object]":
    is_lost = trace.never_came_back(summary, now)
    reason = summary.finding or summary.error
    if is_lost:
        reason = "not_come_back"
    return {
        "reference": summary.reference,
        "kind": summary.kind,
        "provider": summary.provider,
        "callback": summary.callback,
        "version": summary.version,
        "started_at": summary.started_at,
        "outcome": "never_came_back" if is_lost else summary.outcome,
        "person": summary.person,
        "finding": None if reason is None else explained(Noted(reason)),
    }


def _first(kept: Trace, line: "Mapping[str, object]") -> object:
    """The refusal's finding, with what the provider said; the list does without that."""
    if kept.summary.finding is None:
        return line["finding"]
    return explained(kept.findings[0])


def _all(kept: Trace, line: "Mapping[str, object]") -> list[object]:
    told: list[object] = [explained(noted) for noted in kept.findings]
    if kept.summary.finding is None and line["finding"] is not None:
        return [line["finding"], *told]
    return told


def _mapping_now(services: "Services", summary: Summary) -> "Mapping[str, str]":
    """What is saved now, live or not: the preview of a mapping that is being written."""
    head = services.connections.connection(summary.tenant_id, summary.provider)
    number = head and (head.draft or head.live)
    version = number and services.connections.version(summary.tenant_id, summary.provider, number)
    return version.group_mapping if version else {}


def _groups(services: "Services", kept: Trace) -> list[GroupAnswer]:
    mapping = _mapping_now(services, kept.summary)
    shown = group_mapping.preview(mapping, kept.groups, services.config.group_allow_list)
    return [GroupAnswer(name=group.theirs, cognito_group=group.ours) for group in shown]
