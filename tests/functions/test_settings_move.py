"""The move of an imported connection: what it waits for, who may, what is told of it."""

from dataclasses import replace

import pytest

from authsso.adapters.evidence_table import Result
from harness.fakes import NOW
from harness.settings_caller import AZURE, BODY, CLAIMS, OTHER_TENANT, Api
from harness.settings_fakes import settings_services

MOVE = f"{AZURE}/move"


@pytest.fixture
def api():
    """Anna's tenant has a live azure connection, imported, checked and tried."""
    api = Api(settings_services())
    api.put()
    api.patch({"enabled": True}, etag='"1"')
    change(
        api,
        imported_from="Corp",
        imported_issuer=api.get(AZURE).json["live"]["issuer"],
        imported_client_id=BODY["client_id"],
    )
    tried(api, passed=True)
    return api


def head(api):
    (key,) = api.services.connections.heads
    return key, api.services.connections.heads[key]


def change(api, **fields):
    key, before = head(api)
    api.services.connections.heads[key] = replace(before, **fields)


def tried(api, *, passed, version=1):
    _, connection = head(api)
    result = Result(version, 7, "anna", passed)
    api.services.evidence.record_result("test", connection.connection_id, result, named={1})


def told(api):
    return [event.action for event in api.services.audit.kept][2:]


def needs(api):
    return [one["code"] for one in api.get(AZURE).json["imported"]["needs"]]


def test_moved_and_back_again(api):
    moved = api.post(MOVE, etag='"2"')
    assert (moved.status, moved.headers["ETag"]) == (200, '"3"')
    assert moved.json["imported"] == {
        "pool_provider": "Corp",
        "moved_at": api.services.now(),
        "needs": [],
    }
    assert api.post(MOVE, etag='"2"').json == moved.json  # its answer was lost
    back = api.delete(MOVE, etag='"3"')
    assert (back.status, back.json["imported"]["moved_at"]) == (200, None)
    assert told(api) == ["moved", "moved_back"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(lambda api: tried(api, passed=False), "move_needs_test", id="test-failed"),
        pytest.param(
            lambda api: change(api, imported_client_id="other"),
            "move_needs_same_client",
            id="F20-other-client",
        ),
        pytest.param(
            lambda api: setattr(api.services.evidence, "was_checked", False),
            "move_needs_check",
            id="no-check",
        ),
        pytest.param(lambda api: change(api, enabled=False), "move_needs_enabled", id="off"),
    ],
)
def test_what_the_move_waits_for(api, spoil, code):
    spoil(api)
    assert needs(api) == [code]
    refused = api.post(MOVE, etag='"2"')
    assert (refused.status, refused.json["code"]) == (409, code)
    assert head(api)[1].moved_at is None
    assert told(api) == []


def test_a_connection_of_our_own_is_not_moved(api):
    change(api, imported_from=None)
    assert api.get(AZURE).json["imported"] is None
    for send in (api.post, api.delete):
        refused = send(MOVE, etag='"2"')
        assert (refused.status, refused.json["code"]) == (409, "not_imported")


@pytest.mark.parametrize(("etag", "status"), [('"1"', 412), (None, 428)])
def test_nobody_moves_what_they_have_not_seen(api, etag, status):
    assert api.post(MOVE, etag=etag).status == status
    assert head(api)[1].moved_at is None


def test_F05_nobody_moves_another_tenants(api):
    assert api.post(MOVE, etag='"2"', claims=CLAIMS | OTHER_TENANT).status != 200
    assert head(api)[1].moved_at is None


def test_F12_enforce_waits_for_the_move_and_keeps_it(api):
    refused = api.patch({"enforced": True}, etag='"2"')
    assert (refused.status, refused.json["code"]) == (409, "enforce_needs_move")
    api.post(MOVE, etag='"2"')
    change(api, enforced=True, enforced_at=7)
    refused = api.delete(MOVE, etag='"3"')
    assert (refused.status, refused.json["code"]) == (409, "enforced")


def test_a_deleted_one_remembers_whose_people_there_are(api):
    api.delete(etag='"2"')
    _, gone = head(api)
    assert (gone.is_empty, gone.imported_from) == (True, "Corp")


def test_what_is_set_up_after_it_is_deleted_signs_people_in_itself(api):
    api.delete(etag='"2"')
    api.put()
    api.post(f"{AZURE}/activate", etag='"4"')
    _, anew = head(api)
    assert (anew.is_empty, anew.is_at_cognito) == (False, False)


def test_no_version_of_another_client_goes_live_while_people_come_through_cognito(api):
    api.put({**BODY, "client_id": BODY["client_id"].replace("a", "d")}, etag='"2"')
    refused = api.post(f"{AZURE}/activate", etag='"3"')
    assert (refused.status, refused.json["code"]) == (409, "move_needs_same_client")
    assert head(api)[1].live == 1


def test_nobody_is_sent_back_where_they_would_be_somebody_new(api):
    api.post(MOVE, etag='"2"')
    change(api, imported_client_id="other")
    refused = api.delete(MOVE, etag='"3"')
    assert (refused.status, refused.json["code"]) == (409, "move_needs_same_client")
    assert head(api)[1].moved_at is not None


@pytest.mark.parametrize("way", ["post", "delete"])
def test_F30_only_who_has_just_signed_in_sends_people_another_way(api, way):
    long_ago = CLAIMS | {"auth_time": NOW - 901}
    refused = getattr(api, way)(MOVE, etag='"2"', claims=long_ago)
    assert (refused.status, refused.json["code"]) == (403, "reauth_required")
