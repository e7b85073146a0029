"""A provider's name and identifiers lead to one tenant's connection, in the table itself."""

from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from authsso.adapters.imported_providers import ImportedProviders
from authsso.model import Connection


@pytest.fixture(scope="module")
def table(dynamodb):
    return dynamodb.new_table("ConnectionTable")


@pytest.fixture
def write(dynamodb, table):
    def put(tenant_id, name, *identifiers, given_up=()):
        imported = ImportedProviders(dynamodb.client, table)
        connection = Connection(tenant_id, "okta", "id", imported_from=name)
        items = imported.puts(connection, identifiers, given_up)
        dynamodb.client.transact_write_items(TransactItems=items)
        return imported

    return put


def test_found_by_name_and_by_identifier_and_by_nothing_else(write):
    name = f"Okta-{uuid4().hex}"
    imported = write("acme", name, f"{name}-1", f"{name}-2")
    assert imported.by_name(name) == ("acme", "okta")
    assert imported.by_identifier(f"{name}-2") == ("acme", "okta")
    assert imported.by_identifier(name) is None
    assert imported.by_name(name.lower()) is None
    assert imported.by_name("") is None


def test_F26_what_is_one_tenants_is_not_anothers(write):
    name = f"Okta-{uuid4().hex}"
    write("acme", name, f"{name}-1")
    write("acme", name, f"{name}-1")  # the same once more
    for taken in ((name,), (f"{name}-new", f"{name}-1")):
        with pytest.raises(ClientError, match="ConditionalCheckFailed"):
            write("globex", *taken)
    assert write("acme", name).by_name(f"{name}-new") is None
    assert write("acme", name).by_name(name) == ("acme", "okta")


def test_what_a_tenant_has_given_up_is_anothers(write):
    name = f"Okta-{uuid4().hex}"
    write("acme", name, f"{name}-1")
    moved_on = write("globex", name, f"{name}-1", given_up=("acme",))
    assert moved_on.by_name(name) == moved_on.by_identifier(f"{name}-1") == ("globex", "okta")
