"""DynamoDB: who changed what, when, from where.

Key `tenant_id` and `event_id`, which sorts by time. An event is written in the transaction that
makes the change: no change without its event, and no event without its change (J25). Nothing is
updated or deleted; `expires_at` lets DynamoDB clean up.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from authsso.adapters import transaction
from authsso.adapters.aws import calling
from authsso.errors import UnavailableError
from authsso.protocol.audit_event import Actor, AuditEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        AttributeValueTypeDef,
        TransactWriteItemTypeDef,
        UniversalAttributeValueTypeDef,
    )

    from authsso.protocol.audit_event import Action

_DAY = 24 * 60 * 60


class AuditTable:
    """Appends and reads.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:PutItem` for who changes something, `dynamodb:Query` for who shows it.

    Args:
        client: A low-level boto3 client.
        table: The table's name.
        retention_days: How long an event stays.
    """

    def __init__(self, client: "DynamoDBClient", table: str, retention_days: int) -> None:
        self._client = client
        self._table = table
        self._retention = retention_days * _DAY

    def puts(self, events: Sequence[AuditEvent]) -> "list[TransactWriteItemTypeDef]":
        """Return the parts of a transaction that write these events."""
        return [
            {
                "Put": {
                    "TableName": self._table,
                    "Item": self._item(event),
                    "ConditionExpression": "attribute_not_exists(event_id)",
                }
            }
            for event in events
        ]

    def record(self, event: AuditEvent) -> None:
        """Write an event on its own, for what has no table of ours to be written to."""
        twice = UnavailableError("aws_unavailable", f"audit table: {event.event_id} is there")
        transaction.commit(self._client, "audit table: record", self.puts([event]), refusal=twice)

    def events(self, tenant_id: str, *, before: str | None, limit: int) -> tuple[AuditEvent, ...]:
        """Return a tenant's latest events, the newest first.

        Args:
            tenant_id: Whose.
            before: Only what is older than this event; None for all.
            limit: How many at most.
        """
        older = " AND event_id < :before" if before else ""
        values: dict[str, UniversalAttributeValueTypeDef] = {":tenant": {"S": tenant_id}}
        if before:
            values[":before"] = {"S": before}
        with calling("audit table: events"):
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression=f"tenant_id = :tenant{older}",
                ExpressionAttributeValues=values,
                ScanIndexForward=False,
                ConsistentRead=True,
                Limit=limit,
            )
        return tuple(read_event(item) for item in answer["Items"])

    def _item(self, event: AuditEvent) -> "Mapping[str, UniversalAttributeValueTypeDef]":
        return {
            "tenant_id": {"S": event.tenant_id},
            "event_id": {"S": event.event_id},
            "at": {"N": str(event.at)},
            "username": {"S": event.actor.username},
            **({"email": {"S": event.actor.email}} if event.actor.email else {}),
            "source_ip": {"S": event.actor.source_ip},
            "action": {"S": event.action},
            "subject": {"S": event.subject},
            "details": {"S": json.dumps(event.details, separators=(",", ":"), sort_keys=True)},
            "expires_at": {"N": str(event.at + self._retention)},
        }


def read_event(item: "Mapping[str, AttributeValueTypeDef]") -> AuditEvent:
    """Turn an item, of the table or of its stream, back into an event."""
    email = item.get("email")
    return AuditEvent(
        tenant_id=item["tenant_id"]["S"],
        event_id=item["event_id"]["S"],
        at=int(item["at"]["N"]),
        actor=Actor(
            username=item["username"]["S"],
            email=email["S"] if email else None,
            source_ip=item["source_ip"]["S"],
        ),
        action=cast("Action", item["action"]["S"]),
        subject=item["subject"]["S"],
        details=json.loads(item["details"]["S"]),
    )
