"""What every store of emergency access must do: the tables, and the fake that stands for them."""

from dataclasses import replace
from time import time_ns

import pytest

from authsso.adapters.audit_table import AuditTable
from authsso.adapters.connection_changes import ConnectionChanges
from authsso.adapters.emergency_access import EmergencyAccessTable
from authsso.adapters.recovery_items import lift_key
from authsso.errors import SettingsError
from authsso.model import Connection
from authsso.protocol.audit_event import Actor, AuditEvent
from authsso.protocol.emergency_access import EmergencyAccess
from harness.providers import version
from harness.settings_fakes import FakeEmergencyAccess

CODES = tuple(f"{number:064x}" for number in range(10))
NEW_CODES = tuple(f"{number:064x}" for number in range(10, 20))


class Tables(EmergencyAccessTable):
    def __init__(self, dynamodb):
        names = ("ConnectionTable", "RecoveryTable", "AuditTable")
        connections, recovery, audit = (dynamodb.new_table(name) for name in names)
        self.audit = AuditTable(dynamodb.client, audit, 1)
        self.connections = ConnectionChanges(dynamodb.client, connections, self.audit)
        self.recovery = recovery
        super().__init__(
            dynamodb.client, connection_table=connections, recovery_table=recovery, audit=self.audit
        )

    def lift(self, tenant_id, until):
        self._client.update_item(
            TableName=self.recovery,
            Key={"code_hash": {"S": lift_key(tenant_id)}},
            UpdateExpression="SET lifted_until = :until",
            ExpressionAttributeValues={":until": {"N": str(until)}},
        )

    def spend(self, code_hash):
        self._client.update_item(
            TableName=self.recovery,
            Key={"code_hash": {"S": code_hash}},
            UpdateExpression="SET spent_at = :now",
            ExpressionAttributeValues={":now": {"N": "7"}},
        )


@pytest.fixture(params=["fake", "table"])
def store(request):
    if request.param == "table":
        return Tables(request.getfixturevalue("dynamodb"))
    fake = FakeEmergencyAccess()
    fake.audit = fake.connections.audit
    fake.spend = fake.spent.add
    fake.lift = fake.lifts.__setitem__
    return fake


def event(action="emergency_users_changed"):
    actor = Actor("anna", None, "192.0.2.1")
    return AuditEvent("a", f"{time_ns():019d}-x", 7, actor, action, "emergency_access", {})


def told(store):
    return [found.action for found in store.audit.events("a", before=None, limit=9)]


def test_there_is_nothing_before_the_first_time(store):
    assert store.get("a") == EmergencyAccess()
    assert store.codes_left(EmergencyAccess()) == 0


def test_users_and_codes_are_kept(store):
    named = EmergencyAccess(("anna", "bert"), revision=1)
    with_codes = replace(named, code_hashes=CODES, codes_made_at=7, revision=2)

    store.save_users("a", named, events=[event()])
    store.save_codes("a", with_codes, voided=(), events=[event("recovery_codes_made")])

    assert store.get("a") == with_codes
    assert store.codes_left(with_codes) == 10
    assert store.get("b") == EmergencyAccess()
    assert told(store) == ["recovery_codes_made", "emergency_users_changed"]


def test_a_spent_code_does_not_count(store):
    access = EmergencyAccess((), CODES, 7, 1)
    store.save_codes("a", access, voided=(), events=[])

    store.spend(CODES[0])

    assert store.codes_left(access) == 9


def test_a_lift_is_its_own_tenants(store):
    assert store.lifted_until("a") == 0

    store.lift("a", 3607)

    assert (store.lifted_until("a"), store.lifted_until("b")) == (3607, 0)


def test_new_codes_void_the_old_ones(store):
    store.save_codes("a", EmergencyAccess((), CODES, 7, 1), voided=(), events=[])
    new = EmergencyAccess((), NEW_CODES, 8, 2)

    store.save_codes("a", new, voided=CODES, events=[])

    assert store.codes_left(new) == 10
    assert store.codes_left(EmergencyAccess((), CODES, 7, 1)) == 0


@pytest.mark.parametrize("revision", [1, 3], ids=["again", "too far"])
def test_f13_of_two_at_once_one_wins(store, revision):
    first = EmergencyAccess(("anna",), revision=1)
    store.save_users("a", first, events=[event()])
    late = EmergencyAccess(("bert",), codes_made_at=7, revision=revision)

    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.save_users("a", late, events=[event()])
    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.save_codes("a", replace(late, code_hashes=CODES), voided=(), events=[event()])

    assert store.get("a") == first
    assert store.codes_left(replace(late, code_hashes=CODES)) == 0
    assert told(store) == ["emergency_users_changed"]


def test_a_list_is_emptied_only_while_the_connections_stand_as_judged(store):
    head = Connection("a", "azure", "id", draft=1, last_number=1, revision=1)
    store.connections.save_version(
        head, version(1), request_digest="", expected_revision=0, events=[]
    )
    enforced = replace(head, enforced=True, revision=2)
    store.connections.write(enforced, expected_revision=1, events=[])
    empty = EmergencyAccess(revision=1)

    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.save_users("a", empty, events=[], unchanged_heads=[head])
    store.save_users("a", empty, events=[], unchanged_heads=[enforced])

    assert store.get("a") == empty


def test_enforcing_waits_for_the_emergency_access_it_was_judged_on(store):
    head = Connection("a", "azure", "id", draft=1, last_number=1, revision=1)
    store.connections.save_version(
        head, version(1), request_digest="", expected_revision=0, events=[]
    )
    store.save_users("a", EmergencyAccess(("anna",), revision=1), events=[])
    enforced = replace(head, enforced=True, revision=2)

    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.connections.write(enforced, expected_revision=1, events=[], emergency_revision=0)
    store.connections.write(enforced, expected_revision=1, events=[], emergency_revision=1)
