"""What every store of audit events must do: the table, and the fake that stands for it."""

import pytest

from authsso.adapters.audit_table import AuditTable, read_event
from authsso.errors import UnavailableError
from authsso.protocol.audit_event import Actor, AuditEvent, event_id
from harness.settings_fakes import FakeAudit

ANNA = Actor("anna", "anna@a.example", "192.0.2.1")


@pytest.fixture(params=["fake", "table"])
def store(request):
    if request.param == "fake":
        return FakeAudit()
    dynamodb = request.getfixturevalue("dynamodb")
    return AuditTable(dynamodb.client, dynamodb.new_table("AuditTable"), 400)


def event(number, tenant="a", **changes):
    fields = {"at": 7, "actor": ANNA, "action": "enabled", "subject": "azure", "details": {"n": 1}}
    return AuditEvent(tenant, event_id(number, "token-1234567"), **(fields | changes))


def test_the_newest_comes_first_page_by_page(store):
    written = [event(number) for number in (9, 10, 100)]
    for one in written:
        store.record(one)

    first = store.events("a", before=None, limit=2)
    rest = store.events("a", before=first[-1].event_id, limit=2)

    assert [*first, *rest] == written[::-1]
    assert store.events("a", before=rest[-1].event_id, limit=2) == ()


def test_f05_a_tenant_reads_its_own(store):
    store.record(event(1))

    assert store.events("b", before=None, limit=9) == ()
    assert store.events("b", before=event(2).event_id, limit=9) == ()


def test_a_scheduled_job_has_no_address(store):
    store.record(event(1, actor=Actor("authsso", None, "")))

    assert store.events("a", before=None, limit=1)[0].actor == Actor("authsso", None, "")


def test_f28_an_event_is_never_overwritten(dynamodb):
    store = AuditTable(dynamodb.client, dynamodb.new_table("AuditTable"), 400)
    store.record(event(1))

    with pytest.raises(UnavailableError):
        store.record(event(1, action="disabled"))
    assert store.events("a", before=None, limit=9) == (event(1),)


def test_events_expire_after_their_retention(dynamodb):
    table = dynamodb.new_table("AuditTable")
    AuditTable(dynamodb.client, table, 2).record(event(1, at=10))

    [item] = dynamodb.client.scan(TableName=table)["Items"]

    assert item["expires_at"] == {"N": str(10 + 2 * 86_400)}
    assert read_event(item) == event(1, at=10)
