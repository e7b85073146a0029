"""What every store of connections must do: the table, and the fake that stands for it."""

from dataclasses import replace
from time import time_ns
from uuid import uuid4

import pytest

from authsso.adapters.audit_table import AuditTable
from authsso.adapters.connection_changes import ConnectionChanges
from authsso.adapters.connection_table import ConnectionTable
from authsso.errors import SettingsError, UnavailableError
from authsso.model import Connection
from authsso.protocol.audit_event import Actor, AuditEvent
from harness.providers import metadata, version
from harness.settings_fakes import FakeConnections


class Tables(ConnectionTable, ConnectionChanges):
    """Reads and writes in one, as the fake has them."""

    def __init__(self, client, table, audit_table):
        ConnectionTable.__init__(self, client, table, lambda: f"token-{uuid4().hex}")
        self.audit = AuditTable(client, audit_table, 1)
        self._audit = self.audit


@pytest.fixture(scope="module")
def table_name(dynamodb):
    return dynamodb.new_table("ConnectionTable")


@pytest.fixture(scope="module")
def audit_name(dynamodb):
    return dynamodb.new_table("AuditTable")


@pytest.fixture(params=["fake", "table"])
def store(request):
    if request.param == "fake":
        return FakeConnections()
    client = request.getfixturevalue("dynamodb").client
    names = (request.getfixturevalue(name) for name in ("table_name", "audit_name"))
    return Tables(client, *names)


def told(store, tenant):
    """The actions that the audit log tells of."""
    return [event.action for event in store.audit.events(tenant, before=None, limit=9)]


def an_event(tenant, action="draft_saved"):
    actor = Actor("anna", None, "192.0.2.1")
    return AuditEvent(tenant, f"{time_ns():019d}-x", 7, actor, action, "azure", {})


@pytest.fixture
def tenant():
    return f"tenant-{uuid4().hex}"


def a_connection(store, tenant, provider="azure", **changes):
    connection_id = store.connection_ids(tenant)[provider]
    fields = {"draft": 1, "last_number": 1, "revision": 1, "changed_at": 7}
    return Connection(tenant, provider, connection_id, **(fields | changes))


def saved(store, tenant, provider="azure"):
    connection = a_connection(store, tenant, provider)
    store.save_version(
        connection, version(1), request_digest="d", expected_revision=0, events=[an_event(tenant)]
    )
    return connection


def test_ids_exist_from_the_first_look_and_stay(store, tenant):
    ids = store.connection_ids(tenant)

    assert ids == store.connection_ids(tenant)
    assert len(set(ids.values())) == 7
    assert all(len(found) == 26 and found.isalnum() and found.islower() for found in ids.values())


def test_f17_ids_differ_between_tenants(store, tenant):
    others = store.connection_ids(f"{tenant}-other")

    assert not set(others.values()) & set(store.connection_ids(tenant).values())


def test_nothing_is_found_before_the_first_save(store, tenant):
    assert store.connection(tenant, "azure") is None
    assert store.connections(tenant) == ()
    assert store.version(tenant, "azure", 1) is None
    assert store.by_connection_id(store.connection_ids(tenant)["azure"]) is None


def test_a_version_and_its_head_come_back_as_saved(store, tenant):
    connection = a_connection(store, tenant, enforced_at=None)
    whole = version(
        1,
        metadata=metadata(end_session_endpoint="https://idp.example.com/end"),
        attribute_mapping={"email": "mail"},
        group_mapping={"a, b": "c"},
        secret_expires_on="2027-03-31",
    )

    store.save_version(connection, whole, request_digest="digest", expected_revision=0, events=[])

    assert store.connection(tenant, "azure") == connection
    assert store.connections(tenant) == (connection,)
    assert store.version(tenant, "azure", 1) == whole
    assert store.saved_version(tenant, "azure", 1) == (whole, "digest")
    assert store.by_connection_id(connection.connection_id) == (tenant, "azure")


def test_f05_another_tenants_connection_is_not_found(store, tenant):
    saved(store, tenant)

    assert store.connection(f"{tenant}x", "azure") is None
    assert store.connections(f"{tenant}x") == ()
    assert store.version(f"{tenant}x", "azure", 1) is None


def test_f21_keys_cannot_be_confused(store, tenant):
    saved(store, f"{tenant}#connection")
    saved(store, tenant, "oidc")

    assert [found.provider for found in store.connections(tenant)] == ["oidc"]
    assert store.connection(f"{tenant}#connection#azure", "azure") is None


def test_all_connections_of_a_tenant_are_listed_without_their_versions(store, tenant):
    first, second = saved(store, tenant, "azure"), saved(store, tenant, "okta")

    assert set(store.connections(tenant)) == {first, second}


def test_f13_of_two_first_saves_one_wins(store, tenant):
    winner = saved(store, tenant)

    with pytest.raises(SettingsError, match="changed_meanwhile") as refused:
        store.save_version(
            a_connection(store, tenant, changed_at=8),
            version(2),
            request_digest="d",
            expected_revision=0,
            events=[an_event(tenant)],
        )

    assert told(store, tenant) == ["draft_saved"]
    assert refused.value.status == 412
    assert store.connection(tenant, "azure") == winner
    assert store.version(tenant, "azure", 2) is None


def test_f13_a_version_is_never_written_twice(store, tenant):
    connection = saved(store, tenant)

    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.save_version(
            replace(connection, revision=2),
            version(1, client_id="other"),
            request_digest="d",
            expected_revision=1,
            events=[],
        )

    assert store.connection(tenant, "azure") == connection
    assert store.version(tenant, "azure", 1) == version(1)


def test_f13_a_stale_save_leaves_nothing_of_itself(store, tenant):
    connection = saved(store, tenant)
    store.write(replace(connection, enabled=True, revision=2), expected_revision=1, events=[])

    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.save_version(
            replace(connection, draft=2, revision=2),
            version(2),
            request_digest="d",
            expected_revision=1,
            events=[],
        )

    assert store.version(tenant, "azure", 2) is None
    assert store.connection(tenant, "azure").enabled is True


def test_the_next_save_builds_on_the_revision_that_stands(store, tenant):
    connection = saved(store, tenant)
    following = replace(connection, draft=2, last_number=2, revision=2)

    store.save_version(following, version(2), request_digest="d", expected_revision=1, events=[])

    assert store.connection(tenant, "azure") == following
    assert store.version(tenant, "azure", 1) == version(1)


def test_a_head_is_written_on_its_own_revision_only(store, tenant):
    connection = saved(store, tenant)
    live = replace(connection, live=1, draft=None, enabled=True, revision=2, enforced_at=9)

    store.write(live, expected_revision=1, events=[an_event(tenant, "enabled")])

    assert store.connection(tenant, "azure") == live
    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.write(
            replace(connection, enforced=True, revision=2),
            expected_revision=1,
            events=[an_event(tenant, "enforced")],
        )
    assert store.connection(tenant, "azure") == live
    assert told(store, tenant) == ["enabled", "draft_saved"]


def test_f13_a_write_waits_for_what_it_was_judged_on(store, tenant):
    azure, okta = saved(store, tenant), saved(store, tenant, "okta")
    store.write(replace(okta, enabled=True, revision=2), expected_revision=1, events=[])
    enabled = replace(azure, enabled=True, revision=2)

    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.write(enabled, expected_revision=1, events=[], unchanged=[okta])
    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.write(enabled, expected_revision=1, events=[], emergency_revision=1)
    assert store.connection(tenant, "azure") == azure

    now = store.connection(tenant, "okta")
    store.write(enabled, expected_revision=1, events=[], unchanged=[now], emergency_revision=0)
    assert store.connection(tenant, "azure") == enabled


def test_all_versions_are_listed_until_they_are_forgotten(store, tenant):
    connection = saved(store, tenant)
    saved(store, f"{tenant}-other")
    following = replace(connection, draft=2, last_number=2, revision=2)
    store.save_version(following, version(2), request_digest="d", expected_revision=1, events=[])

    assert store.versions(tenant, "azure") == (version(1), version(2))
    store.forget_version(tenant, "azure", 1)
    store.forget_version(tenant, "azure", 1)
    assert store.versions(tenant, "azure") == (version(2),)
    assert store.versions(tenant, "okta") == ()


def test_a_head_that_does_not_exist_is_not_written(store, tenant):
    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.write(a_connection(store, tenant, revision=2), expected_revision=1, events=[])


@pytest.mark.parametrize("empty", ["", "no-such-id"])
def test_an_unknown_connection_id_is_nobodys(store, empty):
    assert store.by_connection_id(empty) is None


# The table alone


def test_two_functions_that_meet_a_new_tenant_agree_on_its_ids(dynamodb, table_name, tenant):
    class Late(ConnectionTable):
        """Reads before the other has written."""

        def _item(self, *_):
            return None

    first = ConnectionTable(dynamodb.client, table_name, lambda: "first").connection_ids(tenant)
    late = Late(dynamodb.client, table_name, lambda: "late")

    assert late.connection_ids(tenant) == first


def test_a_version_is_read_once(dynamodb, table_name, audit_name, tenant):
    store = Tables(dynamodb.client, table_name, audit_name)
    saved(store, tenant)
    kept = store.version(tenant, "azure", 1)
    dynamodb.client.delete_item(
        TableName=table_name,
        Key={"tenant_id": {"S": tenant}, "item": {"S": "version#azure#000001"}},
    )

    assert store.version(tenant, "azure", 1) is kept


def test_the_index_holds_heads_and_no_versions(dynamodb, table_name, audit_name, tenant):
    connection = saved(Tables(dynamodb.client, table_name, audit_name), tenant)

    answer = dynamodb.client.query(
        TableName=table_name,
        IndexName="by_connection_id",
        KeyConditionExpression="connection_id = :id",
        ExpressionAttributeValues={":id": {"S": connection.connection_id}},
    )

    assert [item["item"]["S"] for item in answer["Items"]] == ["connection#azure"]


def test_an_outage_is_ours_to_tell(dynamodb, table_name):
    store = Tables(dynamodb.client, "no-such-table", "no-such-table")

    with pytest.raises(UnavailableError, match="aws_unavailable"):
        store.connection("tenant", "azure")


def test_j25_no_change_without_its_event(dynamodb, table_name, tenant):
    store = Tables(dynamodb.client, table_name, "no-such-table")

    with pytest.raises(UnavailableError, match="aws_unavailable"):
        saved(store, tenant)
    assert store.connection(tenant, "azure") is None
