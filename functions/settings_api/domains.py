"""E-mail domains: claimed, proven by DNS, given up."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from authsso.errors import SettingsError, UnavailableError
from authsso.protocol import domain_claim, domain_name
from authsso.protocol.domain_claim import ClaimedDomain
from settings_api.answer_models import DomainAnswer, RecordAnswer

if TYPE_CHECKING:
    from authsso.web.settings.editing import Edit


def show(claimed: ClaimedDomain) -> DomainAnswer:
    """Show one domain with the record that proves it."""
    record = RecordAnswer(name=claimed.record_name, type="TXT", value=claimed.record_value)
    return DomainAnswer(
        domain=claimed.domain,
        state=claimed.state,
        proven_at=claimed.proven_at,
        checked_at=claimed.checked_at,
        record=record,
    )


def claim(edit: "Edit", typed: str) -> tuple[ClaimedDomain, bool]:
    """Begin a claim, or find the one that the tenant has already.

    Others may have claimed or even proven the domain: that is told only to who can prove it.

    Returns:
        The domain, and whether it is new.

    Raises:
        SettingsError: 400 `invalid_domain`, 409 `too_many_domains`.
    """
    services, domain = edit.services, domain_claim.read(typed)
    if standing := services.domains.find(edit.tenant_id, domain):
        return standing, False
    claimed = domain_claim.claim(
        domain, services.domains.domains(edit.tenant_id), token=services.new_token()
    )
    services.domain_changes.claim(edit.tenant_id, claimed, [edit.event("domain_claimed", domain)])
    return claimed, True


def verify(edit: "Edit", typed: str) -> ClaimedDomain:
    """Look the record up now.

    Raises:
        SettingsError: 404 `not_found`, 409 `domain_record_missing` or `domain_taken`.
        UnavailableError: `dns_unavailable`.
    """
    services, claimed = edit.services, _find(edit, typed)
    if claimed.proven_at is not None and not claimed.token:
        return claimed
    texts = services.dns.texts(claimed.record_name)
    if not domain_claim.is_proof(claimed, texts):
        _note_missing(edit, claimed)
        doubled = () if texts else _doubled(edit, claimed)
        raise domain_claim.record_missing(claimed, texts, doubled=doubled)
    return _prove(edit, claimed)


def remove(edit: "Edit", typed: str) -> None:
    """Give a domain up; one that is gone already is left alone.

    Raises:
        SettingsError: 403 `reauth_required`, 409 `domain_needed`.
    """
    try:
        claimed = _find(edit, typed)
    except SettingsError:
        return
    if claimed.proven_at is not None:
        edit.require_recent_sign_in()
        _require_another(edit, claimed)
    events = [edit.event("domain_removed", claimed.domain, {"state": claimed.state})]
    edit.services.domain_changes.remove(edit.tenant_id, claimed, events)


def _find(edit: "Edit", typed: str) -> ClaimedDomain:
    try:
        claimed = edit.services.domains.find(edit.tenant_id, domain_name.normalise(typed))
    except ValueError:
        claimed = None
    if claimed is None:
        raise SettingsError(
            "not_found", "no such domain", status=404, title="You have not added this domain."
        )
    return claimed


def _doubled(edit: "Edit", claimed: ClaimedDomain) -> Collection[str]:
    """Look where the record may have got by mistake; no answer there is none worth telling."""
    try:
        return edit.services.dns.texts(claimed.doubled_name)
    except UnavailableError:
        return ()


def _note_missing(edit: "Edit", claimed: ClaimedDomain) -> None:
    """Write down that it was looked up; whether a proof lapses is the daily job's to decide."""
    if claimed.proven_at is None:
        seen = domain_claim.missing(claimed, now=edit.services.now())
        edit.services.domain_changes.check(edit.tenant_id, seen)


def _prove(edit: "Edit", claimed: ClaimedDomain) -> ClaimedDomain:
    services, proven = edit.services, domain_claim.proven(claimed, now=edit.services.now())
    events = [edit.event("domain_proven", claimed.domain)] if claimed.state != "proven" else []
    if claimed.proven_at is None:
        services.domain_changes.prove(edit.tenant_id, proven, events)
    else:
        services.domain_changes.check(edit.tenant_id, proven, events)
    return proven


def _require_another(edit: "Edit", claimed: ClaimedDomain) -> None:
    """Keep the last domain that leads people to the only way in."""
    services = edit.services
    if services.domains.proven_domains(edit.tenant_id) - {claimed.domain}:
        return
    heads = services.connections.connections(edit.tenant_id)
    if any(head.enabled and head.enforced for head in heads):
        raise domain_claim.needed(claimed.domain)
