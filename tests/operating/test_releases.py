"""Which code is live, the way back from a bad release, and what is thrown away."""

from datetime import UTC, datetime, timedelta

import pytest

from operating.releases import Release, prune, roll_back, show

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)


class FakeStack:
    """Three functions; Friday's deployment changed the first two, one of them is new."""

    def __init__(self):
        old = dict.fromkeys((1, 2, 3), MONDAY)
        self.live = {"triggers": 4, "login": 3, "new": 1}
        self.versions = {"triggers": old | {4: FRIDAY}, "login": old, "new": {1: FRIDAY}}
        self.left = {name: frozenset() for name in self.live}

    def releases(self):
        return tuple(
            Release(name, live, self.versions[name], self.left[name])
            for name, live in self.live.items()
        )

    def go_back(self, one, version):
        assert version in self.versions[one.name]
        self.live[one.name] = version
        self.left[one.name] |= {one.live}

    def deploy(self, name, at):
        number = max(self.versions[name]) + 1
        self.versions[name] = self.versions[name] | {number: at}
        self.live[name] = number

    def delete(self, name, version):
        assert version != self.live[name]
        self.versions[name] = {n: at for n, at in self.versions[name].items() if n != version}


@pytest.fixture
def stack():
    return FakeStack()


def test_a_dry_run_changes_nothing(stack):
    before = FakeStack()
    assert roll_back(stack, dry_run=True)[0] == "triggers: 4 -> 3"
    assert prune(stack, dry_run=True)
    assert (stack.live, stack.versions) == (before.live, before.versions)


def test_the_last_deployment_is_undone_where_it_changed_something(stack):
    told = roll_back(stack, dry_run=False)

    assert told == ["triggers: 4 -> 3", "new: stays at 1, there is none before it"]
    assert stack.live == {"triggers": 3, "login": 3, "new": 1}


def test_undoing_twice_undoes_no_more(stack):
    roll_back(stack, dry_run=False)
    assert "4 -> 3" not in " ".join(roll_back(stack, dry_run=False))
    assert stack.live["triggers"] == 3


def test_what_is_live_what_was_before_and_the_newest_stay(stack):
    assert prune(stack, dry_run=False) == [
        "triggers: 1 deleted",
        "triggers: 2 deleted",
        "login: 1 deleted",
    ]
    assert prune(stack, dry_run=False) == ["There is nothing to delete."]


def test_after_a_way_back_the_bad_release_is_still_there_to_look_at(stack):
    roll_back(stack, dry_run=False)
    prune(stack, dry_run=False)
    assert set(stack.versions["triggers"]) == {2, 3, 4}


def test_a_mend_that_fails_leads_back_to_what_was_good(stack):
    """Not to the release that somebody has gone back from, which a prune has thrown away."""
    roll_back(stack, dry_run=False)
    stack.deploy("triggers", FRIDAY + timedelta(hours=3))
    prune(stack, dry_run=False)
    assert roll_back(stack, dry_run=False) == ["triggers: 5 -> 3"]


def test_each_function_is_a_line(stack):
    assert show(stack.releases())[0] == "triggers: 4 of 2026-11-27 09:00, before it 3"
