"""Draft, live, previous: which version is which after each step."""

from dataclasses import replace
from functools import partial

import pytest

from authsso.errors import SettingsError
from authsso.model import Connection
from authsso.protocol import connection_versions
from authsso.protocol.connection_versions import delete, is_repeated, roll_back

NOW = 1_000
activate = partial(connection_versions.activate, check_passed=True)
DRAFT = Connection("t", "azure", "id", draft=1, last_number=1, revision=1)
LIVE = replace(DRAFT, draft=2, live=1, enabled=True, last_number=2, revision=3)
SWAPPED = replace(LIVE, draft=None, live=2, previous=1)
ENFORCED = replace(LIVE, enforced=True, enforced_at=5)


def named(connection):
    return connection.live, connection.draft, connection.previous


@pytest.mark.parametrize(
    ("connection", "step", "expected"),
    [
        pytest.param(DRAFT, activate, (1, None, None), id="first"),
        pytest.param(LIVE, activate, (2, None, 1), id="second"),
        pytest.param(replace(SWAPPED, draft=3), activate, (3, None, 2), id="third"),
        pytest.param(
            replace(LIVE, live=None, previous=1), activate, (2, None, 1), id="nothing was live"
        ),
        pytest.param(SWAPPED, roll_back, (1, None, 2), id="back"),
        pytest.param(replace(SWAPPED, draft=3), roll_back, (1, 3, 2), id="the draft stays"),
    ],
)
def test_a_step_moves_the_names_and_nothing_else(connection, step, expected):
    after = step(connection, now=NOW)

    assert named(after) == expected
    assert (after.revision, after.changed_at) == (connection.revision + 1, NOW)
    assert (after.enabled, after.enforced) == (connection.enabled, connection.enforced)
    assert after.last_number == connection.last_number


def test_F11_the_first_that_goes_live_was_checked():
    with pytest.raises(SettingsError, match="enable_needs_check"):
        connection_versions.activate(DRAFT, check_passed=False, now=NOW)
    assert connection_versions.activate(LIVE, check_passed=False, now=NOW).live == 2


@pytest.mark.parametrize("step", [activate, roll_back])
def test_a_step_says_when_what_is_live_now_went_live(step):
    """And with it until when the previous version was."""
    before = replace(SWAPPED, draft=3, live_since=5)

    assert step(before, now=NOW).live_since == NOW
    assert delete(before, [], now=NOW).live_since is None


def test_rolling_back_twice_ends_where_it_began():
    assert named(roll_back(roll_back(SWAPPED, now=NOW), now=NOW)) == named(SWAPPED)


@pytest.mark.parametrize(
    ("connection", "step", "code"),
    [
        (None, activate, "no_draft"),
        (SWAPPED, activate, "no_draft"),
        (None, roll_back, "no_previous"),
        (LIVE, roll_back, "no_previous"),
    ],
)
def test_a_step_that_leads_nowhere_is_409(connection, step, code):
    with pytest.raises(SettingsError, match=code) as refused:
        step(connection, now=NOW)

    assert refused.value.status == 409


def test_f17_a_deleted_connection_goes_on_counting():
    gone = delete(replace(LIVE, previous=7), [], now=NOW)

    assert gone.is_empty
    assert (gone.enabled, gone.last_number, gone.revision) == (False, 2, 4)


@pytest.mark.parametrize(
    ("others", "is_refused"),
    [
        pytest.param([], True, id="alone"),
        pytest.param([replace(ENFORCED, enabled=False)], True, id="the other is disabled"),
        pytest.param([LIVE], True, id="the other is not enforced"),
        pytest.param([ENFORCED], False, id="the other is enforced"),
    ],
)
def test_the_last_enforced_connection_is_not_deleted(others, is_refused):
    if is_refused:
        with pytest.raises(SettingsError, match="enforced"):
            delete(ENFORCED, others, now=NOW)
    else:
        assert delete(ENFORCED, others, now=NOW).enforced is False


@pytest.mark.parametrize(
    ("connection", "action", "if_match", "expected"),
    [
        pytest.param(activate(LIVE, now=NOW), "activated", '"3"', True, id="sent again"),
        pytest.param(activate(LIVE, now=NOW), "activated", '"4"', False, id="a new request"),
        pytest.param(activate(LIVE, now=NOW), "activated", '"2"', False, id="older"),
        pytest.param(activate(LIVE, now=NOW), "rolled_back", '"3"', False, id="another action"),
        pytest.param(activate(LIVE, now=NOW), "activated", None, False, id="no condition"),
        pytest.param(None, "activated", '"0"', False, id="nothing there"),
    ],
)
def test_a_request_that_is_sent_again_is_recognised(connection, action, if_match, expected):
    assert is_repeated(connection, action, if_match) is expected
