"""EventBridge: tell the rest of the SaaS."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from authsso.adapters.aws import calling
from authsso.protocol import published_event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

    from authsso.protocol.audit_event import AuditEvent

MOST_AT_ONCE = 10


class EventBus:
    """The account's default bus.

    IAM: `events:PutEvents` on it.

    Args:
        client: A low-level boto3 client.
    """

    def __init__(self, client: "EventBridgeClient") -> None:
        self._client = client

    def publish(self, events: "Sequence[AuditEvent]") -> tuple[int, ...]:
        """Put events on the bus.

        Args:
            events: Ten at most.

        Returns:
            The positions of those that it did not take.

        Raises:
            UnavailableError: EventBridge did not answer; none may be on it.
        """
        with calling("event bus: publish"):
            answer = self._client.put_events(Entries=[_entry(event) for event in events])
        return tuple(
            position for position, entry in enumerate(answer["Entries"]) if "ErrorCode" in entry
        )


def _entry(event: "AuditEvent") -> "PutEventsRequestEntryTypeDef":
    return {
        "Source": published_event.SOURCE,
        "DetailType": published_event.detail_type(event),
        "Detail": json.dumps(published_event.detail(event), separators=(",", ":")),
        "Time": datetime.fromtimestamp(event.at, UTC),
    }
