"""GET /oauth2/test: an administrator's browser begins the test sign-in that was prepared for it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response

from authorize.departure import send
from authsso.errors import DisplayedError
from authsso.protocol import test_ticket, trace

if TYPE_CHECKING:
    from authsso.services import Services


def begin(
    services: "Services", event: Mapping[str, Any], parameters: Mapping[str, str]
) -> Response[str]:
    """Spend the ticket and send the browser to the provider.

    Raises:
        DisplayedError: `test_unknown`: never prepared, opened before, too old, or what was to be
            tried is there no more.
        UnavailableError: A service failed.
    """
    opened = test_ticket.read(parameters)
    found = opened and services.traces.open_test(
        opened.tenant_id, opened.reference, opened.ticket_hash
    )
    if not found or trace.is_too_old(found.summary, services.now()):
        raise DisplayedError("test_unknown")
    summary = found.summary
    connection = services.connections.connection(summary.tenant_id, summary.provider)
    version = services.connections.version(summary.tenant_id, summary.provider, summary.version)
    if not connection or not version or connection.connection_id != found.connection_id:
        raise DisplayedError("test_unknown", summary.reference)
    return send(
        services,
        event,
        trace.request_of_test(f"{services.config.base_url}/settings"),
        connection,
        version,
        reference=summary.reference,
        started_by=summary.started_by,
    )
