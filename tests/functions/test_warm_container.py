"""What one sign-in leaves to the next in the same warm function: nothing (C21, F24, I15)."""

import itertools
from urllib.parse import parse_qsl, urlsplit

import pytest

from authsso.errors import UnavailableError
from authsso.protocol.sign_in import hashed
from harness.sign_in_world import CALLBACK, Browser, connect, redeem, services

KINDS = {"acme": "azure", "globex": "okta"}
PEOPLE = {
    "acme": {"sub": "ada-subject", "email": "ada@acme.example", "name": "Ada"},
    "globex": {"sub": "bob-subject", "email": "bob@globex.example", "name": "Bob"},
}
# What an attacker adds to a callback, hoping that it counts for more than what was kept.
ADDED = {
    "redirect_uri": "https://evil.example/cb",
    "client_id": "backend",
    "response_type": "token",
    "tenant_id": "globex",
    "connection_id": "another",
    "nonce": "n",
    "code_verifier": "v",
}


@pytest.fixture
def world():
    made = services(domains={"acme.example": "acme", "globex.example": "globex"})
    connect(made, "globex", "okta")
    for tenant_id, kind in KINDS.items():
        connection_id = made.connections.connection_ids(tenant_id)[kind]
        made.client_secrets.bound[connection_id, "secret"]["client_secret"] = tenant_id
    return made


def sign_in(world, tenant_id, browser=None):
    """Tell the provider who is there, and what its client secret is; then sign in."""
    world.provider.person.clear()
    world.provider.person.update(PEOPLE[tenant_id])
    world.provider.client_secret = tenant_id
    return (browser or Browser(world)).sign_in(idp_identifier=tenant_id)


def test_two_tenants_by_turns_with_crashes_between_them__C21_F24(world):
    """The provider takes a sign-in with its own tenant's secret only."""
    crashes = itertools.cycle([None, "identities.of_identity", None, "codes.save", "users.create"])
    for tenant_id, crash in zip(["acme", "globex"] * 50, crashes, strict=False):
        world.failures.clear()
        if crash:
            world.failures[crash] = RuntimeError(f"in the middle of {tenant_id}")
        answer = sign_in(world, tenant_id)
        if answer.status == 303:
            record = world.codes.kept[hashed(answer.query["code"])]
            user = world.users.kept[record.username]
            assert (record.tenant_id, user.tenant_id) == (tenant_id, tenant_id)
            assert user.email == PEOPLE[tenant_id]["email"]
        else:
            assert answer.status == 500
            other = PEOPLE["globex" if tenant_id == "acme" else "acme"]
            assert other["name"] not in answer.body
    assert {user.tenant_id for user in world.users.kept.values()} == {"acme", "globex"}


def test_a_secret_of_the_other_tenant_is_noticed_here(world):
    """The control of the test above: it fails when secrets are mixed."""
    connection_id = world.connections.connection_ids("acme")["azure"]
    world.client_secrets.bound[connection_id, "secret"]["client_secret"] = "globex"
    assert sign_in(world, "acme").query["error"] == "invalid_request"


def test_nothing_about_the_person_is_left_behind__I15(world):
    answer = sign_in(world, "acme")
    (record,) = world.codes.kept.values()
    assert hashed(answer.query["code"]) == record.code_hash
    assert not world.sign_ins.kept
    for value in PEOPLE["acme"].values():
        assert value not in repr(record)


def test_what_was_kept_counts_and_nothing_that_comes_along__K15(world):
    browser = Browser(world)
    world.provider.client_secret = "acme"
    good = world.provider.sign_in(browser.leave())
    answer = browser.come_back(good | ADDED)
    assert answer.location.startswith(f"{CALLBACK}?")
    assert set(answer.query) == {"code", "state"}
    record = world.codes.kept[hashed(answer.query["code"])]
    assert (record.client_id, record.tenant_id) == ("portal", "acme")
    assert record.redirect_uri == CALLBACK


def test_a_cookie_planted_before_the_sign_in_is_worth_nothing__H08_K31(world):
    planted = "p" * 43
    browser = Browser(world)
    browser.cookies = {f"__Host-sign-in-{number:016x}": planted for number in range(3)}
    location = browser.leave()
    fresh = set(browser.cookies.values()) - {planted}
    assert len(fresh) == 1
    answer_of_provider = world.provider.sign_in(location)
    attacker = Browser(world)
    attacker.cookies = dict.fromkeys(browser.cookies, planted)
    assert "wrong_browser" in attacker.come_back(answer_of_provider).body
    world.provider.client_secret = "acme"
    assert "code" in browser.come_back(answer_of_provider).query


@pytest.mark.parametrize(
    "failure",
    [UnavailableError("aws_unavailable", ""), RuntimeError("a bug")],
    ids=["told-to-the-application", "shown-to-the-person"],
)
def test_after_a_failed_sign_in_its_cookie_opens_nothing__H19_K56(world, failure):
    browser = Browser(world)
    location = browser.leave()
    asked = dict(parse_qsl(urlsplit(location).query))
    world.failures["provider.exchange"] = failure
    answer = browser.come_back(world.provider.sign_in(location))
    assert "code" not in answer.query
    world.failures.clear()
    again = browser.come_back({"code": "provider-code-0", "state": asked["state"]})
    assert again.location == ""
    assert not world.codes.kept
    assert browser.cookies == {}


def test_the_application_may_begin_again_at_once__J17(world):
    browser = Browser(world)
    world.failures["tokens.mint"] = RuntimeError("killed")
    first = sign_in(world, "acme", browser).query["code"]
    assert redeem(world, first).status == 500
    world.failures.clear()
    assert redeem(world, first).status == 400
    second = sign_in(world, "acme", browser).query["code"]
    assert redeem(world, second).status == 200
