"""The callback through its app, on a pool whose usernames are addresses: nobody is taken over.

There Cognito has each address once, verified or not, and names new users itself.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from authsso.errors import UnavailableError
from harness.callback_answers import record_of, told, welcomed
from harness.sign_in_world import Browser, services, user

ADDRESS = "ada@acme.example"


def address_pool(*users, **changes):
    made = services(users=list(users), **changes)
    made.users.named_by_address = True
    return made


@pytest.fixture
def world():
    return address_pool()


# --- an address that somebody has

HOLDERS = [
    pytest.param({"tenant_id": "globex"}, id="F19-user-of-another-tenant"),
    pytest.param({"tenant_id": None}, id="F22-user-of-no-tenant"),
    pytest.param({"email_verified": False}, id="F35-squatted-in-the-own-tenant"),
    pytest.param({"tenant_id": "globex", "email_verified": False}, id="F35-squatted-elsewhere"),
    pytest.param({"tenant_id": None, "email_verified": False}, id="F35-signed-up-and-left"),
    pytest.param({"tenant_id": "globex", "enabled": False}, id="F38-disabled-elsewhere"),
]


@pytest.mark.parametrize("is_listed", [True, False], ids=["listed", "made-meanwhile"])
@pytest.mark.parametrize("change", HOLDERS)
def test_an_address_that_is_somebodys_username_is_refused(browser, logged, change, is_listed):
    holder = user("holder", **change)
    world = browser.services = address_pool(holder)
    if not is_listed:
        world.users.unlisted.add("holder")
    assert told(browser.sign_in()) == "access_denied"
    assert "email_taken" in logged()
    assert world.users.kept == {"holder": holder}
    done = (world.users.created, world.users.confirmed, world.users.linked)
    assert not any((*done, world.codes.kept, world.identities.kept))


def test_who_has_not_proven_the_domain_learns_of_no_user__F19(browser, logged):
    browser.services = address_pool(
        user("holder", tenant_id="globex"), domains={"acme.example": "globex"}
    )
    assert told(browser.sign_in()) == "access_denied"
    assert "domain_not_proven" in logged()
    assert "email_taken" not in logged()


def test_a_known_person_is_not_disturbed_by_a_squatter__F35(browser, world):
    first = record_of(world, browser.sign_in())
    world.users.kept["squatter"] = user("squatter", tenant_id="globex")
    assert record_of(world, browser.sign_in()).username == first.username


# --- who comes in


def test_a_new_user_has_the_name_that_cognito_gave(browser, world):
    record = record_of(world, browser.sign_in())
    (made,) = world.users.kept.values()
    assert (made.tenant_id, made.email, made.email_verified) == ("acme", ADDRESS, True)
    assert record.username == made.username != ADDRESS
    assert world.identities.of_user(made.username).tenant_id == "acme"
    assert record_of(world, browser.sign_in()).username == made.username
    assert world.users.created == [made.username]


def test_an_existing_user_is_linked(browser):
    world = browser.services = address_pool(user(), domains={})
    assert record_of(world, browser.sign_in()).username == "user-1"
    assert not world.users.created


def test_a_deleted_user_comes_back_as_a_new_one(browser, world):
    before = record_of(world, browser.sign_in()).username
    world.users.kept.clear()
    after = record_of(world, browser.sign_in()).username
    assert after != before
    assert record_of(world, browser.sign_in()).username == after


# --- in the middle of it


@pytest.mark.parametrize("call", ["users.create", "identities.save", "users.find", "codes.save"])
def test_a_crash_in_the_middle_leaves_one_user(browser, world, call):
    world.failures[call] = UnavailableError("aws_unavailable", "crash")
    assert told(browser.sign_in()) == "server_error"
    world.failures.clear()
    welcomed(browser.sign_in())
    (made,) = world.users.kept
    assert world.users.created == [made]
    assert world.identities.of_user(made) is not None


def test_a_user_left_by_a_crash_that_no_search_finds_yet_is_waited_for(browser, logged):
    world = browser.services = address_pool(user(confirmed=False))
    world.users.unlisted.add("user-1")
    assert told(browser.sign_in()) == "server_error"
    assert "user_linked_meanwhile" in logged()
    world.users.unlisted.clear()
    assert record_of(world, browser.sign_in()).username == "user-1"
    assert world.users.confirmed == ["user-1"]


def test_of_two_quick_first_sign_ins_one_user_comes(browser, world):
    tabs = [Browser(world) for _ in range(8)]
    ready = [(tab, world.provider.sign_in(tab.leave())) for tab in tabs]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda pair: pair[0].come_back(pair[1]), ready))
    usernames = {record_of(world, a).username for a in answers if "code" in a.query}
    assert usernames == set(world.users.kept)
    assert len(usernames) == 1
