"""DynamoDB: which connections a tenant has, and every version that was saved.

Key `tenant_id` and `item`; the tenant is part of every key, so no read or write can reach
another tenant's items (F26). The items of one tenant:

tenant                     the random salt that its connection ids derive from
connection#azure           the head: toggles, and which version is live, draft, previous
version#azure#000003       one version, written once and never changed
emergency-access           who may use a password, and which recovery codes count
                           (emergency_access.py)

Beside them lies which connection a provider of the user pool has become (imported_providers.py).

Index `by_connection_id` (KEYS_ONLY) holds the heads.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.adapters.bounded_cache import BoundedCache
from authsso.adapters.connection_items import (
    HEAD_PREFIX,
    TENANT_ITEM,
    connection_ids,
    head_item,
    read_head,
    read_version,
    version_item,
    versions_of,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import PutTypeDef

    from authsso.adapters.connection_items import Item, StoredItem
    from authsso.model import Connection, ConnectionVersion, ProviderKind

BY_CONNECTION_ID = "by_connection_id"
_CONDITION_FAILED = "ConditionalCheckFailedException"
_KEPT_VERSIONS = 256


class ConnectionKey(NamedTuple):
    """Where a connection is kept."""

    tenant_id: str
    provider: "ProviderKind"


class SavedVersion(NamedTuple):
    """A version and the digest of the request that wrote it (protocol/request_digest.py)."""

    version: "ConnectionVersion"
    request_digest: str


class ConnectionTable:
    """Reads for all functions, one a call at most; writes are connection_changes.py's.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem` and `dynamodb:Query` on the table, `dynamodb:Query` on the index;
    for the salt of a new tenant also `dynamodb:PutItem`.

    Args:
        client: A low-level boto3 client.
        table: The table's name.
        new_token: Gives an unguessable string.
    """

    def __init__(self, client: "DynamoDBClient", table: str, new_token: Callable[[], str]) -> None:
        self._client = client
        self._table = table
        self._new_token = new_token
        self._versions: BoundedCache[tuple[str, str], SavedVersion] = BoundedCache(_KEPT_VERSIONS)

    def connection_ids(self, tenant_id: str) -> "Mapping[ProviderKind, str]":
        """Return the id of each provider kind's connection, saved already or not.

        The first call for a tenant writes its salt; of two first calls one wins, and both answer
        with the winner's.
        """
        item = self._item(tenant_id, TENANT_ITEM) or self._new_tenant(tenant_id)
        return connection_ids(item["salt"]["S"])

    def connections(self, tenant_id: str) -> "tuple[Connection, ...]":
        """Return the heads of all connections that the tenant has saved."""
        with calling("connection table: connections"):
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression="tenant_id = :tenant AND begins_with(#item, :heads)",
                ExpressionAttributeNames={"#item": "item"},
                ExpressionAttributeValues={
                    ":tenant": {"S": tenant_id},
                    ":heads": {"S": HEAD_PREFIX},
                },
                ConsistentRead=True,
            )
        return tuple(read_head(item) for item in answer["Items"])

    def connection(self, tenant_id: str, provider: "ProviderKind") -> "Connection | None":
        """Return the head as it is now, or None before the first save."""
        item = self._item(tenant_id, head_item(provider))
        return read_head(item) if item else None

    def by_connection_id(self, connection_id: str) -> ConnectionKey | None:
        """Return where a connection is kept, or None. The index may lag behind by a moment."""
        if not connection_id:  # DynamoDB takes no empty key
            return None
        with calling("connection table: by connection id"):
            answer = self._client.query(
                TableName=self._table,
                IndexName=BY_CONNECTION_ID,
                KeyConditionExpression="connection_id = :id",
                ExpressionAttributeValues={":id": {"S": connection_id}},
            )
        for item in answer["Items"]:
            kind = item["item"]["S"].removeprefix(HEAD_PREFIX)
            return ConnectionKey(item["tenant_id"]["S"], cast("ProviderKind", kind))
        return None

    def version(
        self, tenant_id: str, provider: "ProviderKind", number: int
    ) -> "ConnectionVersion | None":
        """Return one version, or None. Kept in memory: a version never changes."""
        saved = self.saved_version(tenant_id, provider, number)
        return saved.version if saved else None

    def saved_version(
        self, tenant_id: str, provider: "ProviderKind", number: int
    ) -> SavedVersion | None:
        """Return one version with the digest of the request that wrote it, or None."""
        key = (tenant_id, version_item(provider, number))
        saved = self._versions.find(key)
        if saved is None and (item := self._item(*key)):
            version = read_version(item["version"]["S"])
            saved = SavedVersion(version, item["request_digest"]["S"])
            self._versions.keep(key, saved)
        return saved

    def versions(self, tenant_id: str, provider: "ProviderKind") -> "tuple[ConnectionVersion, ...]":
        """Return every version that is stored, named by the head or not, by number."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="tenant_id = :tenant AND begins_with(#item, :versions)",
            ExpressionAttributeNames={"#item": "item"},
            ExpressionAttributeValues={
                ":tenant": {"S": tenant_id},
                ":versions": {"S": versions_of(provider)},
            },
            ConsistentRead=True,
        )
        with calling("connection table: versions"):
            return tuple(
                read_version(item["version"]["S"]) for page in pages for item in page["Items"]
            )

    def _item(self, tenant_id: str, item: str) -> "StoredItem | None":
        if not tenant_id:  # DynamoDB takes no empty key
            return None
        with calling(f"connection table: {item}"):
            answer = self._client.get_item(
                TableName=self._table,
                Key={"tenant_id": {"S": tenant_id}, "item": {"S": item}},
                ConsistentRead=True,
            )
        return answer.get("Item")

    def _new_tenant(self, tenant_id: str) -> "StoredItem":
        item: Item = {
            "tenant_id": {"S": tenant_id},
            "item": {"S": TENANT_ITEM},
            "salt": {"S": self._new_token()},
        }
        try:
            with calling("connection table: new tenant", _CONDITION_FAILED):
                self._client.put_item(**self._put_new(item))
        except ClientError as error:
            return cast("StoredItem", _standing_item(error))
        return cast("StoredItem", item)

    def _put_new(self, item: "Item") -> "PutTypeDef":
        return {
            "TableName": self._table,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(#item)",
            "ExpressionAttributeNames": {"#item": "item"},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }


def _standing_item(error: "ClientError") -> "Mapping[str, object] | None":
    """Return what stood where a conditional put failed; boto3's stubs do not know it."""
    return cast("dict[str, Mapping[str, object]]", error.response).get("Item")
