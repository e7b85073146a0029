"""The callback through its app: what the provider says, and faults."""

import pytest

from authsso.errors import ProviderError, UnavailableError
from harness.callback_answers import record_of, shown, told, welcomed, went_out
from harness.fakes import NOW
from harness.sign_in_world import SHARED, Browser, connect
from harness.tokens import rsa_jwk, rsa_key

EVIL = """"'><script>alert(1)</script>"""


# --- what the provider reports


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        pytest.param({"error": "access_denied"}, "access_denied", id="B29"),
        pytest.param({"error": EVIL, "error_description": EVIL}, "access_denied", id="H11-B29"),
        pytest.param({"error": "login_required"}, "login_required", id="E16"),
        pytest.param({"error": "access_denied", "code": "x"}, "access_denied", id="B19-and-code"),
    ],
)
def test_an_error_of_the_provider_burns_the_sign_in(browser, world, parameters, error):
    state = world.provider.sign_in(browser.leave())["state"]
    kept = dict(browser.cookies)
    world.calls.clear()
    answer = browser.come_back({"state": state} | parameters)
    assert told(answer) == error
    assert "alert" not in answer.location
    assert went_out(world) == []
    browser.cookies = kept
    assert shown(browser.come_back({"state": state} | parameters)) == "sign_in_unknown"


# --- faults


@pytest.mark.parametrize(
    "call",
    [
        "connections.connection",
        "connections.version",
        "client_secrets.get",
        "identities.of_identity",
        "users.with_email",
        "domains.proven_owner",
        "identities.save",
        "users.create",
        "codes.save",
    ],
)
def test_a_fault_of_ours_is_told_as_one__J14(browser, world, call):
    answer_of_provider = world.provider.sign_in(browser.leave())
    world.failures[call] = UnavailableError("aws_unavailable", "throttled")
    answer = browser.come_back(answer_of_provider)
    assert told(answer) == "server_error"
    assert "throttled" not in answer.location
    assert not world.codes.kept


def test_when_taking_fails_nothing_is_asked__J11(browser, world):
    world.failures["sign_ins.take"] = UnavailableError("aws_unavailable", "throttled")
    answer = browser.sign_in()
    assert (shown(answer), answer.status) == ("aws_unavailable", 503)
    assert went_out(world) == []


def test_a_secret_that_was_entered_for_another_issuer_is_never_sent__F10(browser, world, logged):
    for bound in world.client_secrets.bound.values():
        bound["issuer"] = "https://evil.example"
    assert told(browser.sign_in()) == "server_error"
    assert "client_secret_unusable" in logged()
    assert "provider.exchange" not in world.calls


def test_a_bug_is_a_page_without_its_text__J26(browser, world):
    world.failures["users.find"] = world.failures["users.with_email"] = KeyError("our secret bug")
    answer = browser.sign_in()
    assert (answer.status, answer.location) == (500, "")
    assert "secret bug" not in answer.body


# --- what the provider says at its token endpoint


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"nonce": "other"}, "id_token_nonce", id="B24-injected-code"),
        pytest.param({"nonce": None}, "id_token_nonce", id="B24-no-nonce"),
        pytest.param({"iss": "https://evil.example"}, "id_token_issuer", id="issuer"),
        pytest.param({"aud": "other"}, "id_token_audience", id="audience"),
        pytest.param({"exp": NOW - 61}, "id_token_expired", id="expired"),
        pytest.param({"sub": ""}, "id_token_subject", id="D11-subject"),
        pytest.param({"tid": "other-tenant"}, "id_token_tenant", id="tid"),
    ],
)
def test_an_id_token_that_does_not_hold_lets_nobody_in__D01(browser, world, logged, changes, code):
    world.provider.id_token_changes.update(changes)
    answer = browser.sign_in()
    assert told(answer) == "invalid_request"
    assert code in logged()
    assert not world.codes.kept
    assert "provider.userinfo" not in world.calls
    assert not any(call.startswith(("users.", "identities.")) for call in world.calls)


def test_a_code_of_another_sign_in_is_refused_by_the_provider__B24(browser, world, logged):
    stolen = world.provider.sign_in(Browser(world).leave())["code"]
    own = world.provider.sign_in(browser.leave())
    assert told(browser.come_back(own | {"code": stolen})) == "invalid_request"
    assert "provider_invalid_grant" in logged()


def test_an_unsigned_token_of_a_lying_provider(browser, world, logged):
    world.provider.key, world.provider.kid = rsa_key("somebody else"), "provider"
    assert told(browser.sign_in()) == "invalid_request"
    assert "id_token_signature" in logged()


def test_a_key_that_is_not_known_yet_is_looked_for_once(browser, world):
    world.provider.key, world.provider.kid = rsa_key("new"), "new"
    world.provider_keys.found_later["new"] = rsa_jwk(rsa_key("new"), kid="new")
    welcomed(browser.sign_in())
    assert world.calls.count("provider_keys.refetched") == 1


def test_a_key_that_is_found_nowhere_ends_it(browser, world, logged):
    world.provider.kid = "nowhere"
    assert told(browser.sign_in()) == "invalid_request"
    assert "id_token_unknown_key" in logged()
    assert world.calls.count("provider_keys.refetched") == 1


# --- a provider that does not answer


def test_a_silent_provider_is_left_alone_and_the_application_told_so__J23(browser, world, logged):
    world.failures["provider.exchange"] = ProviderError("provider_timeout")
    assert [told(browser.sign_in()) for _ in range(5)] == ["invalid_request"] * 5
    answer = browser.sign_in()

    assert told(answer) == "temporarily_unavailable"
    assert "try again in a minute. (provider_paused" in answer.query["error_description"]
    assert "provider.exchange" not in world.calls
    assert "provider_paused" in logged()
    world.failures.clear()
    assert told(browser.sign_in()) == "temporarily_unavailable"
    world.time += 15
    welcomed(browser.sign_in())


def test_a_silent_userinfo_is_left_out_where_it_is_not_needed__J23(browser, world):
    del world.provider.person["name"]
    world.failures["provider.userinfo"] = ProviderError("provider_timeout")
    for _ in range(5):
        welcomed(browser.sign_in())
    welcomed(browser.sign_in())
    assert "provider.userinfo" not in world.calls


def test_a_silent_provider_is_no_matter_of_another_tenant__J22(browser, world):
    connect(world, "globex", "oidc")
    world.failures["provider.exchange"] = ProviderError("provider_timeout")
    for _ in range(6):
        browser.sign_in()
    del world.failures["provider.exchange"]
    connection_id = world.connections.connection("globex", "oidc").connection_id
    path = f"{SHARED}/{connection_id}"
    world.domains.owners["acme.example"] = "globex"
    welcomed(browser.sign_in(path, idp_identifier="globex"))


# --- UserInfo


def test_userinfo_about_somebody_else_ends_it(browser, world, logged):
    connect(world, "acme", "okta")
    world.provider.userinfo_claims = {"sub": "eve"}
    connection_id = world.connections.connection("acme", "okta").connection_id
    answer = browser.sign_in(identity_provider=connection_id)
    assert told(answer) == "invalid_request"
    assert "userinfo_subject" in logged()


@pytest.mark.parametrize(
    ("kind", "person", "asked"),
    [
        pytest.param("azure", {}, False, id="azure-carries-what-is-needed"),
        pytest.param("azure", {"name": None}, True, id="azure-lacks-a-claim"),
        pytest.param("okta", {}, True, id="okta-always"),
    ],
)
def test_when_userinfo_is_asked(browser, world, kind, person, asked):
    """design.md 2 overrules A01 for azure."""
    if kind == "okta":
        connect(world, "acme", kind)
    world.provider.person.update(person)
    world.provider.userinfo_claims = {"sub": "ada-subject", "name": "Ada"}
    connection_id = world.connections.connection("acme", kind).connection_id
    welcomed(browser.sign_in(identity_provider=connection_id))
    assert ("provider.userinfo" in world.calls) is asked


@pytest.mark.parametrize(
    ("missing", "good"),
    [
        pytest.param("name", True, id="D08-not-needed"),
        pytest.param("email", False, id="D08-needed"),
    ],
)
def test_when_userinfo_fails_it_goes_on_if_it_can(browser, world, missing, good):
    del world.provider.person[missing]
    answer = browser.sign_in()
    assert ("code" in answer.query) is good
    assert good or told(answer) == "invalid_request"


def test_userinfo_cannot_say_whose_tenant_it_is__D05_D09(browser, world):
    del world.provider.person["name"]
    world.provider.userinfo_claims = {
        "sub": "ada-subject",
        "custom:tenant_id": "globex",
        "tid": "other",
        "iss": "https://evil.example",
        "email": "ceo@globex.example",
        "cognito:groups": ["tenant-admins"],
    }
    record = record_of(world, browser.sign_in())
    assert (record.tenant_id, world.users.kept[record.username].email) == (
        "acme",
        "ada@acme.example",
    )
