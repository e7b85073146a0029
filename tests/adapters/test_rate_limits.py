"""So many in a minute over all functions, and hardly a call for it (F27, E37, J24)."""

import pytest
from botocore.exceptions import ClientError

from authsso.adapters.limit_table import LimitTable
from authsso.adapters.rate_limits import RateLimits
from authsso.protocol.rate_limit import Limit
from harness.limit_fakes import FakeLimitTable

T0 = 1_800_000_000 - 1_800_000_000 % 60
STRICT = Limit("strict", 10)
LEASED = Limit("leased", 100, free=20, lease=20)


class World:
    def __init__(self, table):
        self.table, self.now = table, T0

    def function(self):
        return RateLimits(self.table, now=lambda: self.now)


@pytest.fixture(params=["dynamodb", "fake"])
def world(request):
    if request.param == "fake":
        return World(FakeLimitTable())
    dynamodb = request.getfixturevalue("dynamodb")
    return World(LimitTable(dynamodb.client, dynamodb.new_table("LimitTable")))


@pytest.fixture
def counting():
    return World(FakeLimitTable())


def admitted(function, limit, subject="acme", times=1):
    return sum(function.admits(limit, subject) for _ in range(times))


def test_F27_one_subject_gets_no_more_than_the_limit_over_all_functions(world):
    functions = [world.function() for _ in range(3)]
    assert sum(admitted(each, STRICT, times=8) for each in functions) == 10
    assert admitted(world.function(), STRICT) == 0


def test_F27_another_subject_and_another_limit_are_untouched(world):
    function = world.function()
    assert admitted(function, STRICT, times=50) == 10
    assert admitted(function, STRICT, "globex", times=5) == 5
    assert admitted(function, Limit("other", 10), times=5) == 5


def test_the_next_minute_begins_anew(world):
    function = world.function()
    assert admitted(function, STRICT, times=50) == 10
    world.now += 59
    assert admitted(function, STRICT) == 0
    world.now += 1
    assert admitted(function, STRICT, times=50) == 10


def test_what_comes_now_and_then_costs_no_call(counting):
    function = counting.function()
    for _ in range(5):
        assert admitted(function, LEASED, times=20) == 20
        counting.now += 60
    assert counting.table.takes == []


def test_F27_a_flood_costs_a_call_in_twenty_and_ends(counting):
    functions = [counting.function() for _ in range(10)]
    total = sum(admitted(each, LEASED, times=500) for each in functions)
    assert total == 100 + 10 * LEASED.free
    assert len(counting.table.takes) <= 100 / 20 + len(functions)


def test_E37_whoever_has_spent_it_is_known_without_a_call(counting):
    function = counting.function()
    assert not function.is_spent(LEASED, "acme")
    admitted(function, LEASED, times=500)
    counting.table.takes.clear()

    assert function.is_spent(LEASED, "acme")
    assert not function.is_spent(LEASED, "globex")
    assert counting.table.takes == []
    counting.now += 60
    assert not function.is_spent(LEASED, "acme")


def test_when_the_counters_fail_people_go_on(counting):
    counting.table.error = ClientError({"Error": {"Code": "Throttled"}}, "UpdateItem")
    assert admitted(counting.function(), STRICT, times=50) == 50


def test_subjects_cannot_be_spelled_into_each_other(counting):
    function = counting.function()
    admitted(function, Limit("a", 1), "b#1", times=2)
    assert admitted(function, Limit("a", 1), "b") == 1
    assert all(len(key) == 64 for key in counting.table.taken)


def test_J24_many_subjects_leave_a_bounded_memory(counting):
    function = counting.function()
    for number in range(5000):
        admitted(function, LEASED, f"t{number}")
    assert len(function._known._entries) == 1024
