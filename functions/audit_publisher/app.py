"""Puts every change of settings on EventBridge, as the audit table's stream tells of it.

At least once: a consumer recognises a repeated event by its `id` (J19).
"""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from authsso import services
from authsso.adapters.audit_table import read_event
from authsso.adapters.event_bus import MOST_AT_ONCE

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from authsso.services import Services

type Event = dict[str, Any]

logger = Logger()


def create_handler(make_services: "Callable[[], Services]") -> Callable[[Event, Any], Event]:
    """Return a handler on services that are made on the first event and kept."""
    kept = functools.cache(make_services)

    def handler(event: Event, _context: "LambdaContext") -> Event:
        return publish(kept(), event["Records"])

    return handler


def publish(services: "Services", records: list[Event]) -> Event:
    """Publish a batch of the stream.

    Returns:
        Where the stream goes on with the next attempt, if something was not taken.

    Raises:
        UnavailableError: Nothing is known to be published; the batch comes again.
    """
    new = [record for record in records if record["eventName"] == "INSERT"]
    for start in range(0, len(new), MOST_AT_ONCE):
        batch = new[start : start + MOST_AT_ONCE]
        events = [read_event(record["dynamodb"]["NewImage"]) for record in batch]
        if refused := services.event_bus.publish(events):
            logger.warning("events_not_taken", count=len(refused))
            return _from(batch[refused[0]])
    return {"batchItemFailures": []}


def _from(record: Event) -> Event:
    return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}


handler = create_handler(services.from_environment)
