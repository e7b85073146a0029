"""DynamoDB: who has just come through Cognito's own callback, and by which connection.

The token trigger is not told how somebody signed in: a linked user may also have typed a password.
So the inbound federation trigger leaves a note in the code table, `hosted#{username}`, which lives
a little longer than Cognito's code does.
"""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOTE_SECONDS = 10 * 60
# Cognito asks the trigger that begins a sign-in within the request that brought the note about.
BEGINNING_SECONDS = 30
_LOST = "ConditionalCheckFailedException"


class HostedSignIns:
    """Notes of federated sign-ins at the Cognito domain; one a user.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem` and `dynamodb:UpdateItem` on the code table.

    Args:
        client: A low-level boto3 client.
        table: The code table's name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def begin(self, username: str, connection_id: str, now: int) -> None:
        """Note that somebody comes through a connection now."""
        until = {"N": str(now + NOTE_SECONDS)}
        with calling("hosted sign-ins: begin"):
            self._client.update_item(
                TableName=self._table,
                Key=_key(username),
                UpdateExpression="SET connection_id = :connection, good_until = :until, "
                "expires_at = :until REMOVE begun_at",
                ExpressionAttributeValues={":connection": {"S": connection_id}, ":until": until},
            )

    def connection_of(self, username: str, now: int) -> str | None:
        """Return the connection that somebody has just come through, None when there is none."""
        with calling("hosted sign-ins: connection"):
            answer = self._client.get_item(
                TableName=self._table, Key=_key(username), ConsistentRead=True
            )
        item = answer.get("Item")
        if item is None or int(item["good_until"]["N"]) <= now:
            return None
        return item["connection_id"]["S"]

    def take_beginning(self, username: str, now: int) -> str | None:
        """Return the connection that somebody comes through at this moment, to one caller only.

        So that a password, typed in the same seconds, does not begin on the same note.
        """
        not_older = now + NOTE_SECONDS - BEGINNING_SECONDS
        try:
            with calling("hosted sign-ins: take beginning", _LOST):
                answer = self._client.update_item(
                    TableName=self._table,
                    Key=_key(username),
                    UpdateExpression="SET begun_at = :now",
                    ConditionExpression="good_until > :not_older "
                    "AND attribute_not_exists(begun_at)",
                    ExpressionAttributeValues={
                        ":now": {"N": str(now)},
                        ":not_older": {"N": str(not_older)},
                    },
                    ReturnValues="ALL_NEW",
                )
        except ClientError:
            return None
        return answer["Attributes"]["connection_id"]["S"]


def _key(username: str) -> "dict[str, dict[str, str]]":
    return {"code_hash": {"S": f"hosted#{username}"}}
