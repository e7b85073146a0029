"""PUT: saving a draft, and what becomes of secrets, races and repeats."""

import logging

import pytest
from botocore.exceptions import EndpointConnectionError

from authsso.errors import ProviderError, SettingsError, UnavailableError
from harness.settings_caller import (
    AZURE,
    BODY,
    CANARY,
    CLAIMS,
    ISSUER,
    NOW,
    TENANT_GUID,
    Api,
    mistakes,
)
from harness.settings_fakes import Clock, settings_services


@pytest.fixture
def api():
    return Api(settings_services())


def test_a_draft_is_saved_and_the_secret_never_comes_out__F09_K43(api, caplog):
    caplog.set_level(logging.DEBUG)

    saved = api.put(BODY | {"secret_expires_on": "2027-03-31"})

    draft = saved.json["draft"]
    assert saved.status == 200
    assert saved.headers["ETag"] == saved.json["etag"] == '"1"'
    assert draft["issuer"] == draft["discovery_url"] == ISSUER
    assert draft["secret"] == {"is_set": True, "set_at": NOW, "expires_on": "2027-03-31"}
    assert draft["method"] == "POST"
    assert draft["client_authentication"] == "client_secret_post"
    assert draft["scopes"] == ["openid", "profile", "email"]
    assert draft["attribute_mapping"] == {"email": "email", "name": "name"}
    assert (saved.json["enabled"], saved.json["live"]) == (False, None)
    [bound] = api.services.new_secrets.stored.values()
    assert bound == {
        "client_secret": CANARY,
        "issuer": ISSUER,
        "client_id": BODY["client_id"],
    }
    [keys] = api.services.key_snapshots.stored.items()
    assert keys[0] == (saved.json["connection_id"], 1)
    shown = [api.get(), api.get("/settings/sso"), saved]
    assert not any(CANARY in answer.text for answer in shown)
    assert CANARY not in caplog.text
    assert CANARY not in repr(api.services.connections.saved)


def test_a_bare_tenant_id_is_enough_for_azure(api):
    saved = api.put(BODY | {"discovery_url": f" {TENANT_GUID.upper()} "})

    assert saved.json["draft"]["discovery_url"] == ISSUER
    assert api.services.provider.asked == [ISSUER]


def test_a_typed_mistake_costs_no_call_and_saves_nothing(api):
    answer = api.put(BODY | {"client_secret": "01234567-89ab-cdef-0123-456789abcdef"})

    assert (answer.status, answer.json["code"]) == (400, "invalid_settings")
    assert mistakes(answer) == [("client_secret", "client_secret_is_secret_id")]
    assert api.services.provider.asked == []
    assert api.services.new_secrets.stored == {}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"client_id": "bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee"}, id="F10-client-id"),
        pytest.param(
            {"discovery_url": "22222222-2222-3333-4444-555555555555"}, id="F10-discovery-url"
        ),
    ],
)
def test_a_stored_secret_stays_with_its_issuer_and_client_id(api, change):
    api.put()

    answer = api.put(BODY | change | {"client_secret": None}, etag='"1"')

    assert mistakes(answer) == [("client_secret", "secret_required")]
    assert api.get().json["etag"] == '"1"'


def test_a_put_without_the_secret_keeps_it(api):
    api.put()
    api.services.now = Clock(NOW + 100)

    saved = api.put(BODY | {"client_secret": None, "method": "GET"}, etag='"1"')

    assert saved.json["draft"]["secret"]["set_at"] == NOW
    assert len(api.services.new_secrets.stored) == 1
    assert api.services.new_secrets.retired == []


def test_the_first_save_needs_a_secret(api):
    answer = api.put({key: BODY[key] for key in ("client_id", "discovery_url")})

    assert mistakes(answer) == [("client_secret", "secret_required")]
    assert api.services.provider.asked == []


def test_the_secret_of_a_replaced_draft_is_retired(api):
    api.put()

    api.put(BODY | {"client_secret": "another~Value"}, etag='"1"')

    assert api.services.new_secrets.retired == ["secret-1"]


def test_the_live_versions_secret_outlives_a_new_draft(api):
    api.put()
    api.patch({"enabled": True}, etag='"1"')

    saved = api.put(BODY | {"client_secret": "another~Value"}, etag='"2"')

    assert (saved.json["live"]["number"], saved.json["draft"]["number"]) == (1, 2)
    assert api.services.new_secrets.retired == []


@pytest.mark.parametrize(
    ("code", "message_part"),
    [
        ("issuer_mismatch", "another issuer"),
        ("metadata_malformed", "no discovery document"),
        ("a_code_nobody_wrote_down", "did not give"),
    ],
)
def test_a_provider_that_fails_is_told_on_the_discovery_url__K77(api, code, message_part):
    api.services.provider.failure = ProviderError(code, "detail with canary")

    answer = api.put()

    assert (answer.status, answer.json["code"]) == (400, "discovery_failed")
    assert mistakes(answer) == [("discovery_url", code)]
    assert message_part in answer.json["errors"][0]["message"]
    assert "canary" not in answer.text
    assert api.services.new_secrets.stored == {}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SettingsError("changed_meanwhile", status=412, title="late"), 412),
        (UnavailableError("aws_unavailable", "dynamodb"), 503),
    ],
)
def test_f13_a_save_that_fails_leaves_the_old_state_and_no_secret(api, error, status):
    api.put()
    before = api.get().json
    api.services.connections.fail_next_save = error

    answer = api.put(BODY | {"client_secret": "another~Value"}, etag='"1"')

    assert answer.status == status
    assert api.get().json == before
    assert api.services.new_secrets.retired == ["secret-2"]
    assert len(api.services.key_snapshots.stored) == 1


def test_keys_that_cannot_be_stored_do_not_undo_a_save(api):
    api.services.key_snapshots.failure = EndpointConnectionError(endpoint_url="dynamodb")

    assert api.put().status == 200
    assert api.get().json["etag"] == '"1"'


def test_f13_a_save_whose_answer_was_lost_keeps_its_secret(api):
    save = api.services.connections.save_version

    def saved_but_lost(*arguments, **named):
        save(*arguments, **named)
        raise UnavailableError("aws_unavailable", "dynamodb")

    api.services.connections.save_version = saved_but_lost

    assert api.put().status == 503
    assert api.services.new_secrets.retired == []


def test_a_second_save_needs_if_match(api):
    api.put()

    answer = api.put(BODY | {"method": "GET"})

    assert (answer.status, answer.json["code"]) == (428, "condition_required")


def test_f13_whoever_comes_second_hears_what_changed(api):
    api.put()
    api.put(BODY | {"method": "GET"}, etag='"1"', claims=CLAIMS | {"username": "bert"})

    late = api.put(BODY | {"scopes": ["openid"]}, etag='"1"')

    assert (late.status, late.json["code"]) == (412, "changed_meanwhile")
    assert [field for field, _ in mistakes(late)] == ["method", "scopes"]
    assert api.get().json["draft"]["saved_by"] == "bert"


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}])
def test_a_first_save_that_is_repeated_answers_as_the_first_time(api, headers):
    first = api.call("PUT", AZURE, BODY, headers=headers)

    again = api.call("PUT", AZURE, BODY, headers=headers)

    assert (again.status, again.json) == (200, first.json)
    assert len(api.services.new_secrets.stored) == 1


def test_a_repeated_save_with_another_secret_is_not_the_same(api):
    api.put()
    api.put(BODY | {"method": "GET"}, etag='"1"')

    again = api.put(BODY | {"method": "GET"}, etag='"1"')
    other = api.put(BODY | {"method": "GET", "client_secret": "other~Value"}, etag='"1"')

    assert (again.status, again.json["etag"]) == (200, '"2"')
    assert other.status == 412


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-Match": "*"}, 400),
        ({"If-Match": '"0"'}, 412),
        ({"If-Match": 'W/"1"'}, 400),
        ({"If-None-Match": "*"}, 412),
        ({"If-None-Match": '"1"'}, 400),
    ],
)
def test_conditions_that_do_not_hold(api, headers, status):
    api.put()

    answer = api.call("PUT", AZURE, BODY | {"method": "GET"}, headers=headers)

    assert answer.status == status


def test_if_match_without_a_connection_is_412(api):
    assert api.put(etag='"1"').status == 412


def test_google_takes_no_settings(api):
    answer = api.put(path="/settings/sso/connections/google")

    assert (answer.status, answer.json["code"]) == (409, "takes_no_settings")


# --- signing out at the provider


ENDS = {"end_session_endpoint": "https://login.microsoftonline.com/end"}
LOGOUT = {"logout_at_provider": True}
UNSUPPORTED = [("logout_at_provider", "logout_at_provider_unsupported")]


def test_a_provider_without_an_end_session_endpoint_is_not_asked_to_sign_out(api):
    assert mistakes(api.put(BODY | LOGOUT)) == UNSUPPORTED


@pytest.mark.parametrize(
    ("kind", "issuer"),
    [("okta", "https://acme.okta.com"), ("onelogin", "https://acme.onelogin.com/oidc/2")],
)
def test_a_provider_that_demands_the_id_token_is_not_asked_to_sign_out(api, kind, issuer):
    api.services.provider.changes = ENDS
    path = f"/settings/sso/connections/{kind}"
    answer = api.put(BODY | {"discovery_url": issuer} | LOGOUT, path=path)
    assert mistakes(answer) == UNSUPPORTED
    assert api.get(path).json["post_logout_redirect_uri"] is None


def test_signing_out_at_the_provider_is_saved_and_its_address_shown(api):
    api.services.provider.changes = ENDS
    saved = api.put(BODY | LOGOUT)
    assert saved.json["draft"]["logout_at_provider"] is True
    base_url = api.services.config.base_url
    assert saved.json["post_logout_redirect_uri"] == f"{base_url}/oauth2/logout/done"
    plain = api.put({k: BODY[k] for k in ("client_id", "discovery_url")}, etag=saved.json["etag"])
    assert plain.json["draft"]["logout_at_provider"] is False
