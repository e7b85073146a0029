"""DynamoDB: spend recovery codes, and count who tries (recovery_items.py)."""

from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from authsso.adapters import transaction
from authsso.adapters.aws import calling
from authsso.adapters.recovery_items import attempts_key, lift_key
from authsso.errors import AuthssoError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

LIFTED_SECONDS: Final = 3600
ATTEMPTS: Final = 10
WINDOW_SECONDS: Final = 600
_FAILED = "ConditionalCheckFailedException"


class _SpentMeanwhileError(AuthssoError):
    """The code was there a moment ago."""


class RecoveryTable:
    """What /recover does with the table.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem` and `dynamodb:UpdateItem` on the table.

    Args:
        client: Low-level DynamoDB client.
        table: Its name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def may_try(self, source: str, now: int) -> bool:
        """Count an attempt; False when this source has made too many already.

        Args:
            source: Where the request came from.
            now: Seconds since the epoch.
        """
        try:
            with calling("recovery table: count", _FAILED):
                self._client.update_item(
                    TableName=self._table,
                    Key={"code_hash": {"S": attempts_key(source, now // WINDOW_SECONDS)}},
                    UpdateExpression="ADD attempts :one SET expires_at = :end",
                    ConditionExpression="attribute_not_exists(attempts) OR attempts < :most",
                    ExpressionAttributeValues={
                        ":one": {"N": "1"},
                        ":most": {"N": str(ATTEMPTS)},
                        ":end": {"N": str(now + WINDOW_SECONDS)},
                    },
                )
        except ClientError:
            return False
        return True

    def owner(self, code_hash: str) -> str | None:
        """Return the tenant of a code; None when there is none such, or it has been spent."""
        with calling("recovery table: owner"):
            answer = self._client.get_item(
                TableName=self._table, Key={"code_hash": {"S": code_hash}}, ConsistentRead=True
            )
        item = answer.get("Item", {})
        return item["tenant_id"]["S"] if "tenant_id" in item and "spent_at" not in item else None

    def spend(
        self,
        code_hash: str,
        tenant_id: str,
        now: int,
        audited: "Sequence[TransactWriteItemTypeDef]",
    ) -> bool:
        """Spend a code, lift enforcement for an hour, and write that down: all or nothing.

        Args:
            code_hash: From recovery_code.hashed.
            tenant_id: Its owner.
            now: Seconds since the epoch.
            audited: From AuditTable.puts.

        Returns:
            False when somebody else was quicker.
        """
        lifted = self._lifted(tenant_id, now + LIFTED_SECONDS)
        try:
            transaction.commit(
                self._client,
                "recovery table: spend",
                [self._spent(code_hash, tenant_id, now), lifted, *audited],
                refusal=_SpentMeanwhileError("spent_meanwhile"),
            )
        except _SpentMeanwhileError:
            return False
        return True

    def _spent(self, code_hash: str, tenant_id: str, now: int) -> "TransactWriteItemTypeDef":
        return {
            "Update": {
                "TableName": self._table,
                "Key": {"code_hash": {"S": code_hash}},
                "UpdateExpression": "SET spent_at = :now",
                "ConditionExpression": "tenant_id = :tenant AND attribute_not_exists(spent_at)",
                "ExpressionAttributeValues": {
                    ":now": {"N": str(now)},
                    ":tenant": {"S": tenant_id},
                },
            }
        }

    def _lifted(self, tenant_id: str, until: int) -> "TransactWriteItemTypeDef":
        return {
            "Update": {
                "TableName": self._table,
                "Key": {"code_hash": {"S": lift_key(tenant_id)}},
                "UpdateExpression": "SET lifted_until = :until",
                "ExpressionAttributeValues": {":until": {"N": str(until)}},
            }
        }
