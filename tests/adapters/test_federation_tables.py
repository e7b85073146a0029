"""How connections stand at the Cognito domain: the fakes and DynamoDB, by the same tests."""

from types import SimpleNamespace

import pytest

from authsso.adapters.federation_table import FederationTable
from authsso.adapters.hosted_sign_ins import BEGINNING_SECONDS, NOTE_SECONDS, HostedSignIns
from authsso.adapters.tenant_list import TenantList
from authsso.errors import UnavailableError
from authsso.protocol.federation_state import state_of
from harness.federation_fakes import FakeFederation, FakeHostedSignIns

NOW = 1_795_600_800
ID = "a" * 26


@pytest.fixture
def real_table(dynamodb):
    return FederationTable(dynamodb.client, dynamodb.new_table("FederationTable"))


@pytest.fixture(params=["fake", "real"])
def table(request):
    return FakeFederation() if request.param == "fake" else request.getfixturevalue("real_table")


@pytest.fixture(params=["fake", "real"])
def notes(request):
    if request.param == "fake":
        return FakeHostedSignIns()
    dynamodb = request.getfixturevalue("dynamodb")
    return HostedSignIns(dynamodb.client, dynamodb.new_table("CodeTable"))


def test_a_state_is_kept_until_it_is_removed(table):
    assert table.find(ID) is None
    for reason in ("busy", "offered"):
        table.save(ID, state_of(reason, at=NOW))
        assert table.find(ID) == state_of(reason, at=NOW)
    table.remove(ID)
    assert table.find(ID) is None
    table.remove(ID)


def test_one_at_a_time_changes_the_pool(real_table):
    with real_table.alone("first", lambda: NOW):
        refused = pytest.raises(UnavailableError)
        with refused as caught, real_table.alone("second", lambda: NOW):
            pass
        assert caught.value.code == "pool_busy"
    with real_table.alone("second", lambda: NOW):
        pass


def test_the_lease_ends_with_a_failure_too(real_table):
    with pytest.raises(RuntimeError), real_table.alone("first", lambda: NOW):
        raise RuntimeError
    with real_table.alone("second", lambda: NOW):
        pass


def test_the_lease_of_one_who_died_runs_out_and_is_not_given_back_by_the_dead(real_table):
    with real_table.alone("dead", lambda: NOW), real_table.alone("next", lambda: NOW + 121):
        pass
    late = real_table.alone("late", lambda: NOW + 121)
    with late, pytest.raises(UnavailableError), real_table.alone("dead", lambda: NOW + 121):
        pass


def test_a_note_of_a_hosted_sign_in_lives_ten_minutes(notes):
    notes.begin("ada", ID, NOW)
    assert notes.connection_of("ada", NOW) == ID
    assert notes.connection_of("ada", NOW + NOTE_SECONDS - 1) == ID
    assert notes.connection_of("ada", NOW + NOTE_SECONDS) is None


def test_a_sign_in_at_cognito_begins_once_and_at_once__F37(notes):
    assert notes.take_beginning("ada", NOW) is None
    notes.begin("ada", ID, NOW)
    assert notes.take_beginning("ada", NOW + BEGINNING_SECONDS) is None
    assert notes.take_beginning("ada", NOW + BEGINNING_SECONDS - 1) == ID
    assert notes.take_beginning("ada", NOW) is None
    assert notes.connection_of("ada", NOW) == ID, "it still tells how they came"
    notes.begin("ada", ID, NOW)
    assert notes.take_beginning("ada", NOW) == ID
    assert notes.connection_of("eve", NOW) is None


def test_the_last_note_of_a_person_counts(notes):
    notes.begin("ada", ID, NOW)
    notes.begin("ada", "b" * 26, NOW + 1)
    assert notes.connection_of("ada", NOW + 1) == "b" * 26


def test_tenants_are_those_with_a_connection(dynamodb):
    table = dynamodb.new_table("ConnectionTable")
    items = [
        ("globex", "connection#okta"),
        ("acme", "connection#azure"),
        ("acme", "connection#okta"),
        ("acme", "version#azure#000001"),
        ("initech", "tenant"),
    ]
    for tenant_id, item in items:
        dynamodb.client.put_item(
            TableName=table, Item={"tenant_id": {"S": tenant_id}, "item": {"S": item}}
        )
    assert TenantList(dynamodb.client, table).ids() == ("acme", "globex")


def test_every_failure_of_the_tables_is_ours():
    def broken(**_):
        raise UnavailableError("aws_unavailable")

    client = SimpleNamespace(get_item=broken, put_item=broken, delete_item=broken)
    with pytest.raises(UnavailableError):
        FederationTable(client, "t").find(ID)
