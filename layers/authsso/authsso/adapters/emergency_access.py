"""DynamoDB: emergency access of a tenant, in two tables that change together.

The item `emergency-access` in the connection table: `users` (usernames, a list), `revision`,
`code_hashes` and `codes_made_at`. Each code has an item of its own in the recovery table
(recovery_items.py), which /recover spends. The hashes of the set that counts are kept here as
well, since an index would lag behind: a new set voids exactly the old one, in one transaction.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from authsso.adapters import transaction
from authsso.adapters.aws import calling
from authsso.adapters.connection_changes import EMERGENCY_ITEM, unchanged
from authsso.adapters.connection_items import head_item
from authsso.adapters.recovery_items import lift_key
from authsso.protocol.edit_condition import changed_meanwhile
from authsso.protocol.emergency_access import EmergencyAccess

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import PutTypeDef, TransactWriteItemTypeDef

    from authsso.adapters.audit_table import AuditTable
    from authsso.adapters.connection_items import Item
    from authsso.model import Connection
    from authsso.protocol.audit_event import AuditEvent


class EmergencyAccessTable:
    """What the settings API does with it.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem`, `dynamodb:PutItem` and `dynamodb:ConditionCheckItem` on the connection
    table; `dynamodb:GetItem`, `dynamodb:BatchGetItem`, `dynamodb:PutItem` and
    `dynamodb:DeleteItem` on the recovery table; `dynamodb:PutItem` on the audit table.

    Args:
        client: A low-level boto3 client.
        connection_table: Its name.
        recovery_table: Its name.
        audit: Gives the part of the transaction that tells of the change.
    """

    def __init__(
        self,
        client: "DynamoDBClient",
        *,
        connection_table: str,
        recovery_table: str,
        audit: "AuditTable",
    ) -> None:
        self._client = client
        self._connections = connection_table
        self._recovery = recovery_table
        self._audit = audit

    def get(self, tenant_id: str) -> EmergencyAccess:
        """Return what a tenant has set up; nothing at all before the first time."""
        with calling("emergency access: get"):
            answer = self._client.get_item(
                TableName=self._connections,
                Key={"tenant_id": {"S": tenant_id}, "item": {"S": EMERGENCY_ITEM}},
                ConsistentRead=True,
            )
        item = answer.get("Item")
        if item is None:
            return EmergencyAccess()
        return EmergencyAccess(
            usernames=tuple(user["S"] for user in item["users"]["L"]),
            code_hashes=tuple(code["S"] for code in item["code_hashes"]["L"]),
            codes_made_at=int(item["codes_made_at"]["N"]) if "codes_made_at" in item else None,
            revision=int(item["revision"]["N"]),
        )

    def codes_left(self, access: EmergencyAccess) -> int:
        """Count the codes of the last set that nobody has spent."""
        if not access.code_hashes:
            return 0
        with calling("emergency access: codes left"):
            answer = self._client.batch_get_item(
                RequestItems={
                    self._recovery: {
                        "Keys": [{"code_hash": {"S": found}} for found in access.code_hashes],
                        "ConsistentRead": True,
                    }
                }
            )
        return sum("spent_at" not in item for item in answer["Responses"][self._recovery])

    def lifted_until(self, tenant_id: str) -> int:
        """Return until when a spent code lifts the tenant's enforcement; 0 when none has."""
        with calling("emergency access: lift"):
            answer = self._client.get_item(
                TableName=self._recovery,
                Key={"code_hash": {"S": lift_key(tenant_id)}},
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return int(item["lifted_until"]["N"]) if item else 0

    def save_users(
        self,
        tenant_id: str,
        access: EmergencyAccess,
        *,
        events: "Sequence[AuditEvent]",
        unchanged_heads: "Sequence[Connection]" = (),
    ) -> None:
        """Replace the list of users.

        Args:
            tenant_id: Whose.
            access: As it shall be; its revision follows the one that was read.
            events: What was done.
            unchanged_heads: On which the change was judged; they must stand as they were.

        Raises:
            SettingsError: `changed_meanwhile`: somebody else wrote first; nothing was changed.
        """
        checks = [
            unchanged(self._connections, tenant_id, head_item(head.provider), head.revision)
            for head in unchanged_heads
        ]
        self._commit([self._put(tenant_id, access), *checks], events)

    def save_codes(
        self,
        tenant_id: str,
        access: EmergencyAccess,
        *,
        voided: Sequence[str],
        events: "Sequence[AuditEvent]",
    ) -> None:
        """Write a new set of codes; the old ones stop working with it.

        Args:
            tenant_id: Whose.
            access: As it shall be, with the new hashes.
            voided: The old hashes.
            events: What was done.

        Raises:
            SettingsError: `changed_meanwhile`: somebody else wrote first; nothing was changed.
        """
        new = [self._new_code(tenant_id, access, code_hash) for code_hash in access.code_hashes]
        old: list[TransactWriteItemTypeDef] = [
            {"Delete": {"TableName": self._recovery, "Key": {"code_hash": {"S": code_hash}}}}
            for code_hash in voided
        ]
        self._commit([self._put(tenant_id, access), *old, *new], events)

    def _commit(
        self, items: "Sequence[TransactWriteItemTypeDef]", events: "Sequence[AuditEvent]"
    ) -> None:
        refusal = changed_meanwhile("emergency access", "list")
        whole = [*items, *self._audit.puts(events)]
        transaction.commit(self._client, "emergency access", whole, refusal=refusal)

    def _put(self, tenant_id: str, access: EmergencyAccess) -> "TransactWriteItemTypeDef":
        put: PutTypeDef = {
            "TableName": self._connections,
            "Item": _item(tenant_id, access),
            "ConditionExpression": "attribute_not_exists(revision)",
        }
        if expected := access.revision - 1:
            put["ConditionExpression"] = "revision = :expected"
            put["ExpressionAttributeValues"] = {":expected": {"N": str(expected)}}
        return {"Put": put}

    def _new_code(
        self, tenant_id: str, access: EmergencyAccess, code_hash: str
    ) -> "TransactWriteItemTypeDef":
        return {
            "Put": {
                "TableName": self._recovery,
                "Item": {
                    "code_hash": {"S": code_hash},
                    "tenant_id": {"S": tenant_id},
                    "made_at": {"N": str(access.codes_made_at)},
                },
                "ConditionExpression": "attribute_not_exists(code_hash)",
            }
        }


def _item(tenant_id: str, access: EmergencyAccess) -> "Item":
    made_at = access.codes_made_at
    return {
        "tenant_id": {"S": tenant_id},
        "item": {"S": EMERGENCY_ITEM},
        "users": {"L": [{"S": username} for username in access.usernames]},
        "code_hashes": {"L": [{"S": code_hash} for code_hash in access.code_hashes]},
        "revision": {"N": str(access.revision)},
        **({"codes_made_at": {"N": str(made_at)}} if made_at is not None else {}),
    }
