"""DynamoDB: what has been seen to work.

Key `subject`; two kinds of items:

administrator#{connection}  the last sign-in of an administrator through it: `version username at`
secret#{connection}         the client secret that last worked while there was an older one:
                            `secret_id at`
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authsso.adapters.aws import calling
from authsso.adapters.bounded_cache import BoundedCache

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_KEPT_SECRETS = 256


@dataclass(frozen=True, slots=True)
class AdministratorSignIn:
    """An administrator of the tenant has come in through this version of a connection."""

    version: int
    username: str
    at: int


class EvidenceTable:
    """The table of evidence.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem` to read, `dynamodb:PutItem` to record.

    Args:
        client: Low-level DynamoDB client.
        table: Its name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self._proven: BoundedCache[str, str] = BoundedCache(_KEPT_SECRETS)

    def administrator_sign_in(self, connection_id: str) -> AdministratorSignIn | None:
        """Return the last sign-in of an administrator through a connection, None without one."""
        item = self._item(f"administrator#{connection_id}")
        if item is None:
            return None
        return AdministratorSignIn(
            version=int(item["version"]["N"]),
            username=item["username"]["S"],
            at=int(item["at"]["N"]),
        )

    def record_administrator(self, connection_id: str, sign_in: AdministratorSignIn) -> None:
        """Keep that an administrator has just signed in. The last one stands."""
        self._put(
            f"administrator#{connection_id}",
            version={"N": str(sign_in.version)},
            username={"S": sign_in.username},
            at={"N": str(sign_in.at)},
        )

    def proven_secret(self, connection_id: str) -> str | None:
        """Return the id of the client secret that last worked, None when none was recorded."""
        if kept := self._proven.find(connection_id):
            return kept
        item = self._item(f"secret#{connection_id}")
        return item["secret_id"]["S"] if item else None

    def record_secret(self, connection_id: str, secret_id: str, now: int) -> None:
        """Keep that a client secret works; once in the life of a function, for each secret."""
        if self._proven.find(connection_id) == secret_id:
            return
        self._put(f"secret#{connection_id}", secret_id={"S": secret_id}, at={"N": str(now)})
        self._proven.keep(connection_id, secret_id)

    def _item(self, subject: str) -> Any:  # noqa: ANN401 - a DynamoDB item
        with calling(f"evidence table: {subject}"):
            answer = self._client.get_item(
                TableName=self._table, Key={"subject": {"S": subject}}, ConsistentRead=True
            )
        return answer.get("Item")

    def _put(self, subject: str, **attributes: Any) -> None:  # noqa: ANN401 - DynamoDB attributes
        with calling(f"evidence table: record {subject}"):
            self._client.put_item(
                TableName=self._table, Item={"subject": {"S": subject}, **attributes}
            )
