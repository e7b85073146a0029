"""The provider's groups -> Cognito groups: never more than is named and allowed (F23, D13)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authsso.protocol import group_mapping
from authsso.protocol.group_mapping import Changes, Mapped, Memberships

ALLOWED = ("agents", "sales")
MAPPING = {"g-agents": "agents", "g-night-shift": "agents", "g-sales": "sales"}


def decide(groups, mapping=MAPPING, allowed=ALLOWED):
    return group_mapping.decide(mapping, groups, allowed)


def are(held=(), withheld=()):
    return Memberships(frozenset(held), frozenset(withheld))


@pytest.mark.parametrize(
    ("mapping", "allowed"),
    [
        pytest.param({"g": "tenant-admins"}, ALLOWED, id="F23-tampered-table"),
        pytest.param({"g": "tenant-admins"}, ("tenant-admins",), id="F23-even-if-allowed"),
        pytest.param({"g": "agents"}, (), id="F23-nothing-is-allowed-any-more"),
        pytest.param({"g": "agents"}, ("sales",), id="F23-this-one-is-not-allowed-any-more"),
        pytest.param({"g": "Agents"}, ALLOWED, id="our-group-in-other-case"),
        pytest.param({"g": "agents "}, ALLOWED, id="our-group-with-a-blank"),
        pytest.param({"g": ""}, ALLOWED, id="our-group-is-empty"),
        pytest.param({}, ALLOWED, id="nothing-is-mapped"),
    ],
)
def test_what_is_not_allowed_is_neither_given_nor_taken(mapping, allowed):
    decided = decide(["g"], mapping, allowed)
    assert decided == are()
    assert decided.changes(["tenant-admins", "agents", "Agents"]) == Changes((), ())


@pytest.mark.parametrize(
    "groups",
    [
        pytest.param([], id="none"),
        pytest.param(["G-AGENTS"], id="other-case"),
        pytest.param([" g-agents"], id="blank"),
        pytest.param(["agents"], id="F23-our-own-name"),
        pytest.param(["g-agents,g-sales"], id="F08-two-in-one"),
        pytest.param(["g-agents] [g-sales"], id="F08-brackets"),
        pytest.param(["tenant-admins"], id="F23-administrators"),
        pytest.param([f"g-{number}" for number in range(10_000)], id="D13-ten-thousand-others"),
    ],
)
def test_whoever_is_in_no_mapped_group_is_taken_out_of_all_of_them(groups):
    assert decide(groups) == are(withheld=ALLOWED)


def test_one_of_two_ways_into_a_group_is_enough():
    assert decide(["g-night-shift"]) == are(held={"agents"}, withheld={"sales"})


def test_a_mapped_group_is_found_among_ten_thousand__D13():
    groups = [*(f"g-{number}" for number in range(10_000)), "g-sales"]
    assert decide(groups) == are(held={"sales"}, withheld={"agents"})


def test_an_entry_that_is_not_allowed_does_not_spoil_the_others():
    mapping = MAPPING | {"g-agents": "tenant-admins"}
    assert decide(["g-agents", "g-sales"], mapping) == are(held={"sales"}, withheld={"agents"})


@pytest.mark.parametrize(
    ("current", "changes"),
    [
        pytest.param([], Changes((), ("agents",)), id="joins"),
        pytest.param(["agents"], Changes((), ()), id="is-in-already"),
        pytest.param(["sales"], Changes(("sales",), ("agents",)), id="moves"),
        pytest.param(
            ["tenant-admins", "others", "agents"], Changes((), ()), id="F23-others-are-not-touched"
        ),
    ],
)
def test_only_what_differs_is_changed(current, changes):
    assert decide(["g-agents"]).changes(current) == changes


@given(
    mapping=st.dictionaries(st.text(max_size=3), st.sampled_from(["tenant-admins", "a", "b", "A"])),
    groups=st.lists(st.text(max_size=3)),
    allowed=st.lists(st.sampled_from(["tenant-admins", "a", "b"])),
    current=st.lists(st.sampled_from(["tenant-admins", "a", "b", "c"])),
)
def test_whatever_is_mapped_the_rest_of_the_pool_is_left_alone(mapping, groups, allowed, current):
    changes = group_mapping.decide(mapping, groups, allowed).changes(current)
    touched = {*changes.to_leave, *changes.to_join}
    assert touched <= set(mapping.values()) & set(allowed) - {"tenant-admins"}
    assert not set(changes.to_leave) & set(changes.to_join)


def test_a_preview_tells_of_each_group_where_it_leads():
    groups = ["g-sales", "other", "g-boss", "g-sales"]
    mapping = MAPPING | {"g-boss": "tenant-admins"}
    assert group_mapping.preview(mapping, groups, ALLOWED) == (
        Mapped("g-sales", "sales"),
        Mapped("other", None),
        Mapped("g-boss", None),
    )
