"""DynamoDB: which identity is which Cognito user, and that a user has no second one.

Two items a link, written together: one found by the identity, one by the user.
"""

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.protocol.account import Link

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LOST = "TransactionCanceledException"
_TEXTS = ("identity_hash", "username", "tenant_id", "connection_id", "issuer")
_MAYBE = ("entra_tenant_id", "entra_object_id")


class IdentityTable:
    """The table of links.

    Args:
        client: Low-level DynamoDB client.
        table: Its name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def of_identity(self, identity_hash: str) -> Link | None:
        """Return the link of an identity, None when it comes for the first time."""
        return self._get(f"identity#{identity_hash}")

    def of_user(self, username: str) -> Link | None:
        """Return the link that a user has, None when there is none."""
        return self._get(f"user#{username}")

    def _get(self, key: str) -> Link | None:
        with calling("identity table: get"):
            answer = self._client.get_item(
                TableName=self._table, Key={"identity": {"S": key}}, ConsistentRead=True
            )
        item = answer.get("Item")
        return _link(item) if item else None

    def save(self, link: Link, *, replaces: Link | None = None) -> bool:
        """Bind an identity to a user, if neither is bound yet.

        Args:
            link: The new one.
            replaces: What the user or the identity was bound by until now, to be taken over.

        Returns:
            False when somebody else was quicker, or the user has another identity.
        """
        before = replaces or link
        free = "attribute_not_exists(#key)"
        taken_over = "(identity_hash = :identity AND username = :username)"
        puts: list[Any] = [
            {
                "Put": {
                    "TableName": self._table,
                    "Item": {"identity": {"S": key}, **_item(link)},
                    "ConditionExpression": f"{free} OR {taken_over}",
                    "ExpressionAttributeNames": {"#key": "identity"},
                    "ExpressionAttributeValues": {
                        ":identity": {"S": before.identity_hash},
                        ":username": {"S": before.username},
                    },
                }
            }
            for key in (f"identity#{link.identity_hash}", f"user#{link.username}")
        ]
        try:
            with calling("identity table: save", _LOST):
                self._client.transact_write_items(TransactItems=puts)
        except ClientError:
            return False
        return True


def _item(link: Link) -> dict[str, Any]:
    item: dict[str, Any] = {name: {"S": getattr(link, name)} for name in _TEXTS}
    return item | {name: {"S": value} for name in _MAYBE if (value := getattr(link, name))}


def _link(item: Any) -> Link:  # noqa: ANN401 - a DynamoDB item
    return Link(
        **{name: item[name]["S"] for name in _TEXTS},
        entra_tenant_id=item.get("entra_tenant_id", {}).get("S"),
        entra_object_id=item.get("entra_object_id", {}).get("S"),
    )
