"""What Enable and Enforce need, and what they do."""

from dataclasses import replace

import pytest

from authsso.errors import SettingsError
from authsso.model import Connection
from authsso.protocol.connection_toggles import Evidence, Wanted, is_already, toggle

NOW = 1_000
DRAFT = Connection("t", "azure", "id", draft=1, last_number=1, revision=1)
LIVE = replace(DRAFT, draft=None, live=1, enabled=True)
ENFORCED = replace(LIVE, enforced=True, enforced_at=5)
FULL = Evidence(
    check_passed=True,
    has_proven_domain=True,
    has_emergency_access=True,
    administrator_signed_in=True,
)


@pytest.mark.parametrize(
    ("connection", "wanted", "evidence", "code"),
    [
        pytest.param(None, Wanted(enabled=True), FULL, "no_draft", id="nothing saved"),
        pytest.param(None, Wanted(enforced=True), FULL, "no_draft", id="F12-nothing saved"),
        pytest.param(
            replace(DRAFT, draft=None), Wanted(enabled=True), FULL, "no_draft", id="no version"
        ),
        pytest.param(
            replace(DRAFT, draft=None), Wanted(enabled=False), FULL, "no_draft", id="deleted"
        ),
        pytest.param(
            DRAFT, Wanted(enforced=True), FULL, "enforce_needs_enabled", id="F12-disabled"
        ),
        pytest.param(
            LIVE,
            Wanted(enforced=True),
            replace(FULL, has_proven_domain=False),
            "enforce_needs_domain",
            id="F12-nobody would be led to the provider",
        ),
        pytest.param(
            LIVE,
            Wanted(enforced=True),
            replace(FULL, has_emergency_access=False),
            "enforce_needs_emergency_access",
            id="F12-no emergency access",
        ),
        pytest.param(
            LIVE,
            Wanted(enforced=True),
            replace(FULL, administrator_signed_in=False),
            "enforce_needs_sign_in",
            id="F12-no sign-in",
        ),
        pytest.param(
            LIVE,
            Wanted(enforced=True),
            Evidence(),
            "enforce_needs_domain",
            id="F12-no evidence",
        ),
        pytest.param(ENFORCED, Wanted(enabled=False), FULL, "enforced", id="disable enforced"),
        pytest.param(
            LIVE, Wanted(enabled=False, enforced=True), FULL, "enforce_needs_enabled", id="both"
        ),
    ],
)
def test_a_toggle_that_may_not_move_is_409(connection, wanted, evidence, code):
    with pytest.raises(SettingsError, match=code) as refused:
        toggle(connection, wanted, evidence=evidence, now=NOW)

    assert refused.value.status == 409


@pytest.mark.parametrize(
    ("connection", "wanted", "change"),
    [
        pytest.param(
            DRAFT,
            Wanted(enabled=True),
            {"enabled": True, "live": 1, "draft": None, "live_since": NOW},
            id="first",
        ),
        pytest.param(
            replace(LIVE, enabled=False, draft=2),
            Wanted(enabled=True),
            {"enabled": True},
            id="again: the draft stays a draft",
        ),
        pytest.param(LIVE, Wanted(enabled=False), {"enabled": False}, id="disable"),
        pytest.param(
            LIVE, Wanted(enforced=True), {"enforced": True, "enforced_at": NOW}, id="enforce"
        ),
        pytest.param(
            DRAFT,
            Wanted(enabled=True, enforced=True),
            {
                "enabled": True,
                "enforced": True,
                "live": 1,
                "draft": None,
                "live_since": NOW,
                "enforced_at": NOW,
            },
            id="both at once",
        ),
        pytest.param(
            ENFORCED, Wanted(enforced=False), {"enforced": False, "enforced_at": None}, id="relax"
        ),
        pytest.param(
            ENFORCED,
            Wanted(enabled=False, enforced=False),
            {"enabled": False, "enforced": False, "enforced_at": None},
            id="relax and disable",
        ),
        pytest.param(ENFORCED, Wanted(enforced=True), {}, id="the beginning stays"),
    ],
)
def test_a_toggle_moves(connection, wanted, change):
    moved = toggle(connection, wanted, evidence=FULL, now=NOW)

    assert moved == replace(
        connection,
        revision=connection.revision + 1,
        changed_at=NOW,
        last_action="toggled",
        **change,
    )


OTHER = replace(ENFORCED, provider="okta")


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([], id="alone"),
        pytest.param([replace(OTHER, enforced=False)], id="beside one that is not enforced"),
        pytest.param([replace(OTHER, enabled=False)], id="beside one that is disabled"),
    ],
)
def test_the_last_enforced_connection_is_not_disabled(others):
    with pytest.raises(SettingsError, match="enforced") as refused:
        toggle(ENFORCED, Wanted(enabled=False), evidence=FULL, now=NOW, others=others)

    assert refused.value.status == 409


def test_one_of_two_enforced_connections_may_be_disabled_and_is_enforced_no_more():
    moved = toggle(ENFORCED, Wanted(enabled=False), evidence=FULL, now=NOW, others=[OTHER])

    assert (moved.enabled, moved.enforced, moved.enforced_at) == (False, False, None)


def test_what_stands_as_asked_is_recognised():
    assert is_already(LIVE, Wanted(enabled=True))
    assert is_already(LIVE, Wanted(enabled=True, enforced=False))
    assert not is_already(LIVE, Wanted(enabled=True, enforced=True))
