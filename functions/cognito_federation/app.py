"""Keeps the user pool's providers as the connections are: told by the tables' streams, or asked.

A batch of changes is worked off tenant by tenant, and one that fails stops no other. What is worth
another attempt is raised at the end: Lambda brings the batch again, a bounded number of times.
"""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from authsso import services
from authsso.errors import UnavailableError
from cognito_federation import reconcile, tenant
from cognito_federation.changes import changed_tenants

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from authsso.services import Services

type Event = dict[str, Any]
type Report = dict[str, Any]

logger = Logger()


def create_handler(make_services: "Callable[[], Services]") -> Callable[[Event, Any], Report]:
    """Return a handler on services that are made on the first event and kept."""
    kept = functools.cache(make_services)

    def handler(event: Event, _context: "LambdaContext") -> Report:
        if event.get("reconcile") == "all":
            return reconcile.everything(kept(), dry_run=event.get("dry_run") is not False)
        return follow(kept(), event)

    return handler


def follow(services: "Services", event: Event) -> Report:
    """Work off a batch of changes.

    Raises:
        UnavailableError: Some of it has to be tried again; what is done already is done.
    """
    busy = []
    for tenant_id, gone in changed_tenants(event["Records"]).items():
        try:
            tenant.converge(services, tenant_id, gone=gone)
        except UnavailableError as error:
            logger.warning(error.code, detail=error.detail, tenant=tenant_id)
            busy.append(tenant_id)
    if busy:
        raise UnavailableError("federation_busy", f"{len(busy)} tenants are to be tried again")
    return {}


handler = create_handler(services.from_environment)
