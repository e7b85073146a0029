"""DynamoDB: the key sets last seen, one item a connection and version.

Written by the settings API at save and by sign-ins when keys rotate. Public material only.
IAM: `dynamodb:GetItem` and `dynamodb:UpdateItem` on the table.
"""

import json
from typing import TYPE_CHECKING

from authsso.model import KeySet

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef


class KeySnapshots:
    """What every warm function shares about providers' keys.

    Args:
        client: A low-level boto3 client.
        table: The table's name; its key is `connection_id` (S) and `version` (N).
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, connection_id: str, number: int) -> KeySet | None:
        """Return the keys last stored, of whatever age; None when there are none."""
        answer = self._client.get_item(
            TableName=self._table, Key=_key(connection_id, number), ConsistentRead=True
        )
        item = answer.get("Item", {})
        if "key_set" not in item:
            return None
        return KeySet(
            keys=tuple(json.loads(item["key_set"]["S"])), fetched_at=int(item["fetched_at"]["N"])
        )

    def store(self, connection_id: str, number: int, keys: KeySet) -> None:
        """Keep the keys of a version; the settings API calls it at save."""
        self._client.update_item(
            TableName=self._table,
            Key=_key(connection_id, number),
            UpdateExpression="SET key_set = :key_set, fetched_at = :fetched_at",
            ExpressionAttributeValues={
                ":key_set": {"S": json.dumps([dict(key) for key in keys.keys])},
                ":fetched_at": {"N": str(keys.fetched_at)},
            },
        )

    def claim_refetch(self, connection_id: str, number: int, *, now: int, pause: int) -> bool:
        """Ask for the one refetch that a connection has in `pause` seconds.

        Returns:
            Whether it is ours. Never True when the table could not be written: that raises.
        """
        try:
            self._client.update_item(
                TableName=self._table,
                Key=_key(connection_id, number),
                UpdateExpression="SET refetched_at = :now",
                ConditionExpression="attribute_not_exists(refetched_at) OR refetched_at <= :past",
                ExpressionAttributeValues={
                    ":now": {"N": str(now)},
                    ":past": {"N": str(now - pause)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _key(connection_id: str, number: int) -> "dict[str, AttributeValueTypeDef]":
    return {"connection_id": {"S": connection_id}, "version": {"N": str(number)}}
