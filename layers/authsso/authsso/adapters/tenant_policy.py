"""DynamoDB: what a tenant demands of its people, as the Cognito triggers need it.

Read from two tables: the heads and the item `emergency-access` of a tenant lie side by side in
the connection table; `lift#{tenant}` is in the recovery table.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from authsso.adapters.aws import calling
from authsso.adapters.bounded_cache import BoundedCache
from authsso.adapters.connection_items import HEAD_PREFIX, read_head
from authsso.adapters.recovery_items import lift_key
from authsso.protocol import enforcement
from authsso.protocol.enforcement import NOTHING_ENFORCED, TenantPolicy

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from authsso.adapters.connection_items import StoredItem

EMERGENCY_ITEM: Final = "emergency-access"
_KEPT_POLICIES = 1024
_KEPT_SECONDS = 4  # whole seconds: a policy is at most five seconds old


class TenantPolicies:
    """Policies, kept in memory for less than five seconds.

    One query for a tenant that enforces nothing, a second read for one that does.

    IAM: `dynamodb:Query` on the connection table, `dynamodb:GetItem` on the recovery table.

    Args:
        client: Low-level DynamoDB client.
        connection_table: Its name.
        recovery_table: Its name.
        now: The clock.
    """

    def __init__(
        self,
        client: "DynamoDBClient",
        *,
        connection_table: str,
        recovery_table: str,
        now: Callable[[], int],
    ) -> None:
        self._client = client
        self._connection_table = connection_table
        self._recovery_table = recovery_table
        self._now = now
        self._kept: BoundedCache[str, TenantPolicy] = BoundedCache(_KEPT_POLICIES)

    def of(self, tenant_id: str | None) -> TenantPolicy:
        """Return the policy of a tenant; people without one are under none.

        Raises:
            UnavailableError: DynamoDB did not answer; nobody may be let in on a guess.
        """
        if not tenant_id:
            return NOTHING_ENFORCED
        found = self._kept.find(tenant_id, now=self._now())
        if found is None:
            found = self._read(tenant_id)
            self._kept.keep(tenant_id, found, valid_until=self._now() + _KEPT_SECONDS)
        return found

    def _read(self, tenant_id: str) -> TenantPolicy:
        items = self._items(tenant_id)
        heads = [read_head(i) for i in items if i["item"]["S"].startswith(HEAD_PREFIX)]
        if not enforcement.policy(heads).is_enforced:
            return NOTHING_ENFORCED
        return enforcement.policy(heads, _emergency_users(items), self._lifted_until(tenant_id))

    def _items(self, tenant_id: str) -> "list[StoredItem]":
        """Return the heads, which sort right before the emergency access."""
        with calling("tenant policy: query"):
            answer = self._client.query(
                TableName=self._connection_table,
                KeyConditionExpression="tenant_id = :tenant AND #item BETWEEN :first AND :last",
                ExpressionAttributeNames={"#item": "item"},
                ExpressionAttributeValues={
                    ":tenant": {"S": tenant_id},
                    ":first": {"S": HEAD_PREFIX},
                    ":last": {"S": EMERGENCY_ITEM},
                },
                ConsistentRead=True,
            )
        return list(answer["Items"])

    def _lifted_until(self, tenant_id: str) -> int:
        with calling("tenant policy: lift"):
            answer = self._client.get_item(
                TableName=self._recovery_table,
                Key={"code_hash": {"S": lift_key(tenant_id)}},
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return int(item["lifted_until"]["N"]) if item else 0


def _emergency_users(items: "Iterable[StoredItem]") -> list[str]:
    return [
        user["S"]
        for item in items
        if item["item"]["S"] == EMERGENCY_ITEM
        for user in item["users"]["L"]
    ]
