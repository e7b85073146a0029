"""DynamoDB: which tenants have connections. Reads the whole table; for the daily reconcile."""

from typing import TYPE_CHECKING

from authsso.adapters.aws import calling
from authsso.adapters.connection_items import HEAD_PREFIX

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class TenantList:
    """All tenants of a deployment.

    IAM: `dynamodb:Scan` on the connection table.

    Args:
        client: A low-level boto3 client.
        table: The connection table's name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def ids(self) -> tuple[str, ...]:
        """Return every tenant that has saved a connection, by name.

        Raises:
            UnavailableError: DynamoDB did not answer.
        """
        pages = self._client.get_paginator("scan").paginate(
            TableName=self._table,
            ProjectionExpression="tenant_id",
            FilterExpression="begins_with(#item, :heads)",
            ExpressionAttributeNames={"#item": "item"},
            ExpressionAttributeValues={":heads": {"S": HEAD_PREFIX}},
        )
        with calling("tenant list: ids"):
            return tuple(
                sorted({item["tenant_id"]["S"] for page in pages for item in page["Items"]})
            )
