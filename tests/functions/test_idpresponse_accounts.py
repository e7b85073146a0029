"""The callback through its app: whose account it is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from authsso.errors import UnavailableError
from harness.callback_answers import record_of, told, welcomed
from harness.sign_in_world import (
    Browser,
    connect,
    services,
    user,
)

# --- whose account it is


@pytest.mark.parametrize(
    ("person", "users", "code"),
    [
        pytest.param(
            {"email": "ceo@globex.example", "email_verified": True},
            [user("ceo", tenant_id="globex", email="ceo@globex.example")],
            "domain_not_proven",
            id="F19-K63-ceo-of-another-tenant",
        ),
        pytest.param(
            {},
            [user("ada-elsewhere", tenant_id="globex")],
            None,
            id="F19-same-address-in-another-tenant-is-not-reached",
        ),
        pytest.param({"email": "a@nobody.example"}, [], "domain_not_proven", id="F19-unproven"),
        pytest.param({"email": "a@sub.acme.example"}, [], "domain_not_proven", id="F18-sub-domain"),
        pytest.param({"email": "a@acme.example@evil.example"}, [], "email_missing", id="D10"),
        pytest.param({"email": ["ada@acme.example"]}, [], "email_missing", id="D10-list"),
        pytest.param({"email_verified": False}, [user()], "email_unverified", id="F22-unverified"),
        pytest.param({"email_verified": "true"}, [], "email_unverified", id="F19-text-is-not-true"),
        pytest.param({}, [user(enabled=False)], "user_disabled", id="F38"),
        pytest.param({}, [user(), user("user-2")], "email_ambiguous", id="F22-two-users"),
    ],
)
def test_the_account_decisions(browser, logged, person, users, code):
    world = browser.services = services(
        users=users, domains={"acme.example": "acme", "globex.example": "globex"}
    )
    world.provider.person.update(person)
    answer = browser.sign_in()
    if code is None:
        assert record_of(world, answer).username not in {u.username for u in users}
        return
    assert told(answer) == "access_denied"
    assert code in logged()
    assert not world.codes.kept
    assert not world.identities.kept
    assert not world.users.created


def test_a_user_with_another_identity_is_not_taken_over__F22_K19(browser, world, logged):
    browser.services = world = services(users=[user()])
    welcomed(browser.sign_in())
    world.provider.person.update({"sub": "mallory", "oid": "mallory"})
    assert told(browser.sign_in()) == "access_denied"
    assert "already_linked" in logged()


def test_the_same_subject_at_two_providers_is_two_people__F20(browser, world):
    connect(world, "acme", "okta")
    okta = world.connections.connection("acme", "okta").connection_id
    azure = world.connections.connection("acme", "azure").connection_id
    world.provider.userinfo_claims = {"sub": "ada-subject"}
    first = record_of(world, browser.sign_in(identity_provider=azure))
    world.provider.person["email"] = "other@acme.example"
    second = record_of(world, browser.sign_in(identity_provider=okta))
    assert first.username != second.username


def test_a_known_person_needs_no_address_any_more(browser, world):
    first = record_of(world, browser.sign_in())
    world.provider.person.update({"email": "renamed@elsewhere.example"})
    again = record_of(world, browser.sign_in())
    assert again.username == first.username
    assert world.users.created == [first.username]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"enabled": False}, "user_disabled", id="F38-disabled-since"),
        pytest.param({"tenant_id": "globex"}, "user_of_other_tenant", id="F19-moved-since"),
        pytest.param({"tenant_id": None}, "user_of_other_tenant", id="F19-removed-since"),
    ],
)
def test_a_known_person_whose_user_has_changed(browser, world, logged, change, code):
    username = record_of(world, browser.sign_in()).username
    world.users.kept[username] = replace(world.users.kept[username], **change)
    assert told(browser.sign_in()) == "access_denied"
    assert code in logged()


def test_a_new_user_is_made_in_the_connections_tenant(browser, world):
    record = record_of(world, browser.sign_in())
    made = world.users.kept[record.username]
    assert (made.tenant_id, made.email) == ("acme", "ada@acme.example")
    assert "ada" not in record.username


def test_a_squatted_address_is_never_joined__F35(browser):
    world = browser.services = services(users=[user("squatter", email_verified=False)])
    record = record_of(world, browser.sign_in())
    assert record.username != "squatter"


def test_an_existing_user_is_linked_once__F22(browser):
    world = browser.services = services(users=[user()], domains={})
    assert record_of(world, browser.sign_in()).username == "user-1"
    assert world.identities.of_user("user-1").tenant_id == "acme"
    assert world.users.created == []


def test_a_user_who_never_chose_a_password_is_made_first_class(browser):
    world = browser.services = services(users=[user(confirmed=False)])
    welcomed(browser.sign_in())
    assert world.users.confirmed == ["user-1"]


@pytest.mark.parametrize("call", ["identities.save", "codes.save", "users.find"])
def test_a_crash_in_the_middle_leaves_one_user(browser, world, call):
    """The retry finds what the crash left, and makes nobody twice."""
    world.failures[call] = UnavailableError("aws_unavailable", "crash")
    assert told(browser.sign_in()) == "server_error"
    world.failures.clear()
    welcomed(browser.sign_in())
    assert len(world.users.kept) == 1
    assert len(world.users.created) == 1


def test_a_crash_with_a_taken_address_leaves_one_user_too(browser):
    world = browser.services = services(users=[user("squatter", tenant_id="globex")])
    world.failures["identities.save"] = UnavailableError("aws_unavailable", "crash")
    assert told(browser.sign_in()) == "server_error"
    world.failures.clear()
    welcomed(browser.sign_in())
    assert len(world.users.created) == 1


def test_of_two_quick_first_sign_ins_one_user_comes(browser, world):
    tabs = [Browser(world) for _ in range(8)]
    ready = [(tab, world.provider.sign_in(tab.leave())) for tab in tabs]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda pair: pair[0].come_back(pair[1]), ready))
    usernames = {record_of(world, a).username for a in answers if "code" in a.query}
    assert len(usernames) == 1
    assert len(world.users.kept) == 1


def test_a_deleted_user_comes_back_as_a_new_one(browser):
    world = browser.services = services(users=[user()])
    welcomed(browser.sign_in())
    world.users.kept.clear()
    record = record_of(world, browser.sign_in())
    assert record.username != "user-1"
    assert world.identities.of_user(record.username) is not None
    again = record_of(world, browser.sign_in())
    assert again.username == record.username


def test_a_person_whose_user_was_made_anew_is_linked_to_that_one(browser):
    world = browser.services = services(users=[user()])
    welcomed(browser.sign_in())
    world.users.kept.clear()
    world.users.kept["user-2"] = user("user-2")
    assert record_of(world, browser.sign_in()).username == "user-2"
    assert record_of(world, browser.sign_in()).username == "user-2"


def test_the_same_person_after_a_new_app_registration(browser):
    world = browser.services = services(users=[user()])
    welcomed(browser.sign_in())
    world.provider.person["sub"] = "new-pairwise-subject"
    assert record_of(world, browser.sign_in()).username == "user-1"
    assert record_of(world, browser.sign_in()).username == "user-1"


@pytest.mark.parametrize(
    ("person", "good"),
    [
        pytest.param({}, False, id="F19-private-account-with-a-work-address"),
        pytest.param({"hd": "evil.example"}, False, id="F19-workspace-of-somebody-else"),
        pytest.param({"hd": "globex.example"}, False, id="F19-workspace-of-another-tenant"),
        pytest.param({"hd": "acme.example"}, True, id="good"),
    ],
)
def test_google_accounts_must_be_of_the_organisations_workspace(browser, logged, person, good):
    world = browser.services = services(
        users=[user()], domains={"acme.example": "acme", "globex.example": "globex"}
    )
    connect(world, "acme", "google")
    world.provider.person.update({"email_verified": True} | person)
    google = world.connections.connection("acme", "google").connection_id
    answer = browser.sign_in(identity_provider=google)
    assert ("code" in answer.query) is good
    assert good or "hosted_domain_not_proven" in logged()
