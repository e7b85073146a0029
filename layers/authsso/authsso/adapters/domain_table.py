"""DynamoDB: e-mail domains, who has proven them, and who says that they are theirs.

Key `domain`. Two kinds of item:

acme.example               proven: one item, so one owner, a domain
claim#acme#acme.example    a tenant's claim that is not proven yet; others' claims do not block it

Domains are lower-case A-labels without a dot at the end, so they hold no `#`: no claim can be
mistaken for another tenant's, or for a proven domain (F21). Index `by_tenant` on `tenant_id` (ALL)
may lag behind by a moment.
"""

from typing import TYPE_CHECKING

from authsso.adapters.aws import calling
from authsso.protocol.domain_claim import ClaimedDomain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

__all__ = ["ClaimedDomain", "DomainTable"]

BY_TENANT = "by_tenant"


class DomainTable:
    """Reads; domain_changes.py writes.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem` on the table, `dynamodb:Query` on the index; the daily look-up
    `dynamodb:Scan` on the table.

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

    def find(self, tenant_id: str, domain: str) -> ClaimedDomain | None:
        """Return a domain as the tenant has it now, proven or claimed, or None."""
        proven = self._item(domain)
        if proven and proven["tenant_id"]["S"] == tenant_id:
            return read_domain(proven)
        claim = self._item(claim_key(tenant_id, domain))
        return read_domain(claim) if claim else None

    def domains(self, tenant_id: str) -> tuple[ClaimedDomain, ...]:
        """Return all that the tenant has claimed, proven or not, by name."""
        with calling("domain table: domains"):
            found = [read_domain(item) for item in self._items(tenant_id)]
        return tuple(sorted(found, key=lambda claimed: claimed.domain))

    def proven_domains(self, tenant_id: str) -> frozenset[str]:
        """Return the domains that the tenant has proven."""
        return frozenset(
            claimed.domain for claimed in self.domains(tenant_id) if claimed.proven_at is not None
        )

    def all_proven(self) -> "Iterator[tuple[str, ClaimedDomain]]":
        """Give every proven domain of every tenant with its owner; for the daily look-up."""
        pages = self._client.get_paginator("scan").paginate(
            TableName=self._table, FilterExpression="attribute_exists(proven_at)"
        )
        with calling("domain table: all"):
            for page in pages:
                for item in page["Items"]:
                    yield item["tenant_id"]["S"], read_domain(item)

    def _item(self, key: str) -> "Mapping[str, AttributeValueTypeDef] | None":
        with calling("domain table: find"):
            answer = self._client.get_item(
                TableName=self._table, Key={"domain": {"S": key}}, ConsistentRead=True
            )
        return answer.get("Item")

    def _items(self, tenant_id: str) -> "Iterator[Mapping[str, AttributeValueTypeDef]]":
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName=BY_TENANT,
            KeyConditionExpression="tenant_id = :tenant",
            ExpressionAttributeValues={":tenant": {"S": tenant_id}},
        )
        for page in pages:
            yield from page["Items"]


def claim_key(tenant_id: str, domain: str) -> str:
    """Name the item of a claim."""
    return f"claim#{tenant_id}#{domain}"


def read_domain(item: "Mapping[str, AttributeValueTypeDef]") -> ClaimedDomain:
    """Turn an item back into a domain."""

    def number(name: str) -> int | None:
        return int(item[name]["N"]) if name in item else None

    return ClaimedDomain(
        domain=item["domain"]["S"].rpartition("#")[2],
        proven_at=number("proven_at"),
        token=item["token"]["S"] if "token" in item else "",
        checked_at=number("checked_at"),
        missing_since=number("missing_since"),
    )
