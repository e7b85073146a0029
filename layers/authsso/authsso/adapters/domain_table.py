"""DynamoDB: e-mail domains and which tenant has proven them.

Key `domain`: lower case, IDNA A-labels, no dot at the end; one item, so one owner, a domain. A
claim that is not proven yet has no `proven_at`. Index `by_tenant` on `tenant_id` (ALL).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from authsso.adapters.aws import calling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

BY_TENANT = "by_tenant"


@dataclass(frozen=True, slots=True)
class ClaimedDomain:
    """An e-mail domain that a tenant says is its own.

    Args:
        domain: As an A-label, lower case.
        proven_at: When DNS proved it; None while nothing does.
    """

    domain: str
    proven_at: int | None


class DomainTable:
    """Reads; claims and proofs are written by the settings API.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem` on the table, `dynamodb:Query` on the index.

    Args:
        client: A low-level boto3 client.
        table: The table's name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def proven_owner(self, domain: str) -> str | None:
        """Return the tenant that has proven exactly this domain, or None; claims do not count."""
        if not domain:  # DynamoDB takes no empty key
            return None
        with calling("domain table: owner"):
            answer = self._client.get_item(TableName=self._table, Key={"domain": {"S": domain}})
        item = answer.get("Item", {})
        return item["tenant_id"]["S"] if "proven_at" in item else None

    def domains(self, tenant_id: str) -> tuple[ClaimedDomain, ...]:
        """Return all that the tenant has claimed, proven or not, by name."""
        with calling("domain table: domains"):
            found = [_read(item) for item in self._items(tenant_id)]
        return tuple(sorted(found, key=lambda claimed: claimed.domain))

    def proven_domains(self, tenant_id: str) -> frozenset[str]:
        """Return the domains that the tenant has proven."""
        return frozenset(
            claimed.domain for claimed in self.domains(tenant_id) if claimed.proven_at is not None
        )

    def _items(self, tenant_id: str) -> "Iterator[dict[str, AttributeValueTypeDef]]":
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName=BY_TENANT,
            KeyConditionExpression="tenant_id = :tenant",
            ExpressionAttributeValues={":tenant": {"S": tenant_id}},
        )
        for page in pages:
            yield from page["Items"]


def _read(item: "dict[str, AttributeValueTypeDef]") -> ClaimedDomain:
    proven_at = int(item["proven_at"]["N"]) if "proven_at" in item else None
    return ClaimedDomain(item["domain"]["S"], proven_at)
