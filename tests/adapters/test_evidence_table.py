"""What every store of results must do: the table, and the fake that stands for it."""

import pytest

from authsso.adapters.evidence_table import EvidenceTable, Result
from harness.trace_fakes import FakeResults

CONNECTION = "c" * 26


@pytest.fixture(params=["fake", "table"])
def store(request):
    if request.param == "fake":
        return FakeResults()
    dynamodb = request.getfixturevalue("dynamodb")
    return EvidenceTable(dynamodb.client, dynamodb.new_table("EvidenceTable"))


def of_version(number):
    return Result(number, 1_795_600_800 + number, "anna", passed=True, findings=("clocks_differ",))


@pytest.fixture
def drafted(store):
    """Version 1 is live, and each of twenty drafts after it was checked."""
    for number in range(1, 22):
        store.record_result("check", CONNECTION, of_version(number), named={1, number})
    return store


def test_a_version_in_use_keeps_its_result_through_many_drafts(drafted):
    found = drafted.results("check", CONNECTION)
    assert (found[1], found[21]) == (of_version(1), of_version(21))


def test_results_of_versions_that_were_left_behind_go(drafted):
    assert len(drafted.results("check", CONNECTION)) < 10
    assert 2 not in drafted.results("check", CONNECTION)


def test_an_older_version_that_is_tried_again_keeps_its_new_result(drafted):
    again = Result(3, 1_795_700_000, "anna", passed=False)
    drafted.record_result("check", CONNECTION, again, named={3})
    assert drafted.results("check", CONNECTION)[3] == again


def test_checks_and_tests_are_kept_apart(drafted):
    assert drafted.results("test", CONNECTION) == {}
