"""What functions share about silent providers: the real table, and the fake of other tests."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from authsso.adapters.circuit_table import CircuitTable
from harness.circuit_fakes import FakeCircuitTable

NOTHING = {"token": 0, "userinfo": 0}


@pytest.fixture(params=["dynamodb", "fake"])
def table(request):
    if request.param == "fake":
        return FakeCircuitTable()
    dynamodb = request.getfixturevalue("dynamodb")
    return CircuitTable(dynamodb.client, dynamodb.new_table("ProviderTable"))


def test_nothing_is_known_of_a_provider_that_answers(table):
    assert table.find("c") == NOTHING


def test_failures_are_counted_for_a_part_in_a_window(table):
    assert [table.count_failure("c", "token", 7) for _ in range(3)] == [1, 2, 3]
    assert table.count_failure("c", "userinfo", 7) == 1
    assert table.count_failure("d", "token", 7) == 1
    assert table.count_failure("c", "token", 8) == 1
    assert table.find("c") == NOTHING


def test_a_pause_is_of_one_part_of_one_connection(table):
    table.pause("c", "token", until=50)

    assert table.find("c") == {"token": 50, "userinfo": 0}
    assert table.find("d") == NOTHING
    table.pause("c", "token", until=0)
    assert table.find("c") == NOTHING


def test_one_of_many_gets_the_trial__J23(table):
    table.pause("c", "token", until=50)

    def claim(_):
        return table.claim_trial("c", "token", seen=50, until=65)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, range(20))) == 1
    assert table.find("c")["token"] == 65


def test_nobody_tries_what_is_not_paused(table):
    assert not table.claim_trial("c", "token", seen=50, until=65)
