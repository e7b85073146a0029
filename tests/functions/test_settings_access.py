"""Who may call the settings API."""

from dataclasses import replace

import pytest

from harness.http_event import http_event
from harness.settings_caller import BODY, CLAIMS, NOW, OTHER_TENANT, Api
from harness.settings_fakes import settings_services
from harness.settings_outside import FakeUsers
from settings_api.app import create_app


@pytest.fixture
def api():
    return Api(settings_services())


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        pytest.param({"token_use": "id"}, 401, "token_invalid", id="F02-id-token"),
        pytest.param({"client_id": "other"}, 403, "client_not_allowed", id="F03-other-client"),
        pytest.param({"custom:tenant_id": ""}, 403, "no_tenant", id="F05-empty-tenant"),
        pytest.param({"custom:tenant_id": ["a"]}, 403, "no_tenant", id="F05-tenant-not-text"),
        pytest.param({"cognito:groups": []}, 403, "not_administrator", id="F04-member"),
        pytest.param(
            {"cognito:groups": ["x, tenant-admins"]}, 403, "not_administrator", id="F08-comma"
        ),
        pytest.param(
            {"cognito:groups": ["x] [tenant-admins"]}, 403, "not_administrator", id="F08-bracket"
        ),
        pytest.param(
            {"cognito:groups": "tenant-admins"}, 403, "not_administrator", id="F08-no-array"
        ),
        pytest.param({"username": ""}, 401, "token_invalid", id="F01-no-username"),
    ],
)
def test_only_this_tenants_administrators_are_let_in__K85(api, change, status, code):
    for answer in (api.get(claims=CLAIMS | change), api.put(claims=CLAIMS | change)):
        assert (answer.status, answer.json["code"]) == (status, code)
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert api.services.connections.heads == {}


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Basic YTpi", "Bearer x", "Bearer a.!!.c", "Bearer " + "a" * 20_000],
)
def test_f01_no_token_that_can_be_read_is_401(api, authorization):
    headers = {} if authorization is None else {"authorization": authorization}

    answer = api.call("GET", "/settings/sso", headers=headers, claims=None)

    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_f01_a_token_that_no_authorizer_vouches_for_is_401(api):
    event = http_event("GET", "/settings/sso", claims=CLAIMS)
    del event["requestContext"]["authorizer"]

    assert create_app(api.services).resolve(event, None)["statusCode"] == 401


def test_f01_a_token_other_than_the_authorizers_is_401(api):
    event = http_event("GET", "/settings/sso", claims=CLAIMS)
    event["requestContext"]["authorizer"]["jwt"]["claims"]["jti"] = "another"

    assert create_app(api.services).resolve(event, None)["statusCode"] == 401


def test_f31_a_demoted_administrator_writes_no_more(api):
    api.services.users = FakeUsers()

    for answer in (api.put(), api.patch({"enabled": True})):
        assert (answer.status, answer.json["code"]) == (403, "not_administrator")
    assert api.services.provider.asked == []


def test_f30_a_secret_is_changed_by_somebody_who_has_just_signed_in(api):
    old = CLAIMS | {"auth_time": NOW - 901}

    refused = api.put(claims=old)

    assert (refused.status, refused.json["code"]) == (403, "reauth_required")
    assert api.put().status == 200
    without = {key: value for key, value in BODY.items() if key != "client_secret"}
    assert api.put(without | {"method": "GET"}, etag='"1"', claims=old).status == 200
    assert api.patch({"enforced": True}, etag='"2"', claims=old).json["code"] == "reauth_required"


def test_f30_enforcement_is_ended_by_somebody_who_has_just_signed_in(api):
    """By Disable, too, where another enforced connection remains."""
    api.put()
    api.patch({"enabled": True}, etag='"1"')
    heads = api.services.connections.heads
    for (tenant, kind), head in list(heads.items()):
        enforced = replace(head, enforced=True, enforced_at=1)
        heads[tenant, kind] = enforced
        heads[tenant, "okta"] = replace(enforced, provider="okta", connection_id="okta-id")

    refused = api.patch({"enabled": False}, etag='"2"', claims=CLAIMS | {"auth_time": NOW - 901})

    assert (refused.status, refused.json["code"]) == (403, "reauth_required")
    assert api.patch({"enabled": False}, etag='"2"').json["enforced"] is False


def test_f05_another_tenant_sees_and_changes_nothing__F39_K18_K29(api):
    api.put()
    other = OTHER_TENANT

    seen = api.get(claims=other)
    overview = api.call("GET", "/settings/sso", claims=other)

    assert seen.json["draft"] is None
    assert seen.json["connection_id"] != api.get().json["connection_id"]
    assert BODY["client_id"] not in overview.text
    assert api.put(claims=other).status == 200
    assert api.get().json["draft"]["saved_by"] == "anna"
