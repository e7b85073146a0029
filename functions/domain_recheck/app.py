"""Looks once a day whether the record of each proven domain still stands.

A record that is gone leaves seven days to put it back (protocol/domain_claim.py). A server that
does not answer says nothing, and changes nothing.
"""

import functools
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from authsso import services
from authsso.errors import SettingsError, UnavailableError
from authsso.protocol import domain_claim
from authsso.protocol.audit_event import SCHEDULED_JOB, AuditEvent

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from authsso.protocol.audit_event import Action
    from authsso.protocol.domain_claim import ClaimedDomain
    from authsso.services import Services

type Event = dict[str, Any]

logger = Logger()
_AT_ONCE = 16


def create_handler(make_services: "Callable[[], Services]") -> Callable[[Event, Any], Event]:
    """Return a handler on services that are made on the first event and kept."""
    kept = functools.cache(make_services)

    def handler(_event: Event, _context: "LambdaContext") -> Event:
        return recheck_all(kept())

    return handler


def recheck_all(services: "Services") -> Event:
    """Look every proven domain up, and count what became of them."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        outcomes = pool.map(lambda found: _recheck(services, *found), services.domains.all_proven())
        counted = dict(Counter(outcomes))
    logger.info("domains_rechecked", extra=counted)
    return counted


def _recheck(services: "Services", tenant_id: str, claimed: "ClaimedDomain") -> str:
    if not claimed.token:  # the SaaS's operator vouches for it
        return "vouched_for"
    try:
        return _judge(services, tenant_id, claimed)
    except UnavailableError as error:
        logger.warning(error.code, detail=error.detail)
        return "unknown"
    except SettingsError:  # changed by an administrator at this very moment
        return "changed"


def _judge(services: "Services", tenant_id: str, claimed: "ClaimedDomain") -> str:
    texts, now = services.dns.texts(claimed.record_name), services.now()
    if domain_claim.is_proof(claimed, texts):
        events = _events(services, tenant_id, claimed, "domain_proven", "lapsing")
        services.domain_changes.check(tenant_id, domain_claim.proven(claimed, now=now), events)
        return "proven"
    seen = domain_claim.missing(claimed, now=now)
    if seen.proven_at is not None:
        events = _events(services, tenant_id, claimed, "domain_lapsing", "proven")
        services.domain_changes.check(tenant_id, seen, events)
        return "lapsing"
    events = _events(services, tenant_id, claimed, "domain_lapsed", claimed.state)
    services.domain_changes.lapse(tenant_id, seen, events)
    return "lapsed"


def _events(
    services: "Services",
    tenant_id: str,
    claimed: "ClaimedDomain",
    action: "Action",
    coming_from: str,
) -> list[AuditEvent]:
    """Tell of a change of state only: a look-up that finds what was known is no news."""
    if claimed.state != coming_from:
        return []
    return [
        AuditEvent(
            tenant_id=tenant_id,
            event_id=services.new_event_id(),
            at=services.now(),
            actor=SCHEDULED_JOB,
            action=action,
            subject=claimed.domain,
            details={},
        )
    ]


handler = create_handler(services.from_environment)
