"""A flood takes its own share and nobody else's (F27, E19, E37)."""

from dataclasses import replace

import pytest

from harness.settings_caller import BODY, OTHER_TENANT, Api
from harness.settings_fakes import settings_services
from harness.sign_in_world import (
    CALLBACK,
    VERIFIER,
    Browser,
    connect,
    redeem,
    services,
    token,
)
from harness.token_answers import INVALID_GRANT, refused

GUESS = "sso_" + "z" * 43
FREE = 20


@pytest.fixture
def world():
    made = services(
        domains={"acme.example": "acme", "globex.example": "globex"}, tenant_sign_ins_per_minute=40
    )
    connect(made, "globex", "okta")
    return made


# --- sign-ins


def test_F27_E19_one_tenants_flood_of_sign_ins_ends_and_another_tenant_signs_in(world):
    flood = [Browser(world).authorize(idp_identifier="acme") for _ in range(200)]
    left = [answer for answer in flood if "error" not in answer.query]
    last = flood[-1]

    assert len(left) == 40 + FREE
    assert last.query["error"] == "temporarily_unavailable"
    assert last.query["state"] == "their state & é"
    assert len(world.sign_ins.kept) == len(left), "what is refused is not kept"
    assert not last.cookies
    Browser(world).leave(idp_identifier="globex")


def test_F27_a_minute_later_it_goes_on(world):
    browser = Browser(world)
    for _ in range(100):
        browser.authorize(idp_identifier="acme")
    world.time += 60
    browser.leave(idp_identifier="acme")


# --- the token endpoint


@pytest.fixture
def code(world):
    return Browser(world).sign_in(idp_identifier="acme").query["code"]


BAD = {
    "unknown-code": lambda world: redeem(world, GUESS),
    "wrong-secret": lambda world: redeem(world, GUESS, client_id="backend", client_secret="x"),
    "not-a-grant": lambda world: token(world, {"grant_type": "password"}),
    "malformed": lambda world: token(world, "grant_type=a&grant_type=b"),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_E37_guessing_ends_for_the_network_it_comes_from_and_burns_nothing(world, code, bad):
    answers = [bad(world) for _ in range(200)]

    assert {answer.status for answer in answers[:100]} <= {400, 401}
    assert answers[-1].status == 429
    assert answers[-1].json["error"] == "temporarily_unavailable"
    assert answers[-1].headers["Cache-Control"] == "no-store"
    world.calls.clear()
    assert redeem(world, code).status == 429, "from the same network: nothing is read any more"
    assert world.calls == []


def test_E37_other_networks_and_the_next_minute_are_not_affected(world, code):
    answers = [redeem(world, GUESS) for _ in range(200)]
    other = {"requestContext": elsewhere("198.51.100.7")}
    assert refused(redeem_from(world, GUESS, other)) == INVALID_GRANT
    assert redeem_from(world, code, other).status == 200
    world.time += int(answers[-1].headers["Retry-After"])
    assert refused(redeem(world, GUESS)) == INVALID_GRANT


def test_E37_whoever_is_not_refused_is_not_counted(world):
    world.tokens.refresh_tokens["good"] = "portal"
    good = {"grant_type": "refresh_token", "client_id": "portal", "refresh_token": "good"}
    assert [token(world, good).status for _ in range(150)] == [200] * 150


def elsewhere(address):
    return {
        "http": {"method": "POST", "path": "/oauth2/token", "sourceIp": address},
        "stage": "$default",
        "requestId": "request-2",
    }


def redeem_from(world, code, changes):
    form = {
        "grant_type": "authorization_code",
        "client_id": "portal",
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    }
    return token(world, form, **changes)


# --- settings


@pytest.fixture
def api():
    made = settings_services()
    made.config = replace(made.config, tenant_changes_per_minute=5)
    return Api(made)


def test_F27_one_tenants_changes_have_a_limit_and_another_tenant_saves(api):
    answers = [api.put(BODY) for _ in range(6)]

    assert answers[-1].status == 429
    assert answers[-1].json["code"] == "too_many_changes"
    assert 429 not in {answer.status for answer in answers[:5]}
    assert api.get().status == 200, "reading goes on"
    assert api.put(BODY, claims=OTHER_TENANT).status != 429
    api.services.now.time += int(answers[-1].headers["Retry-After"])
    assert api.put(BODY).status != 429
