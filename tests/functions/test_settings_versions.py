"""Activate, roll back, delete, and what becomes of versions and secrets."""

from dataclasses import replace

import pytest

from authsso.protocol.federation_state import state_of
from harness.settings_caller import (
    AZURE,
    BODY,
    CLAIMS,
    NOW,
    OTHER_TENANT,
    Api,
    has_domain,
    mistakes,
)
from harness.settings_fakes import Clock, FakeDomains, settings_services

ACTIVATE, ROLLBACK = f"{AZURE}/activate", f"{AZURE}/rollback"
OKTA = "/settings/sso/connections/okta"
OKTA_BODY = BODY | {"client_id": "0oa1", "discovery_url": "https://acme.okta.com"}


@pytest.fixture
def api():
    return Api(settings_services())


@pytest.fixture
def live(api):
    """Version 1 is live, version 2, with a secret of its own, is the draft."""
    api.put()
    api.patch({"enabled": True}, etag='"1"')
    api.put(BODY | {"client_secret": "another~Value"}, etag='"2"')
    return api


def numbers(answer):
    named = (answer.json[name] for name in ("live", "draft", "previous"))
    return [version and version["number"] for version in named]


def told(api):
    return [event.action for event in api.services.audit.kept]


def test_a_draft_goes_live_and_comes_back(live):
    activated = live.post(ACTIVATE, etag='"3"')
    back = live.post(ROLLBACK, etag='"4"')
    forth = live.post(ROLLBACK, etag='"5"')

    assert numbers(activated) == [2, None, 1]
    assert numbers(back) == [1, None, 2]
    assert numbers(forth) == [2, None, 1]
    assert forth.headers["ETag"] == forth.json["etag"] == '"6"'
    assert told(live) == [
        "draft_saved",
        "enabled",
        "draft_saved",
        "activated",
        *["rolled_back"] * 2,
    ]
    assert live.services.new_secrets.retired == []


def test_since_when_a_version_is_live_tells_until_when_the_previous_one_was(live):
    assert live.get().json["live_since"] == NOW
    live.services.now = Clock(NOW + 60)

    activated = live.post(ACTIVATE, etag='"3"')
    switched = live.patch({"enabled": False}, etag='"4"')

    assert (activated.json["live_since"], switched.json["live_since"]) == (NOW + 60, NOW + 60)


@pytest.mark.parametrize("path", [ACTIVATE, ROLLBACK])
def test_a_repeated_step_is_answered_as_the_first_time(live, path):
    live.post(ACTIVATE, etag='"3"')
    etag = '"3"' if path == ACTIVATE else '"4"'
    first = live.post(path, etag=etag)
    events = len(told(live))

    again = live.post(path, etag=etag)

    assert (again.status, again.json) == (200, first.json)
    assert len(told(live)) == events


@pytest.mark.parametrize(
    ("path", "etag", "status", "code"),
    [
        (ACTIVATE, None, 428, "condition_required"),
        (ACTIVATE, '"2"', 412, "changed_meanwhile"),
        (ACTIVATE, "*", 400, "condition_malformed"),
        (ROLLBACK, None, 428, "condition_required"),
        (ROLLBACK, '"3"', 409, "no_previous"),
        (f"{OKTA}/activate", None, 409, "no_draft"),
        (f"{OKTA}/activate", '"1"', 412, "changed_meanwhile"),
    ],
)
def test_a_step_that_may_not_be_made_changes_nothing(live, path, etag, status, code):
    before = live.get().json

    answer = live.post(path, etag=etag)

    assert (answer.status, answer.json["code"]) == (status, code)
    assert live.get().json == before


def test_a_version_that_was_live_is_kept_for_ten_minutes(live):
    live.post(ACTIVATE, etag='"3"')
    live.put(BODY | {"client_secret": "third~Value"}, etag='"4"')
    live.post(ACTIVATE, etag='"5"')
    assert live.services.new_secrets.retired == []

    live.services.now = Clock(NOW + 600)
    live.patch({"enabled": False}, etag='"6"')

    assert live.services.new_secrets.retired == ["secret-1"]
    stored = live.services.connections.versions("tenant-a", "azure")
    assert [version.number for version in stored] == [2, 3]


def test_a_deleted_connection_leaves_nothing_but_its_id(live):
    connection_id = live.get().json["connection_id"]

    answer = live.delete(etag='"3"')

    assert (answer.status, answer.text) == (204, "")
    assert live.services.new_secrets.stored == {}
    assert live.services.connections.saved == {}
    gone = live.get().json
    assert (gone["etag"], gone["enabled"], numbers(live.get())) == (None, False, [None] * 3)
    assert gone["connection_id"] == connection_id
    assert live.delete(etag='"3"').status == 204
    assert told(live).count("connection_deleted") == 1


def test_f17_a_connection_made_anew_inherits_nothing__K27(live):
    connection_id = live.get().json["connection_id"]
    live.delete(etag='"3"')

    assert live.put(BODY | {"client_secret": None}).json["errors"][0]["code"] == "secret_required"
    again = live.call("PUT", AZURE, BODY, headers={"If-None-Match": "*"})

    assert again.json["draft"]["number"] == 3
    assert again.json["etag"] == '"5"'
    assert again.json["connection_id"] == connection_id


def test_a_delete_needs_the_etag_and_a_recent_sign_in(live):
    old = CLAIMS | {"auth_time": NOW - 901}

    assert live.delete(etag='"3"', claims=old).json["code"] == "reauth_required"
    assert live.delete().status == 428
    assert live.delete(etag='"2"').status == 412
    assert numbers(live.get()) == [1, 2, None]


def test_f05_another_tenant_reaches_none_of_it(live):
    before = live.get().json

    for answer in (
        live.post(ACTIVATE, etag='"3"', claims=OTHER_TENANT),
        live.post(ROLLBACK, etag='"3"', claims=OTHER_TENANT),
    ):
        assert answer.status in {409, 412}
    assert live.delete(etag='"3"', claims=OTHER_TENANT).status == 204
    assert live.get("/settings/sso/events", claims=OTHER_TENANT).json["events"] == []
    assert live.get().json == before


# Several connections


@pytest.fixture
def enforced(api):
    """Azure and Okta are both enforced."""
    services = api.services
    services.domains = FakeDomains(**{"a.example": ("tenant-a", 7)})
    api.post("/settings/sso/emergency-access/recovery-codes")
    for path, body in ((AZURE, BODY), (OKTA, OKTA_BODY)):
        api.put(body, path=path)
        enabled = api.patch({"enabled": True}, etag='"1"', path=path)
        services.evidence.sign_in(enabled.json["connection_id"], 1, "bert")
        answer = api.patch({"enforced": True}, etag='"2"', path=path)
        assert answer.status == 200, answer.text
    return api


def test_the_last_enforced_connection_stays(enforced):
    first = enforced.patch({"enabled": False}, etag='"3"')
    assert (first.status, first.json["enforced"]) == (200, False)

    last = enforced.patch({"enabled": False}, etag='"3"', path=OKTA)
    deleted = enforced.delete(OKTA, etag='"3"')

    assert (last.status, last.json["code"]) == (409, "enforced")
    assert (deleted.status, deleted.json["code"]) == (409, "enforced")
    assert enforced.patch({"enforced": False}, etag='"3"', path=OKTA).status == 200
    assert enforced.delete(OKTA, etag='"4"').status == 204


def test_f13_two_that_leave_at_once_do_not_both_leave(enforced):
    """Each was judged while the other still stood."""
    changes = enforced.services.connection_changes
    write, late = changes.write, []

    def write_late(*arguments, **named):
        if not late:
            late.append(True)
            enforced.patch({"enabled": False}, etag='"3"', path=OKTA)
        return write(*arguments, **named)

    changes.write = write_late

    answer = enforced.patch({"enabled": False}, etag='"3"')

    assert (answer.status, answer.json["code"]) == (412, "changed_meanwhile")
    assert enforced.get().json["enforced"] is True


# Google


GOOGLE = "/settings/sso/connections/google"


@pytest.mark.parametrize("known", [None, state_of("not_enabled", at=7)])
def test_the_toggles_answer_says_that_the_cognito_domain_is_being_set_up(api, known):
    api.services.config = replace(api.services.config, federated_clients=("portal",))
    saved = api.put().json
    assert saved["cognito_domain"]["state"] == "off"
    api.services.federation.states[saved["connection_id"]] = known

    answer = api.patch({"enabled": True}, etag='"1"')

    assert answer.json["cognito_domain"]["state"] == "working"
    assert api.patch({"enabled": False}, etag='"2"').json["cognito_domain"]["state"] == "off"


@pytest.fixture
def with_google(api):
    api.services.config = replace(
        api.services.config, google_client_id="saas.google", google_client_secret_id="arn:google"
    )
    return api


def test_google_is_not_offered_without_the_saas_own_client(api):
    answer = api.patch({"enabled": True}, path=GOOGLE)

    assert (answer.status, answer.json["code"]) == (409, "google_not_offered")
    assert api.get(GOOGLE).json["is_offered"] is False


def test_google_needs_a_switch_and_nothing_else(with_google):
    answer = with_google.patch({"enabled": True}, path=GOOGLE)

    live = answer.json["live"]
    assert (answer.status, answer.json["enabled"], answer.json["etag"]) == (200, True, '"1"')
    assert (live["client_id"], live["issuer"]) == ("saas.google", "https://accounts.google.com")
    assert answer.json["is_offered"] is True
    assert told(with_google) == ["enabled"]
    assert with_google.patch({"enabled": True}, path=GOOGLE).json["etag"] == '"1"'


def test_google_follows_the_saas_to_another_client(with_google):
    with_google.patch({"enabled": True}, path=GOOGLE)
    config = replace(with_google.services.config, google_client_id="new.google")
    with_google.services.config = config

    answer = with_google.patch({"enabled": True}, path=GOOGLE, etag='"1"')

    assert answer.json["live"]["client_id"] == "new.google"
    assert numbers(answer) == [2, None, None]


def test_google_can_be_deleted_and_the_saas_own_secret_stays(with_google):
    with_google.patch({"enabled": True}, path=GOOGLE)

    assert with_google.delete(GOOGLE, etag='"1"').status == 204
    assert with_google.services.new_secrets.retired == []
    assert with_google.patch({"enabled": True}, path=GOOGLE).json["live"]["number"] == 2


# Enforce


@pytest.mark.parametrize(
    ("version", "username", "code"),
    [
        pytest.param(None, None, "enforce_needs_sign_in", id="F12-nobody has signed in"),
        pytest.param(2, "bert", "enforce_needs_sign_in", id="F12-through another version"),
        pytest.param(1, "carl", "enforce_needs_sign_in", id="F05-another tenant's administrator"),
        pytest.param(1, "dora", "enforce_needs_sign_in", id="F31-no administrator any more"),
        pytest.param(1, "bert", None, id="an administrator of ours"),
    ],
)
def test_enforce_needs_an_administrators_own_sign_in(api, version, username, code):
    has_domain(api)
    api.post("/settings/sso/emergency-access/recovery-codes")
    api.put()
    connection_id = api.patch({"enabled": True}, etag='"1"').json["connection_id"]
    if version:
        api.services.evidence.sign_in(connection_id, version, username)

    answer = api.patch({"enforced": True}, etag='"2"')

    assert answer.json.get("code") == code
    assert api.get().json["enforced"] is (code is None)


@pytest.mark.parametrize("state", ["none", "claimed", "another tenant's"])
def test_enforce_needs_a_domain_that_leads_people_to_the_provider(api, state):
    """Else everybody who types a work e-mail is sent to the password that is refused."""
    if state == "claimed":
        api.post("/settings/sso/domains", {"domain": "a.example"})
    if state == "another tenant's":
        api.services.domains.items["b.example"] = ("tenant-b", 7)
    api.post("/settings/sso/emergency-access/recovery-codes")
    api.put()
    connection_id = api.patch({"enabled": True}, etag='"1"').json["connection_id"]
    api.services.evidence.sign_in(connection_id, 1, "bert")

    answer = api.patch({"enforced": True}, etag='"2"')

    assert (answer.status, answer.json["code"]) == (409, "enforce_needs_domain")
    assert api.get().json["enforced"] is False


def test_enforce_and_the_last_emergency_user_cannot_cross(api):
    has_domain(api)
    named = {"users": ["anna@a.example"]}
    etag = {"If-Match": '"0"'}
    api.call("PUT", "/settings/sso/emergency-access", named, headers=etag)
    api.put()
    connection_id = api.patch({"enabled": True}, etag='"1"').json["connection_id"]
    api.services.evidence.sign_in(connection_id, 1, "bert")
    changes = api.services.connection_changes
    write = changes.write

    def write_late(*arguments, **kwargs):
        changes.write = write
        empty = api.call(
            "PUT", "/settings/sso/emergency-access", {"users": []}, headers={"If-Match": '"1"'}
        )
        assert empty.status == 200
        return write(*arguments, **kwargs)

    changes.write = write_late

    assert api.patch({"enforced": True}, etag='"2"').status == 412
    assert mistakes(api.patch({"enforced": True}, etag='"2"')) == []
    assert api.get().json["enforced"] is False
