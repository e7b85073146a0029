"""DynamoDB: which providers are left alone for a while; one item a connection, only after failures.

It is version 0 of the provider table: versions begin at 1.
IAM: `dynamodb:GetItem` and `dynamodb:UpdateItem` on the table.
"""

from typing import TYPE_CHECKING

from authsso.protocol.circuit import CLOSED, PARTS, Part

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

_VERSION = "0"


class CircuitTable:
    """What all functions share about providers that do not answer.

    Every method raises boto3's errors as they are.

    Args:
        client: A low-level boto3 client.
        table: The provider table's name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, connection_id: str) -> dict[Part, int]:
        """Return when the pause of each part ends; CLOSED where there is none."""
        answer = self._client.get_item(
            TableName=self._table, Key=_key(connection_id), ConsistentRead=True
        )
        item = answer.get("Item", {})
        return {
            part: int(item[f"{part}_paused_until"]["N"])
            if f"{part}_paused_until" in item
            else CLOSED
            for part in PARTS
        }

    def count_failure(self, connection_id: str, part: Part, window: int) -> int:
        """Count one failure; return how many there are in this window."""
        names = {"#failures": f"{part}_failures", "#window": f"{part}_window"}
        values: dict[str, AttributeValueTypeDef] = {
            ":one": {"N": "1"},
            ":window": {"N": str(window)},
        }
        try:
            answer = self._client.update_item(
                TableName=self._table,
                Key=_key(connection_id),
                UpdateExpression="ADD #failures :one",
                ConditionExpression="#window = :window",
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=values,
                ReturnValues="UPDATED_NEW",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            # Two that begin a window at once lose a count; the threshold is no exact science.
            self._client.update_item(
                TableName=self._table,
                Key=_key(connection_id),
                UpdateExpression="SET #window = :window, #failures = :one",
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=values,
            )
            return 1
        return int(answer["Attributes"][f"{part}_failures"]["N"])

    def pause(self, connection_id: str, part: Part, *, until: int) -> None:
        """Leave the provider alone until then; CLOSED ends a pause."""
        self._client.update_item(
            TableName=self._table,
            Key=_key(connection_id),
            UpdateExpression="SET #until = :until",
            ExpressionAttributeNames={"#until": f"{part}_paused_until"},
            ExpressionAttributeValues={":until": {"N": str(until)}},
        )

    def claim_trial(self, connection_id: str, part: Part, *, seen: int, until: int) -> bool:
        """Ask for the one trial after a pause; it begins the next one.

        Args:
            connection_id: Whose.
            part: Of a sign-in.
            seen: When the pause ended.
            until: When the next one ends, should the trial fail.

        Returns:
            Whether it is ours.
        """
        try:
            self._client.update_item(
                TableName=self._table,
                Key=_key(connection_id),
                UpdateExpression="SET #until = :until",
                ConditionExpression="#until = :seen",
                ExpressionAttributeNames={"#until": f"{part}_paused_until"},
                ExpressionAttributeValues={
                    ":until": {"N": str(until)},
                    ":seen": {"N": str(seen)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _key(connection_id: str) -> "dict[str, AttributeValueTypeDef]":
    return {"connection_id": {"S": connection_id}, "version": {"N": _VERSION}}
