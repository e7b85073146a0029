"""Every outcome at the Cognito domain has a state and a sentence."""

from typing import get_args

import pytest

from authsso.adapters.pool_federation import _REFUSALS
from authsso.protocol.cognito_provider import Obstacle
from authsso.protocol.federation_state import FederationState, shown, state_of

NOW = 1_795_600_800


@pytest.mark.parametrize("reason", [*get_args(Obstacle.__value__), *_REFUSALS.values()])
def test_every_obstacle_and_refusal_has_its_words(reason):
    state = state_of(reason, at=NOW)
    assert state.state in {"off", "unavailable"}
    assert state.message.endswith(".")
    if state.state == "unavailable":
        assert state.message.startswith("The Cognito domain is not available for this connection:")


@pytest.mark.parametrize(("reason", "state"), [("offered", "on"), ("busy", "working")])
def test_what_works_says_so(reason, state):
    assert state_of(reason, at=NOW).state == state


def seen(found, **changes):
    around = {"now": NOW, "is_offered": True, "on_since": NOW - 5}
    return shown(found, **(around | changes))


def test_what_nobody_has_looked_at_is_off():
    found = seen(None, on_since=None)
    assert found.state == "off"
    assert found.message == "Used once the connection is on; register it now all the same."


def test_where_no_application_uses_the_domain_nothing_is_promised():
    told = "No application here still uses the Cognito domain."
    assert [seen(None, is_offered=False, on_since=on).message for on in (None, NOW)] == [told] * 2


@pytest.mark.parametrize("found", [None, state_of("not_enabled", at=NOW - 99)])
def test_what_has_just_been_switched_on_is_being_set_up(found):
    assert seen(found) == FederationState("working", "Being set up; ready in a moment.", NOW - 5)
    assert seen(found, on_since=NOW - 901).state == "unavailable"


@pytest.mark.parametrize("reason", ["offered", "busy", "limit"])
def test_what_has_just_been_switched_off_is_off(reason):
    assert seen(state_of(reason, at=NOW - 99), on_since=None).state == "off"


@pytest.mark.parametrize("on_since", [None, NOW])
@pytest.mark.parametrize("reason", ["imported", "not_offered", "own_callback"])
def test_what_no_toggle_changes_is_said_whether_it_is_on_or_off(reason, on_since):
    found = state_of(reason, at=NOW - 99)
    assert seen(found, on_since=on_since) == found


@pytest.mark.parametrize(("age", "state"), [(0, "working"), (900, "working"), (901, "unavailable")])
def test_nobody_is_left_waiting_for_ever(age, state):
    found = state_of("busy", at=NOW - age)
    assert seen(found).state == state
    assert seen(found).at == NOW - age


def test_what_is_settled_is_shown_as_it_is():
    found = FederationState("on", "It is.", NOW - 10**6)
    assert seen(found) == found


def test_what_was_stored_in_other_words_is_followed_too():
    old = FederationState("off", "The connection is not enabled.", 5)
    assert seen(old, on_since=NOW - 5) == state_of("begun", at=NOW - 5)
