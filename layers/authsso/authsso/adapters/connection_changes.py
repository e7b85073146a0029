"""DynamoDB: changes of connections, each in one transaction with its audit events.

Layout and reads are connection_table.py's.
"""

from typing import TYPE_CHECKING

from authsso.adapters import transaction
from authsso.adapters.aws import calling
from authsso.adapters.connection_items import head_item, version_item, write_head, write_version
from authsso.protocol.edit_condition import changed_meanwhile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import PutTypeDef, TransactWriteItemTypeDef

    from authsso.adapters.audit_table import AuditTable
    from authsso.adapters.connection_items import Item
    from authsso.model import Connection, ConnectionVersion, ProviderKind
    from authsso.protocol.audit_event import AuditEvent

EMERGENCY_ITEM = "emergency-access"


class ConnectionChanges:
    """What the settings API and the daily jobs write.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:PutItem`, `dynamodb:ConditionCheckItem` and `dynamodb:DeleteItem` on the table,
    `dynamodb:PutItem` on the audit table.

    Args:
        client: A low-level boto3 client.
        table: The connection table's name.
        audit: Gives the part of the transaction that tells of the change.
    """

    def __init__(self, client: "DynamoDBClient", table: str, audit: "AuditTable") -> None:
        self._client = client
        self._table = table
        self._audit = audit

    def save_version(  # noqa: PLR0913 - everything that is written at once
        self,
        connection: "Connection",
        version: "ConnectionVersion",
        *,
        request_digest: str,
        expected_revision: int,
        events: "Sequence[AuditEvent]",
        also: "Sequence[TransactWriteItemTypeDef]" = (),
    ) -> None:
        """Write a version and the head that names it, both or neither (F13).

        Args:
            connection: The head as it shall be.
            version: New; its number was never used before.
            request_digest: Recognises the same request when it is sent again.
            expected_revision: Of the head that was read; 0 when there was none.
            events: What was done.
            also: What is written with it, or nothing is.

        Raises:
            SettingsError: `changed_meanwhile`: somebody else wrote first; nothing was changed.
        """
        item = _version_as_item(connection, version, request_digest)
        self._commit(
            connection,
            {"Put": self._put_new(item)},
            {"Put": self._put_head(connection, expected_revision)},
            *also,
            *self._audit.puts(events),
        )

    def write(
        self,
        connection: "Connection",
        *,
        expected_revision: int,
        events: "Sequence[AuditEvent]",
        unchanged: "Sequence[Connection]" = (),
        emergency_revision: int | None = None,
    ) -> None:
        """Replace the head.

        Args:
            connection: The head as it shall be.
            expected_revision: Of the head that was read.
            events: What was done.
            unchanged: Other heads on which the change was judged; they must stand as they were.
            emergency_revision: Of the emergency access on which it was judged, if it was.

        Raises:
            SettingsError: `changed_meanwhile`: somebody else wrote first; nothing was changed.
        """
        checks = [self.unchanged_head(other) for other in unchanged]
        if emergency_revision is not None:
            checks.append(self._unchanged(connection.tenant_id, EMERGENCY_ITEM, emergency_revision))
        head = self._put_head(connection, expected_revision)
        self._commit(connection, {"Put": head}, *checks, *self._audit.puts(events))

    def unchanged_head(self, connection: "Connection") -> "TransactWriteItemTypeDef":
        """Return the part of a transaction that lets it through only while a head stands so."""
        name = head_item(connection.provider)
        return self._unchanged(connection.tenant_id, name, connection.revision)

    def forget_version(self, tenant_id: str, provider: "ProviderKind", number: int) -> None:
        """Throw away a version that no head names."""
        key = {"tenant_id": {"S": tenant_id}, "item": {"S": version_item(provider, number)}}
        with calling("connection changes: forget version"):
            self._client.delete_item(TableName=self._table, Key=key)

    def _commit(self, connection: "Connection", *items: "TransactWriteItemTypeDef") -> None:
        whose = f"{connection.provider} of tenant {connection.tenant_id}"
        refusal = changed_meanwhile(whose)
        transaction.commit(self._client, "connection changes", items, refusal=refusal)

    def _put_head(self, connection: "Connection", expected_revision: int) -> "PutTypeDef":
        if not expected_revision:
            return self._put_new(write_head(connection))
        return {
            "TableName": self._table,
            "Item": write_head(connection),
            "ConditionExpression": "revision = :expected",
            "ExpressionAttributeValues": {":expected": {"N": str(expected_revision)}},
        }

    def _put_new(self, item: "Item") -> "PutTypeDef":
        return {
            "TableName": self._table,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(#item)",
            "ExpressionAttributeNames": {"#item": "item"},
        }

    def _unchanged(self, tenant_id: str, item: str, revision: int) -> "TransactWriteItemTypeDef":
        return unchanged(self._table, tenant_id, item, revision)


def unchanged(table: str, tenant_id: str, item: str, revision: int) -> "TransactWriteItemTypeDef":
    """Return the part of a transaction that lets it through only while an item stands so.

    Args:
        table: The connection table's name.
        tenant_id: Whose.
        item: Which.
        revision: As it was read; 0 when there was none.
    """
    key = {"tenant_id": {"S": tenant_id}, "item": {"S": item}}
    if not revision:
        return {
            "ConditionCheck": {
                "TableName": table,
                "Key": key,
                "ConditionExpression": "attribute_not_exists(revision)",
            }
        }
    return {
        "ConditionCheck": {
            "TableName": table,
            "Key": key,
            "ConditionExpression": "revision = :seen",
            "ExpressionAttributeValues": {":seen": {"N": str(revision)}},
        }
    }


def _version_as_item(
    connection: "Connection", version: "ConnectionVersion", request_digest: str
) -> "Item":
    return {
        "tenant_id": {"S": connection.tenant_id},
        "item": {"S": version_item(connection.provider, version.number)},
        "version": {"S": write_version(version)},
        "request_digest": {"S": request_digest},
    }
