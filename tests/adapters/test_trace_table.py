"""What every store of traces must do: the table, and the fake that stands for it."""

from dataclasses import replace

import pytest

from authsso.adapters.trace_table import TraceTable
from authsso.protocol.trace import Noted, Step, Summary, Trace
from harness.trace_fakes import FakeTraces

REFERENCE = "ABCDEFG2"
BEGUN = Summary("acme", REFERENCE, "sign_in", "azure", 3, 1_795_600_800)
WHOLE = Trace(
    replace(BEGUN, outcome="refused", person="ada@acme.example", error="email_missing"),
    connection_id="c" * 26,
    application="portal",
    steps=(Step("sent_to_provider", 0), Step("came_back", 4200)),
    findings=(Noted("entra_email_missing", 65004, "AADSTS65004: Ada declined.", "id"),),
    username="user-1",
    decision="linked",
    groups=("staff",),
    claims={"sub": "ada", "amr": ["pwd", "mfa"]},
    mapped={"email": "ada@acme.example"},
)


@pytest.fixture(params=["fake", "table"])
def store(request):
    if request.param == "fake":
        return FakeTraces()
    dynamodb = request.getfixturevalue("dynamodb")
    return TraceTable(dynamodb.client, dynamodb.new_table("TraceTable"), 30)


def begun(number, **changes):
    """The trace of the sign-in that began `number` seconds later than the first."""
    reference = REFERENCE[:-1] + "234567ABCDEFGHIJ"[number]
    summary = replace(BEGUN, reference=reference, started_at=BEGUN.started_at + number, **changes)
    return Trace(summary, connection_id="c" * 26, application="portal")


def test_F05_a_tenant_reads_its_own(store):
    store.save(WHOLE)
    assert store.find("globex", REFERENCE) is None
    assert store.summaries("globex", before=None, limit=9) == ((), None)


def test_nothing_that_was_written_is_lost(store):
    store.save(WHOLE)
    assert store.find("acme", REFERENCE) == (WHOLE, None)


def test_what_is_written_later_stands(store):
    store.save(begun(0))
    store.save(replace(begun(0), decision="created"))
    assert store.find("acme", begun(0).summary.reference)[0].decision == "created"


def test_tokens_are_noted_on_a_trace_that_is_there(store):
    store.record_tokens("acme", REFERENCE, 1_795_600_805_000)
    assert store.find("acme", REFERENCE) is None

    store.save(WHOLE)
    store.record_tokens("acme", REFERENCE, 1_795_600_805_000)
    assert store.find("acme", REFERENCE) == (WHOLE, 1_795_600_805_000)


@pytest.mark.parametrize(
    ("tenant_id", "reference", "ticket_hash"),
    [
        pytest.param("acme", REFERENCE, "wrong", id="wrong ticket"),
        pytest.param("globex", REFERENCE, "right", id="F05-other tenant"),
        pytest.param("acme", "ZZZZZZZ2", "right", id="other reference"),
    ],
)
def test_a_test_is_opened_by_its_own_ticket_alone(store, tenant_id, reference, ticket_hash):
    store.save(WHOLE, ticket_hash="right")
    assert store.open_test(tenant_id, reference, ticket_hash) is None
    assert store.open_test("acme", REFERENCE, "right") == WHOLE


def test_a_test_is_opened_once(store):
    store.save(WHOLE, ticket_hash="right")
    assert store.open_test("acme", REFERENCE, "right") == WHOLE
    assert store.open_test("acme", REFERENCE, "right") is None


def test_a_sign_in_is_no_test(store):
    store.save(WHOLE)
    assert store.open_test("acme", REFERENCE, "right") is None


def test_the_newest_comes_first_page_by_page(store):
    for number in (2, 0, 1, 3):
        store.save(begun(number))

    first, older = store.summaries("acme", before=None, limit=3)
    rest, end = store.summaries("acme", before=older, limit=3)

    newest = [begun(number).summary for number in (3, 2, 1, 0)]
    assert ([*first, *rest], end) == (newest, None)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"outcome": "refused"}, [4, 1]),
        ({"person": "ada"}, [4, 3]),
        ({"person": "ada", "outcome": "refused"}, [4]),
        ({"person": "nobody"}, []),
    ],
)
def test_the_list_is_filtered(store, wanted, numbers):
    store.save(begun(0))
    store.save(begun(1, outcome="refused"))
    store.save(begun(2, outcome="signed_in"))
    store.save(begun(3, outcome="signed_in", person="ada@acme.example"))
    store.save(begun(4, outcome="refused", person="ada@acme.example"))

    found, _ = store.summaries("acme", before=None, limit=9, **wanted)

    assert [summary.started_at - BEGUN.started_at for summary in found] == numbers


def test_a_narrow_filter_goes_on_page_by_page(store):
    for number in range(6):
        store.save(begun(number, outcome="refused" if number % 2 else "signed_in"))

    first, older = store.summaries("acme", before=None, limit=2, outcome="refused")
    rest, _ = store.summaries("acme", before=older, limit=2, outcome="refused")

    assert [one.started_at - BEGUN.started_at for one in (*first, *rest)] == [5, 3, 1]


def test_a_filter_that_ends_within_a_page_leaves_nobody_out(store):
    """The store looks at a hundred at a time, whatever is asked for."""
    for number in range(130):
        outcome = "signed_in" if number % 5 else "refused"
        one = begun(0, outcome=outcome)
        summary = replace(one.summary, reference=f"R{number}", started_at=number)
        store.save(replace(one, summary=summary))

    first, older = store.summaries("acme", before=None, limit=25, outcome="refused")
    rest, end = store.summaries("acme", before=older, limit=25, outcome="refused")

    assert [one.started_at for one in (*first, *rest)] == list(range(125, -1, -5))
    assert end is None


def test_traces_expire_after_their_retention(dynamodb):
    table = dynamodb.new_table("TraceTable")
    TraceTable(dynamodb.client, table, 30).save(WHOLE)
    (item,) = dynamodb.client.scan(TableName=table)["Items"]
    assert int(item["expires_at"]["N"]) == BEGUN.started_at + 30 * 86_400
