"""The two tables that the settings API writes, as template.yaml makes them, for adapter tests."""

from uuid import uuid4


def create_connection_table(client):
    """Create the table of connections under a name of its own."""
    return _create(
        client,
        "connections",
        {"tenant_id": "HASH", "item": "RANGE"},
        index={
            "IndexName": "by_connection_id",
            "KeySchema": [{"AttributeName": "connection_id", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        },
    )


def create_domain_table(client):
    """Create the table of domains under a name of its own."""
    return _create(
        client,
        "domains",
        {"domain": "HASH"},
        index={
            "IndexName": "by_tenant",
            "KeySchema": [{"AttributeName": "tenant_id", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
        },
    )


def _create(client, name, key, *, index):
    table = f"{name}-{uuid4().hex[:8]}"
    indexed = [part["AttributeName"] for part in index["KeySchema"]]
    client.create_table(
        TableName=table,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in key.items()],
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "S"} for name in (*key, *indexed)
        ],
        GlobalSecondaryIndexes=[index],
    )
    client.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 1})
    return table
