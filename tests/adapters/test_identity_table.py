"""One identity, one user, both ways: the fake and DynamoDB, by the same tests (F20-F22)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from authsso.adapters.identity_table import IdentityTable
from authsso.errors import UnavailableError
from authsso.protocol.account import Link
from harness.fakes import FakeIdentities

ADA = Link(
    identity_hash="a" * 64,
    username="user-1",
    tenant_id="acme",
    connection_id="connection",
    issuer="https://idp.example",
    entra_tenant_id=None,
    entra_object_id=None,
)


@pytest.fixture(params=["fake", "real"])
def table(request):
    if request.param == "fake":
        return FakeIdentities()
    dynamodb = request.getfixturevalue("dynamodb")
    return IdentityTable(dynamodb.client, dynamodb.new_table("IdentityTable"))


def test_nothing_is_bound_at_first(table):
    assert table.of_identity("a" * 64) is None
    assert table.of_user("user-1") is None


@pytest.mark.parametrize(
    "link",
    [
        pytest.param(ADA, id="plain"),
        pytest.param(replace(ADA, entra_tenant_id="tid", entra_object_id="oid"), id="entra"),
    ],
)
def test_a_link_is_found_from_both_ends(table, link):
    assert table.save(link)
    assert table.of_identity("a" * 64) == link
    assert table.of_user("user-1") == link


def test_the_two_ends_cannot_be_taken_for_each_other(table):
    table.save(replace(ADA, username="a" * 64))
    assert table.of_identity("user-1") is None
    table.save(replace(ADA, identity_hash="b" * 64, username="user-2"))
    assert table.of_user("b" * 64) is None


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(ADA, identity_hash="b" * 64), id="F22-user-has-an-identity"),
        pytest.param(replace(ADA, username="user-2"), id="identity-has-a-user"),
    ],
)
def test_neither_end_is_bound_twice(table, other):
    table.save(ADA)
    assert not table.save(other)
    assert table.of_identity("a" * 64) == ADA
    assert table.of_user("user-1") == ADA
    assert table.of_identity("b" * 64) is None
    assert table.of_user("user-2") is None


def test_the_same_link_again_is_no_error(table):
    assert table.save(ADA)
    assert table.save(ADA)


def test_a_new_subject_takes_the_place_of_the_one_it_replaces(table):
    new = replace(ADA, identity_hash="b" * 64)
    table.save(ADA)
    assert table.save(new, replaces=ADA)
    assert table.of_identity("b" * 64) == new
    assert table.of_user("user-1") == new


def test_an_identity_moves_to_a_new_user_when_its_old_one_is_gone(table):
    new = replace(ADA, username="user-2")
    table.save(ADA)
    assert table.save(new, replaces=ADA)
    assert table.of_identity("a" * 64) == new


@pytest.mark.parametrize(
    ("standing", "new", "replaces"),
    [
        pytest.param(
            ADA,
            replace(ADA, identity_hash="b" * 64),
            replace(ADA, identity_hash="c" * 64),
            id="replaces-what-the-user-never-had",
        ),
        pytest.param(
            ADA,
            replace(ADA, identity_hash="b" * 64),
            replace(ADA, username="user-2"),
            id="replaces-the-link-of-another-user",
        ),
    ],
)
def test_only_what_stands_there_can_be_replaced(table, standing, new, replaces):
    table.save(standing)
    assert not table.save(new, replaces=replaces)
    assert table.of_user("user-1") == standing


def test_of_thirty_identities_at_once_exactly_one_gets_the_user(table):
    links = [replace(ADA, identity_hash=f"{n:064}") for n in range(30)]

    def attempt(link):
        try:
            return table.save(link)
        except UnavailableError:  # DynamoDB refuses some of many at once; they may try again
            return False

    with ThreadPoolExecutor(30) as pool:
        outcomes = list(pool.map(attempt, links))
    assert outcomes.count(True) == 1
    assert table.of_user("user-1") == links[outcomes.index(True)]


# --- the mark of single sign-on (design.md 6b)


def test_a_user_has_no_mark_at_first(table):
    assert table.sso_since("user-1") is None
    table.forget_sso("user-1")
    assert table.sso_since("user-1") is None
    assert table.of_user("user-1") is None


def test_the_last_mark_stands_until_it_is_taken_back(table):
    table.record_sso("user-1", 1000)
    table.record_sso("user-1", 2000)
    assert table.sso_since("user-1") == 2000
    assert table.sso_since("user-2") is None
    table.forget_sso("user-1")
    assert table.sso_since("user-1") is None


def test_a_mark_is_no_link_and_keeps_nobody_from_one(table):
    table.record_sso("user-1", 1000)
    assert table.of_user("user-1") is None
    assert table.save(ADA)
    table.record_sso("user-1", 2000)
    table.forget_sso("user-1")
    assert table.of_user("user-1") == ADA


def test_a_new_link_takes_the_mark_away(table):
    """Whoever is bound anew has to be signed out everywhere anew: the safe side."""
    table.record_sso("user-1", 1000)
    table.save(ADA)
    assert table.sso_since("user-1") is None


def test_a_dead_table_is_unavailable(dynamodb):
    table = IdentityTable(dynamodb.client, "no-such-table")
    for call in (
        lambda: table.of_user("user-1"),
        lambda: table.save(ADA),
        lambda: table.sso_since("user-1"),
        lambda: table.record_sso("user-1", 1000),
        lambda: table.forget_sso("user-1"),
    ):
        with pytest.raises(UnavailableError):
            call()
