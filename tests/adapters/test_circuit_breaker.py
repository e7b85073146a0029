"""A tenant's dead provider costs nobody else anything, and itself little (J22, J23, J24)."""

import pytest
from botocore.exceptions import ClientError

from authsso.adapters.circuit_breaker import REMEMBERED_SECONDS, CircuitBreaker
from authsso.errors import ProviderError, UnavailableError
from authsso.protocol.circuit import PAUSE_SECONDS
from harness.circuit_fakes import FakeCircuitTable

T0 = 1_800_000_000 - 1_800_000_000 % 30
HANG = 5


class World:
    """One table, one clock, providers that hang, and as many functions as one likes."""

    def __init__(self):
        self.table, self.now, self.dead, self.asked = FakeCircuitTable(), T0, set(), 0

    def function(self):
        return CircuitBreaker(self.table, now=lambda: self.now)

    def sign_in(self, function, connection="c", part="token"):
        """Return how it ended; the clock goes on as long as it took."""
        try:
            with function.calling(connection, part):
                self.ask(connection)
        except ProviderError as error:
            return error.code
        return "signed in"

    def ask(self, connection):
        self.asked += 1
        if connection in self.dead:
            self.now += HANG
            raise ProviderError("provider_timeout")

    def open(self, connection="c"):
        """Have five functions find out that a provider is dead; return one that knows."""
        self.dead.add(connection)
        started = self.now
        for _ in range(5):
            self.now = started
            function = self.function()
            assert self.sign_in(function, connection) == "provider_timeout"
        return function


@pytest.fixture
def world():
    return World()


def test_J23_five_failures_end_the_waiting_for_everybody(world):
    knows = world.open()
    world.asked = 0

    assert world.sign_in(knows) == "provider_paused"
    assert [world.sign_in(world.function()) for _ in range(200)] == ["provider_paused"] * 200
    assert world.asked == 0


def test_J22_another_connection_notices_nothing(world):
    knows = world.open("c")

    assert world.sign_in(knows, "d") == "signed in"
    assert world.sign_in(world.function(), "d") == "signed in"
    assert world.sign_in(knows, "c", "userinfo") == "provider_timeout"


def test_J23_after_the_pause_one_tries_and_the_others_wait(world):
    functions = [world.function() for _ in range(10)]
    world.open()
    world.now += PAUSE_SECONDS
    world.asked, now = 0, world.now

    ended = []
    for function in functions:
        world.now = now  # at once
        ended.append(world.sign_in(function))

    assert ended == ["provider_timeout"] + ["provider_paused"] * 9
    assert world.asked == 1


def test_J23_a_trial_that_is_answered_lets_everybody_in(world):
    knows, other = world.open(), world.function()
    assert world.sign_in(other) == "provider_paused"
    world.dead.clear()
    assert world.sign_in(knows) == "provider_paused", "not before the pause has ended"
    world.now += PAUSE_SECONDS

    assert world.sign_in(knows) == "signed in"
    assert world.sign_in(other) == "signed in"
    assert world.sign_in(world.function()) == "signed in"


def test_an_answer_that_says_no_ends_the_pause_too(world):
    knows = world.open()
    world.now += PAUSE_SECONDS

    with pytest.raises(ProviderError, match="invalid_grant"), knows.calling("c", "token"):
        raise ProviderError("provider_invalid_grant")

    world.dead.clear()
    assert world.sign_in(world.function()) == "signed in"


def test_a_fault_of_ours_says_nothing_about_the_provider(world):
    function = world.function()
    for _ in range(20):
        with pytest.raises(UnavailableError), function.calling("c", "token"):
            raise UnavailableError("aws_unavailable")
    assert "count_failure" not in world.table.calls
    assert world.sign_in(function) == "signed in"


def test_failures_far_apart_pause_nobody(world):
    world.dead.add("c")
    function = world.function()
    for _ in range(20):
        assert world.sign_in(function) == "provider_timeout"
        world.now += 30


def test_a_busy_provider_that_fails_now_and_then_is_not_paused(world):
    busy = [world.function() for _ in range(20)]
    for function in busy:
        assert world.sign_in(function) == "signed in"
        world.dead.add("c")
        started = world.now
        assert world.sign_in(function) == "provider_timeout"
        world.dead.clear()
        world.now = started  # all within one moment
    assert "pause" not in world.table.calls


def test_a_sign_in_whose_provider_answers_costs_no_call(world):
    function = world.function()
    world.sign_in(function)
    world.table.calls.clear()

    for _ in range(10):
        world.now += REMEMBERED_SECONDS - 1
        assert world.sign_in(function) == "signed in"
    assert world.table.calls == []

    world.now += REMEMBERED_SECONDS
    world.sign_in(function)
    assert world.table.calls == ["find"]


def test_the_first_sign_in_of_a_function_costs_one_read_for_both_parts(world):
    function = world.function()
    world.sign_in(function, part="token")
    world.sign_in(function, part="userinfo")
    assert world.table.calls == ["find"]


def test_when_the_table_fails_people_still_sign_in(world):
    knows = world.open()
    world.table.error = ClientError({"Error": {"Code": "Throttled"}}, "GetItem")
    world.dead.clear()
    assert world.sign_in(world.function()) == "signed in"
    world.now += PAUSE_SECONDS
    assert world.sign_in(knows) == "signed in"
    world.dead.add("c")
    assert world.sign_in(knows) == "provider_timeout"


def test_J24_ten_thousand_connections_leave_a_bounded_memory(world):
    function = world.function()
    for number in range(10_000):
        world.sign_in(function, f"c{number}")
    assert len(function._known._entries) == 512
