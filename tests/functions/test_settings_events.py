"""The audit log: every change, who made it, and never a secret (F28)."""

import pytest

from authsso.errors import UnavailableError
from harness.settings_caller import AZURE, BODY, CANARY, OTHER_TENANT, Api, mistakes
from harness.settings_fakes import settings_services
from harness.settings_outside import FakeUsers

EVENTS = "/settings/sso/events"


@pytest.fixture
def api():
    return Api(settings_services())


def test_a_change_is_told_with_who_when_and_from_where(api):
    api.put(BODY | {"secret_expires_on": "2027-03-31"})

    [event] = api.get(EVENTS).json["events"]

    assert event.pop("id")
    changes = event["details"].pop("changes")
    assert event == {
        "at": 1_795_600_800,
        "actor": {"username": "anna", "email": "anna@a.example"},
        "source_ip": "192.0.2.1",
        "action": "draft_saved",
        "subject": "azure",
        "details": {"version": 1, "secret": "new"},
    }
    assert changes["client_id"] == {"before": None, "after": BODY["client_id"]}


def test_f09_no_secret_is_ever_told__K71(api):
    api.put()
    api.put(BODY | {"client_secret": f"{CANARY}-2"}, etag='"1"')

    assert "canary" not in api.get(EVENTS).text
    assert "secret-1" not in api.get(EVENTS).text


def test_what_is_refused_or_repeated_is_not_told(api):
    api.put()
    api.put()
    api.put(BODY | {"client_id": "x"}, etag='"1"')
    api.patch({"enabled": False}, etag='"1"')
    api.services.users = FakeUsers()
    api.put(BODY | {"method": "GET"}, etag='"1"')

    assert len(api.services.audit.kept) == 1


def test_the_newest_comes_first_page_by_page(api):
    api.put()
    for etag, enabled in enumerate([True, False, True, False], start=1):
        api.patch({"enabled": enabled}, etag=f'"{etag}"')

    first = api.get(EVENTS, query={"limit": "2"}).json
    second = api.get(EVENTS, query={"limit": "2", "before": first["next"]}).json
    third = api.get(EVENTS, query={"limit": "2", "before": second["next"]}).json

    actions = [event["action"] for page in (first, second, third) for event in page["events"]]
    assert actions == ["disabled", "enabled", "disabled", "enabled", "draft_saved"]
    assert third["next"] is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"before": "A B"}, "before"),
        ({"before": ""}, "before"),
        ({"before": "9" * 65}, "before"),
    ],
)
def test_a_question_of_the_wrong_shape_is_400(api, query, field):
    answer = api.get(EVENTS, query=query)

    assert (answer.status, answer.json["code"]) == (400, "malformed_request")
    assert [name for name, _ in mistakes(answer)] == [field]


def test_f05_another_tenants_events_are_not_there(api):
    api.put()
    event_id = api.get(EVENTS).json["events"][0]["id"]

    assert api.get(EVENTS, claims=OTHER_TENANT).json == {"events": [], "next": None}
    query = {"before": f"9{event_id[1:]}"}
    assert api.get(EVENTS, claims=OTHER_TENANT, query=query).json["events"] == []


def test_j25_without_the_audit_log_nothing_is_changed(api):
    """The table's own test shows it for the transaction; here the answer."""
    api.put()
    api.services.connections.fail_next_save = UnavailableError("aws_unavailable", "audit table")

    answer = api.put(BODY | {"method": "GET"}, etag='"1"')

    assert (answer.status, api.get(AZURE).json["etag"]) == (503, '"1"')
