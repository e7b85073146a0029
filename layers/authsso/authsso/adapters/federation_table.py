"""DynamoDB: how each connection stands at the Cognito domain, and who may change the pool now.

Key `connection_id`. The item `lease` is held by whoever changes the pool's providers and app
clients: Cognito's calls replace whole settings, so two at once would undo each other.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.errors import UnavailableError
from authsso.protocol.federation_state import FederationState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from authsso.protocol.federation_state import State

_LEASE = "lease"  # no connection id: they have 26 characters
_LEASE_SECONDS = 120
_CONDITION_FAILED = "ConditionalCheckFailedException"


class FederationTable:
    """Written by cognito_federation alone; read by the settings API and the callback.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem`; cognito_federation also `dynamodb:PutItem` and `dynamodb:DeleteItem`.

    Args:
        client: A low-level boto3 client.
        table: The table's name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, connection_id: str) -> FederationState | None:
        """Return how a connection stands, None when nothing is known of it."""
        with calling("federation table: find"):
            answer = self._client.get_item(
                TableName=self._table, Key={"connection_id": {"S": connection_id}}
            )
        item = answer.get("Item")
        if item is None:
            return None
        state = cast("State", item["state"]["S"])
        return FederationState(state, item["message"]["S"], int(item["at"]["N"]))

    def save(self, connection_id: str, state: FederationState) -> None:
        """Write how a connection stands."""
        with calling("federation table: save"):
            self._client.put_item(
                TableName=self._table,
                Item={
                    "connection_id": {"S": connection_id},
                    "state": {"S": state.state},
                    "message": {"S": state.message},
                    "at": {"N": str(state.at)},
                },
            )

    def remove(self, connection_id: str) -> None:
        """Forget a connection that is gone."""
        with calling("federation table: remove"):
            self._client.delete_item(
                TableName=self._table, Key={"connection_id": {"S": connection_id}}
            )

    @contextmanager
    def alone(self, holder: str, now: Callable[[], int]) -> Iterator[None]:
        """Be the only one who changes the pool, for two minutes at most.

        Args:
            holder: Nobody else's name.
            now: The clock.

        Raises:
            UnavailableError: `pool_busy`: somebody else is at it; try again.
        """
        self._take_lease(holder, now())
        try:
            yield
        finally:
            self._give_back(holder)

    def _take_lease(self, holder: str, now: int) -> None:
        try:
            with calling("federation table: lease", _CONDITION_FAILED):
                self._client.put_item(
                    TableName=self._table,
                    Item={
                        "connection_id": {"S": _LEASE},
                        "holder": {"S": holder},
                        "until": {"N": str(now + _LEASE_SECONDS)},
                    },
                    ConditionExpression="attribute_not_exists(connection_id) OR #until <= :now",
                    ExpressionAttributeNames={"#until": "until"},
                    ExpressionAttributeValues={":now": {"N": str(now)}},
                )
        except ClientError as error:
            raise UnavailableError("pool_busy", "somebody else is changing the pool") from error

    def _give_back(self, holder: str) -> None:
        try:
            with calling("federation table: give back", _CONDITION_FAILED):
                self._client.delete_item(
                    TableName=self._table,
                    Key={"connection_id": {"S": _LEASE}},
                    ConditionExpression="holder = :holder",
                    ExpressionAttributeValues={":holder": {"S": holder}},
                )
        except ClientError:
            return  # it has run out, and is somebody else's now
