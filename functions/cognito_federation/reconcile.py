"""Everything at once: what in the pool differs from the connections, and repairing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from authsso.errors import UnavailableError
from authsso.protocol import cognito_provider
from cognito_federation import offers, tenant

if TYPE_CHECKING:
    from authsso.services import Services
    from cognito_federation.tenant import Aim

type Offers = Mapping[str, frozenset[str]]

logger = Logger()
_DRIFT = {"create": "missing", "update": "stale", "remove": "left_behind"}


@dataclass(slots=True)
class Report:
    """What was found.

    Args:
        dry_run: Nothing was repaired.
        findings: Each with `drift`, the provider's name, and the tenant where there is one.
        postponed: Tenants for whom Cognito was too busy.
        known: Names of providers that belong to a connection.
    """

    dry_run: bool
    findings: list[dict[str, str]] = field(default_factory=list)
    postponed: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def add(self, drift: str, provider: str, tenant_id: str = "") -> None:
        """Take a finding up."""
        self.findings.append({"drift": drift, "provider": provider, "tenant": tenant_id})


def everything(services: "Services", *, dry_run: bool) -> dict[str, Any]:
    """Compare the pool with every connection, and make it match unless this is a rehearsal.

    A tenant that Cognito was too busy for is postponed, and what belongs to nobody is then left
    alone: it might be that tenant's.

    Raises:
        UnavailableError: Not even what the pool holds could be read.
    """
    report = Report(dry_run)
    found, may = offers.offered(services), offers.clients(services)
    for tenant_id in services.tenants.ids():
        try:
            _tenant(services, tenant_id, {one: found.get(one, frozenset()) for one in may}, report)
        except UnavailableError as error:
            logger.warning(error.code, detail=error.detail, tenant=tenant_id)
            report.postponed.append(tenant_id)
    _without_consent(services, {one: found[one] for one in found if one not in may}, report)
    if not report.postponed:
        _orphans(services, report)
    told = {"dry_run": dry_run, "findings": report.findings, "postponed": report.postponed}
    logger.info("reconciled", extra=told)
    return told


def _tenant(services: "Services", tenant_id: str, found: Offers, report: Report) -> None:
    aims = tenant.aims_of(services, tenant_id)
    drifts = [(drift, aim) for aim in aims for drift in _drifts(services, aim, found)]
    report.known |= {_name(aim) for aim in aims}
    for drift, aim in drifts:
        report.add(drift, _name(aim), tenant_id)
    if report.dry_run:
        return
    if drifts:
        tenant.converge(services, tenant_id)
    else:
        for aim in aims:
            tenant.note(services, aim, aim.reason)


def _drifts(services: "Services", aim: "Aim", found: Offers) -> Iterator[str]:
    name = _name(aim)
    action = cognito_provider.difference(aim.wanted, services.pool_federation.find(name))
    if action != "none":
        yield _DRIFT[action]
    if aim.wanted:
        yield from (f"not_offered_by {one}" for one, names in found.items() if name not in names)


def _without_consent(services: "Services", found: Offers, report: Report) -> None:
    """App clients that offer our providers and have not opted in, or do not any more."""
    for client_id, names in found.items():
        for name in sorted(names):
            report.add(f"offered_without_consent_by {client_id}", name)
        if names and not report.dry_run:
            with services.federation.alone(services.new_token(), services.now):
                services.pool_federation.offer(client_id, drop=names)


def _orphans(services: "Services", report: Report) -> None:
    """Providers of connections that no tenant has: of deleted tenants, or of a lost change."""
    orphans = sorted(services.pool_federation.names() - report.known)
    for name in orphans:
        report.add("orphaned", name)
    if orphans and not report.dry_run:
        with services.federation.alone(services.new_token(), services.now):
            tenant.withdraw(services, filter(None, map(cognito_provider.connection_id_of, orphans)))


def _name(aim: "Aim") -> str:
    return cognito_provider.name_of(aim.connection.connection_id)
