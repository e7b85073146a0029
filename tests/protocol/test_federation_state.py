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


def test_what_nobody_has_looked_at_is_off():
    assert shown(None, now=NOW).state == "off"


@pytest.mark.parametrize(("age", "state"), [(0, "working"), (900, "working"), (901, "unavailable")])
def test_nobody_is_left_waiting_for_ever(age, state):
    found = state_of("busy", at=NOW - age)
    assert shown(found, now=NOW).state == state
    assert shown(found, now=NOW).at == NOW - age


def test_what_is_settled_is_shown_as_it_is():
    found = FederationState("on", "It is.", NOW - 10**6)
    assert shown(found, now=NOW) == found
