"""The address that opens a test sign-in, once: which test, and the proof that it may be opened."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from authsso.protocol.sign_in import hashed

_TICKET = re.compile(r"[A-Za-z0-9_-]{43}")
_REFERENCE = re.compile(r"[A-Z2-7]{8}")


@dataclass(frozen=True, slots=True)
class OpenedTest:
    """What an address names.

    Args:
        tenant_id: Whose test.
        reference: Which one.
        ticket_hash: SHA-256 of the ticket, hex; the table holds no more of it either.
    """

    tenant_id: str
    reference: str
    ticket_hash: str


def url(base_url: str, *, tenant_id: str, reference: str, ticket: str) -> str:
    """Return the address to open in the administrator's browser.

    Args:
        base_url: Our public origin.
        tenant_id: Whose test.
        reference: Which one.
        ticket: 256 random bits; good once, and for as long as a sign-in may take.
    """
    query = {"idp_identifier": tenant_id, "test_id": reference, "ticket": ticket}
    return f"{base_url}/oauth2/test?{urlencode(query)}"


def read(parameters: Mapping[str, str]) -> OpenedTest | None:
    """Return what an address names, None when it cannot be one of ours.

    Args:
        parameters: Query, each name once.
    """
    tenant_id = parameters.get("idp_identifier", "")
    reference, ticket = parameters.get("test_id", ""), parameters.get("ticket", "")
    if not tenant_id or not _REFERENCE.fullmatch(reference) or not _TICKET.fullmatch(ticket):
        return None
    return OpenedTest(tenant_id, reference, hashed(ticket))
