"""DynamoDB: which connection a provider of the user pool has become, by its name or identifier.

In the connection table, beside the tenants' items, with a first key that no tenant has:

imported-provider#Okta / imported        a provider, by its name in the pool
imported-identifier#acme / imported      one of its IdpIdentifiers

Written by the operator's import alone (local/existing_pool); a name or identifier belongs to one
connection.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, cast

from authsso.adapters.aws import calling

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from authsso.model import Connection, ProviderKind

_ITEM = "imported"
_NAME = "imported-provider#"
_IDENTIFIER = "imported-identifier#"


class ImportedKey(NamedTuple):
    """Where the connection is kept that a provider of the pool has become."""

    tenant_id: str
    provider: "ProviderKind"


class ImportedProviders:
    """Finds connections by what applications call their provider at the Cognito domain.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem` on the connection table; the operator's import also
    `dynamodb:PutItem`.

    Args:
        client: A low-level boto3 client.
        table: The connection table's name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def by_name(self, name: str) -> ImportedKey | None:
        """Return where the connection is that was imported from the provider of that name."""
        return self._find(f"{_NAME}{name}")

    def by_identifier(self, identifier: str) -> ImportedKey | None:
        """Return where the connection is whose provider has that IdpIdentifier."""
        return self._find(f"{_IDENTIFIER}{identifier}")

    def puts(
        self, connection: "Connection", identifiers: Iterable[str], given_up: Iterable[str] = ()
    ) -> "list[TransactWriteItemTypeDef]":
        """Return the parts of a transaction that make a provider this connection's, or fail it.

        Args:
            connection: With `imported_from`.
            identifiers: The provider's IdpIdentifiers.
            given_up: Tenants whose connection with it was deleted.
        """
        owners = {f":o{n}": one for n, one in enumerate([connection.tenant_id, *given_up])}
        keys = [f"{_NAME}{connection.imported_from}", *(f"{_IDENTIFIER}{i}" for i in identifiers)]
        return [
            {
                "Put": {
                    "TableName": self._table,
                    "Item": {
                        "tenant_id": {"S": key},
                        "item": {"S": _ITEM},
                        "owner": {"S": connection.tenant_id},
                        "kind": {"S": connection.provider},
                    },
                    "ConditionExpression": (
                        f"attribute_not_exists(#item) OR #owner IN ({', '.join(owners)})"
                    ),
                    "ExpressionAttributeNames": {"#item": "item", "#owner": "owner"},
                    "ExpressionAttributeValues": {n: {"S": one} for n, one in owners.items()},
                }
            }
            for key in keys
        ]

    def _find(self, key: str) -> ImportedKey | None:
        with calling("imported providers: find"):
            answer = self._client.get_item(
                TableName=self._table,
                Key={"tenant_id": {"S": key}, "item": {"S": _ITEM}},
                ConsistentRead=True,
            )
        item = answer.get("Item")
        if item is None:
            return None
        return ImportedKey(item["owner"]["S"], cast("ProviderKind", item["kind"]["S"]))
