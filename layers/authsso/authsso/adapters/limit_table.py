"""DynamoDB: what has been taken of each limit in this minute; items expire.

IAM: `dynamodb:UpdateItem` on the table.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class LimitTable:
    """One counter for each limit, subject and minute.

    Args:
        client: A low-level boto3 client.
        table: The table's name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def take(self, counted: str, amount: int, *, expires_at: int) -> int:
        """Take so many; return how many have been taken by now. Raises boto3's errors."""
        answer = self._client.update_item(
            TableName=self._table,
            Key={"counted": {"S": counted}},
            UpdateExpression="ADD taken :amount SET expires_at = :end",
            ExpressionAttributeValues={
                ":amount": {"N": str(amount)},
                ":end": {"N": str(expires_at)},
            },
            ReturnValues="UPDATED_NEW",
        )
        return int(answer["Attributes"]["taken"]["N"])
