"""Emergency access: who may be named, and recovery codes that are shown once."""

import re

import pytest

from authsso.protocol import recovery_code
from harness.settings_caller import BODY, CLAIMS, NOW, OTHER_TENANT, Api, has_domain, mistakes
from harness.settings_fakes import Clock, settings_services
from harness.settings_outside import FakeUsers, member

PATH = "/settings/sso/emergency-access"
CODES = f"{PATH}/recovery-codes"
EMPTY = {"users": [], "recovery_codes": {"left": 0, "made_at": None}, "etag": '"0"'}


@pytest.fixture
def api():
    people = [member("anna"), member("bert"), member("carl", "tenant-b"), member("dora")]
    disabled = member("emil", enabled=False)
    users = FakeUsers(*people, disabled, administrators={"anna", "bert", "carl"})
    return Api(settings_services(users=users))


def name(api, *users, etag=None, **options):
    headers = {"If-Match": etag} if etag else {}
    return api.call("PUT", PATH, {"users": list(users)}, headers=headers, **options)


def test_there_is_nothing_at_first(api):
    answer = api.get(PATH)

    assert answer.json == EMPTY
    assert answer.headers["ETag"] == '"0"'
    assert api.get("/settings/sso").json["emergency_access"] == EMPTY


def test_people_are_named_by_their_address(api):
    answer = name(api, "Anna@A.example ", "dora@a.example", etag='"0"')

    assert answer.status == 200
    assert answer.json["users"] == [
        {"username": "anna", "email": "anna@a.example", "name": "Anna"},
        {"username": "dora", "email": "dora@a.example", "name": "Dora"},
    ]
    assert answer.headers["ETag"] == answer.json["etag"] == '"1"'
    [event] = api.services.audit.kept
    assert event.details == {"users": ["anna@a.example", "dora@a.example"]}


def test_f05_whoever_is_not_of_this_tenant_is_unknown(api):
    foreign = name(api, "carl@b.example", etag='"0"')
    nobody = name(api, "nobody@b.example", etag='"0"')

    assert (foreign.status, foreign.json["code"]) == (400, "invalid_settings")
    assert mistakes(foreign) == mistakes(nobody) == [("users.0", "user_unknown")]
    assert foreign.text.replace("carl", "nobody") == nobody.text
    assert api.get(PATH).json == EMPTY


@pytest.mark.parametrize(
    ("users", "found"),
    [
        (["emil@a.example"], [("users.0", "user_cannot_sign_in")]),
        (["anna@a.example", "x"], [("users.1", "user_unknown")]),
        (["*"], [("users.0", "user_unknown")]),
        (['" or true'], [("users.0", "user_unknown")]),
    ],
)
def test_every_mistake_is_named(api, users, found):
    assert mistakes(name(api, *users, etag='"0"')) == found


def test_eleven_are_too_many(api):
    answer = name(api, *["anna@a.example"] * 11, etag='"0"')

    assert mistakes(answer) == [("users", "too_many")]


@pytest.mark.parametrize(("etag", "status"), [(None, 428), ('"0"', 412), ('"2"', 412), ("*", 400)])
def test_f13_a_list_is_changed_on_the_state_that_was_seen(api, etag, status):
    name(api, "anna@a.example", etag='"0"')

    answer = name(api, "bert@a.example", etag=etag)

    assert answer.status == status
    if status == 412:
        assert mistakes(answer) == [("users", "changed_meanwhile")]
        assert "anna@a.example" in answer.json["errors"][0]["message"]
    assert [user["username"] for user in api.get(PATH).json["users"]] == ["anna"]


def test_a_list_that_is_sent_again_is_answered_as_the_first_time(api):
    first = name(api, "anna@a.example", etag='"0"')

    again = name(api, "anna@a.example", etag='"0"')

    assert (again.status, again.json) == (200, first.json)
    assert len(api.services.audit.kept) == 1


def test_who_has_left_is_not_shown(api):
    name(api, "anna@a.example", "dora@a.example", etag='"0"')
    del api.services.users.kept["dora"]

    assert [user["username"] for user in api.get(PATH).json["users"]] == ["anna"]


def test_recovery_codes_are_shown_once_and_kept_as_hashes(api):
    answer = api.post(CODES)

    codes = answer.json["codes"]
    assert (answer.status, len(codes), len(set(codes))) == (200, 10, 10)
    assert all(re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}", code) for code in codes)
    assert set(api.services.emergency_access.codes) == {recovery_code.hashed(c) for c in codes}
    shown = api.get(PATH)
    assert shown.json["recovery_codes"] == {"left": 10, "made_at": NOW}
    told = [shown.text, api.get("/settings/sso").text, repr(api.services.audit.kept)]
    assert not any(code in text for code in codes for text in told)
    assert not any(recovery_code.hashed(code) in text for code in codes for text in told)


def test_new_codes_void_the_old_ones(api):
    old = api.post(CODES).json["codes"]
    api.services.emergency_access.spent.add(recovery_code.hashed(old[0]))
    assert api.get(PATH).json["recovery_codes"]["left"] == 9

    new = api.post(CODES).json["codes"]

    assert set(api.services.emergency_access.codes) == {recovery_code.hashed(c) for c in new}
    assert api.get(PATH).json["recovery_codes"]["left"] == 10


def test_f30_only_who_has_just_signed_in_changes_it(api):
    old = CLAIMS | {"auth_time": NOW - 901}

    for answer in (
        name(api, "anna@a.example", etag='"0"', claims=old),
        api.post(CODES, claims=old),
    ):
        assert (answer.status, answer.json["code"]) == (403, "reauth_required")
    assert api.get(PATH).json == EMPTY


def test_f05_each_tenant_has_its_own(api):
    name(api, "anna@a.example", etag='"0"')
    api.post(CODES)

    assert api.get(PATH, claims=OTHER_TENANT).json == EMPTY
    api.post(CODES, claims=OTHER_TENANT)
    assert api.get(PATH).json["recovery_codes"]["left"] == 10


def test_an_enforced_tenant_keeps_a_way_in(api):
    has_domain(api)
    name(api, "anna@a.example", etag='"0"')
    api.put(BODY)
    connection_id = api.patch({"enabled": True}, etag='"1"').json["connection_id"]
    api.services.evidence.sign_in(connection_id, 1, "anna")
    assert api.patch({"enforced": True}, etag='"2"').status == 200

    refused = name(api, etag='"1"')
    assert (refused.status, refused.json["code"]) == (409, "emergency_access_needed")

    api.post(CODES)
    assert name(api, etag='"2"').json["users"] == []


def lifted(answer):
    return {
        shown["provider"]: shown["lifted_until"]
        for shown in answer.json["providers"]
        if shown["lifted_until"] is not None
    }


def test_a_spent_code_shows_at_what_is_enforced_until_it_is_required_again(api):
    has_domain(api)
    api.post(CODES)
    api.put(BODY)
    connection_id = api.patch({"enabled": True}, etag='"1"').json["connection_id"]
    api.services.emergency_access.lifts["tenant-a"] = NOW + 3600
    api.services.evidence.sign_in(connection_id, 1, "anna")
    assert lifted(api.get("/settings/sso")) == {}

    enforced = api.patch({"enforced": True}, etag='"2"')

    assert enforced.json["lifted_until"] == api.get().json["lifted_until"] == NOW + 3600
    assert lifted(api.get("/settings/sso")) == {"azure": NOW + 3600}
    api.services.now = Clock(NOW + 3600)
    assert api.get().json["lifted_until"] is None
    assert lifted(api.get("/settings/sso")) == {}


def test_somebody_named_who_left_is_no_emergency_access(api):
    has_domain(api)
    name(api, "dora@a.example", etag='"0"')
    del api.services.users.kept["dora"]
    api.put(BODY)
    api.patch({"enabled": True}, etag='"1"')

    answer = api.patch({"enforced": True}, etag='"2"')

    assert answer.json["code"] == "enforce_needs_emergency_access"
