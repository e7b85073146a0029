"""DynamoDB: which identity is which Cognito user, and that a user has no second one.

Two items a link, written together: one found by the identity, one by the user. The user's item
also says since when all sessions of the user come from single sign-on (protocol/enforcement.py);
a user without a link may have an item with that alone.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.protocol.account import Link

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LOST = "TransactionCanceledException"
_FAILED = "ConditionalCheckFailedException"
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
        item = answer.get("Item", {})
        return _link(item) if "identity_hash" in item else None

    def sso_since(self, username: str) -> int | None:
        """Return since when all sessions of a user come from single sign-on; None: not known."""
        with calling("identity table: sso since"):
            answer = self._client.get_item(
                TableName=self._table, Key=_user_key(username), ConsistentRead=True
            )
        mark = answer.get("Item", {}).get("signed_in_at")
        return int(mark["N"]) if mark else None

    def record_sso(self, username: str, now: int) -> None:
        """Keep that from now on all sessions of a user come from single sign-on."""
        with calling("identity table: record sso"):
            self._client.update_item(
                TableName=self._table,
                Key=_user_key(username),
                UpdateExpression="SET signed_in_at = :now",
                ExpressionAttributeValues={":now": {"N": str(now)}},
            )

    def forget_sso(self, username: str) -> None:
        """Take that back: a session that began otherwise is about to be opened."""
        with suppress(ClientError), calling("identity table: forget sso", _FAILED):
            self._client.update_item(
                TableName=self._table,
                Key=_user_key(username),
                UpdateExpression="REMOVE signed_in_at",
                ConditionExpression="attribute_exists(signed_in_at)",
            )

    def save(self, link: Link, *, replaces: Link | None = None) -> bool:
        """Bind an identity to a user, if neither is bound yet.

        Args:
            link: The new one.
            replaces: What the user or the identity was bound by until now, to be taken over.

        Returns:
            False when somebody else was quicker, or the user has another identity.
        """
        before = replaces or link
        free = "attribute_not_exists(identity_hash)"
        taken_over = "(identity_hash = :identity AND username = :username)"
        puts: list[Any] = [
            {
                "Put": {
                    "TableName": self._table,
                    "Item": {"identity": {"S": key}, **_item(link)},
                    "ConditionExpression": f"{free} OR {taken_over}",
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


def _user_key(username: str) -> Any:  # noqa: ANN401 - a DynamoDB key
    return {"identity": {"S": f"user#{username}"}}


def _item(link: Link) -> dict[str, Any]:
    item: dict[str, Any] = {name: {"S": getattr(link, name)} for name in _TEXTS}
    return item | {name: {"S": value} for name in _MAYBE if (value := getattr(link, name))}


def _link(item: Any) -> Link:  # noqa: ANN401 - a DynamoDB item
    return Link(
        **{name: item[name]["S"] for name in _TEXTS},
        entra_tenant_id=item.get("entra_tenant_id", {}).get("S"),
        entra_object_id=item.get("entra_object_id", {}).get("S"),
    )
