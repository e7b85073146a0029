"""Throws away once a day the versions and client secrets that nobody needs any more.

A new client secret that has worked for a day ends its rotation: the version before it, with the
old secret, is given up.
"""

import functools
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from authsso import services
from authsso.errors import SettingsError, UnavailableError
from authsso.protocol import version_retention
from authsso.protocol.audit_event import SCHEDULED_JOB, AuditEvent
from authsso.retention import throw_away
from authsso.web.entrypoint import log_refusal

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from authsso.model import Connection
    from authsso.services import Services

type Event = dict[str, Any]

logger = Logger()


def create_handler(make_services: "Callable[[], Services]") -> Callable[[Event, Any], Event]:
    """Return a handler on services that are made on the first event and kept."""
    kept = functools.cache(make_services)

    def handler(_event: Event, _context: "LambdaContext") -> Event:
        return clean_all(kept())

    return handler


def clean_all(services: "Services") -> Event:
    """Look at every connection, and count what became of them."""
    counted = dict(
        Counter(
            outcome
            for tenant_id in services.tenants.ids()
            for head in services.connections.connections(tenant_id)
            for outcome in _clean(services, head)
        )
    )
    logger.info("versions_cleaned", extra=counted)
    return counted


def _clean(services: "Services", head: "Connection") -> list[str]:
    """One connection that cannot be cleaned must not stop the others; tomorrow is another day."""
    try:
        finished = _finish_rotation(services, head)
        return [*finished, *["version_thrown_away"] * throw_away(services, head, head)]
    except SettingsError:  # changed by an administrator at this very moment
        return ["changed"]
    except UnavailableError as error:
        log_refusal(error)
        return ["unknown"]


def _finish_rotation(services: "Services", head: "Connection") -> list[str]:
    versions = services.connections.versions(head.tenant_id, head.provider)
    proven = services.evidence.proven_secret(head.connection_id)
    now = services.now()
    if not version_retention.has_rotated(versions, head, proven_secret=proven, now=now):
        return []
    services.connection_changes.write(
        replace(
            head,
            previous=None,
            revision=head.revision + 1,
            changed_at=now,
            last_action="rotation_finished",
        ),
        expected_revision=head.revision,
        events=[_rotation_finished(services, head)],
    )
    return ["rotation_finished"]  # its version is thrown away tomorrow, when nobody is on it


def _rotation_finished(services: "Services", head: "Connection") -> AuditEvent:
    return AuditEvent(
        tenant_id=head.tenant_id,
        event_id=services.new_event_id(),
        at=services.now(),
        actor=SCHEDULED_JOB,
        action="rotation_finished",
        subject=head.provider,
        details={"version": head.live, "given_up": head.previous},
    )


handler = create_handler(services.from_environment)
