"""Prepare a test sign-in: the administrator's browser opens it, and nobody is touched."""

from typing import TYPE_CHECKING

from authsso.errors import SettingsError
from authsso.model import ProviderKind
from authsso.protocol import test_ticket, trace
from authsso.protocol.sign_in import hashed
from settings_api.trace_answers import TestAnswer

if TYPE_CHECKING:
    from authsso.web.settings.editing import Edit


def prepare(edit: "Edit", provider: ProviderKind, reference: str) -> TestAnswer:
    """Write down that this version is to be tried, and return the address that does it once.

    Args:
        edit: Who asks.
        provider: Which connection.
        reference: Of the test.

    Raises:
        SettingsError: 409 `nothing_to_test`.
    """
    services = edit.services
    head = services.connections.connection(edit.tenant_id, provider)
    number = (head.draft or head.live) if head else None
    if head is None or number is None:
        raise SettingsError(
            "nothing_to_test",
            status=409,
            title="Nothing is saved yet; save the draft, then try it.",
        )
    ticket = services.new_token()
    prepared = trace.of_test(
        head,
        number,
        reference=reference,
        started_by=edit.administrator.username,
        now=services.now(),
    )
    services.traces.save(prepared, ticket_hash=hashed(ticket))
    url = test_ticket.url(
        services.config.base_url, tenant_id=edit.tenant_id, reference=reference, ticket=ticket
    )
    return TestAnswer(url=url, test_id=reference)
