"""Which state an edit is meant for (RFC 9110, 13.1)."""

import pytest

from authsso.errors import SettingsError
from authsso.model import Connection
from authsso.protocol.edit_condition import EditCondition, check, entity_tag

STANDING = Connection("t", "azure", "id", draft=1, revision=3)
DELETED = Connection("t", "azure", "id", revision=3)


@pytest.mark.parametrize(
    ("condition", "current", "status", "code"),
    [
        (EditCondition(), STANDING, 428, "condition_required"),
        (EditCondition('"2"'), STANDING, 412, "changed_meanwhile"),
        (EditCondition('"03"'), STANDING, 412, "changed_meanwhile"),
        (EditCondition("3"), STANDING, 400, "condition_malformed"),
        (EditCondition("*"), STANDING, 400, "condition_malformed"),
        (EditCondition('"2", "3"'), STANDING, 400, "condition_malformed"),
        (EditCondition('W/"3"'), STANDING, 400, "condition_malformed"),
        (EditCondition(None, "*"), STANDING, 412, "changed_meanwhile"),
        (EditCondition('"3"', "*"), STANDING, 412, "changed_meanwhile"),
        (EditCondition(None, '"3"'), STANDING, 400, "condition_malformed"),
        (EditCondition('"3"'), None, 412, "changed_meanwhile"),
        (EditCondition('"3"'), DELETED, 412, "changed_meanwhile"),
    ],
)
def test_an_edit_of_another_state_is_refused(condition, current, status, code):
    with pytest.raises(SettingsError, match=code) as refused:
        check(condition, current)

    assert refused.value.status == status


@pytest.mark.parametrize(
    ("condition", "current", "revision"),
    [
        (EditCondition(entity_tag(STANDING)), STANDING, 3),
        (EditCondition(), None, 0),
        (EditCondition(None, "*"), None, 0),
        (EditCondition(), DELETED, 3),
        (EditCondition(None, "*"), DELETED, 3),
    ],
)
def test_an_edit_of_the_standing_state_goes_through(condition, current, revision):
    assert check(condition, current) == revision
