"""The callback through its app: every refusal alone and in its order, then the good ones.

Where design.md overrules a row: B23 finishes on the version that it began with.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from authsso.errors import UnavailableError
from authsso.protocol.sign_in import hashed
from harness.fakes import NOW
from harness.sign_in_world import (
    CALLBACK,
    ISSUERS,
    REQUEST,
    SHARED,
    Browser,
    change_connection,
    connect,
    services,
    user,
)
from harness.tokens import compact, rsa_jwk, rsa_key
from idpresponse.app import create_app

EVIL = """"'><script>alert(1)</script>"""
OUTBOUND = ("client_secrets.", "provider.", "provider_keys.", "users.", "codes.")


@pytest.fixture
def world():
    return services()


@pytest.fixture
def browser(world):
    return Browser(world)


@pytest.fixture
def logged(caplog):
    return lambda: [record.getMessage() for record in caplog.records]


def shown(answer):
    """The code on our own page, which is all that happens."""
    assert answer.status >= 400
    assert answer.location == ""
    assert all("Max-Age=0" in cookie for cookie in answer.cookies)
    return answer.body.rpartition("<dt>Error</dt><dd><code>")[2].partition("<")[0]


def told(answer):
    """The error that the application hears."""
    assert answer.status == 303
    assert answer.location.startswith(f"{CALLBACK}?")
    assert "code" not in answer.query
    assert answer.query["state"] == REQUEST["state"]
    return answer.query["error"]


def welcomed(answer):
    assert answer.status == 303, answer.body
    assert answer.query.get("state") == REQUEST["state"], answer.location
    return answer.query["code"]


def went_out(world):
    return [call for call in world.calls if call.startswith(OUTBOUND)]


def record_of(world, answer):
    return world.codes.kept[hashed(welcomed(answer))]


# --- before anything is taken


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        pytest.param({}, "wrong_browser", id="B01-B33-nothing"),
        pytest.param({"code": "x"}, "wrong_browser", id="B01-only-code"),
        pytest.param({"state": "x"}, "wrong_browser", id="B01-only-state"),
        pytest.param({"code": "x", "state": "y"}, "wrong_browser", id="B35-K74-unsolicited"),
        pytest.param({"error": "x", "state": "y"}, "wrong_browser", id="B31-foreign-state"),
        pytest.param({"error": EVIL}, "wrong_browser", id="B31-no-state"),
        pytest.param({"state": "s" * 600, "code": "x"}, "wrong_browser", id="B34-long-state"),
        pytest.param("state=a&state=a", "malformed_request", id="B14-state-twice"),
        pytest.param("state=a&code=1&code=1", "malformed_request", id="B14-code-twice"),
        pytest.param("state=a&iss=1&iss=2", "malformed_request", id="B14-iss-twice"),
        pytest.param("state=a&error=1&error=2", "malformed_request", id="B14-error-twice"),
        pytest.param("state=%c0%af", "malformed_request", id="B34-overlong"),
        pytest.param("state=%00", "malformed_request", id="B34-nul"),
        pytest.param("state=" + "x" * 17_000, "malformed_request", id="B34-long-query"),
    ],
)
def test_what_belongs_to_no_sign_in_reaches_no_table(browser, world, parameters, code):
    answer = browser.come_back(parameters)
    assert shown(answer) == code
    assert "<script" not in answer.body
    assert world.calls == []


def test_another_browser_is_refused_and_burns_nothing__B03_B05_K01_K36_K68(browser, world):
    answer_of_provider = world.provider.sign_in(browser.leave())
    world.calls.clear()
    refused = Browser(world).come_back(answer_of_provider)
    assert shown(refused) == "wrong_browser"
    assert refused.cookies == []
    assert world.calls == []
    welcomed(browser.come_back(answer_of_provider))


def test_a_wrong_cookie_is_refused_and_burns_nothing__B03(browser, world):
    answer_of_provider = world.provider.sign_in(browser.leave())
    world.calls.clear()
    victim = Browser(world)
    victim.cookies = dict.fromkeys(browser.cookies, "A" * 43)
    assert shown(victim.come_back(answer_of_provider)) == "wrong_browser"
    assert world.calls == ["sign_ins.take"]
    welcomed(browser.come_back(answer_of_provider))


def test_the_cookie_of_another_sign_in_does_not_help__B05(browser, world):
    attacker = Browser(world)
    answer_of_provider = world.provider.sign_in(attacker.leave())
    browser.leave()
    assert shown(browser.come_back(answer_of_provider)) == "wrong_browser"
    (theirs,), (own,) = attacker.cookies, browser.cookies.values()
    browser.cookies[theirs] = own
    assert shown(browser.come_back(answer_of_provider)) == "wrong_browser"
    welcomed(attacker.come_back(answer_of_provider))


@pytest.mark.parametrize(
    ("method", "path", "query", "code"),
    [
        pytest.param("GET", SHARED, None, "malformed_request", id="B15-get-with-a-body"),
        pytest.param("POST", SHARED, "state=x", "malformed_request", id="B15-query-at-a-post"),
        pytest.param("POST", SHARED, "iss=x", "malformed_request", id="B14-one-in-each"),
    ],
)
def test_each_method_reads_one_place(browser, method, path, query, code):
    world = browser.services
    answer_of_provider = world.provider.sign_in(browser.leave())
    world.calls.clear()

    class Twisted:
        def resolve(self, event, context):
            event = event | ({"rawQueryString": query} if query else {"body": "state=x"})
            return create_app(world).resolve(event, context)

    answer = browser.send(lambda _: Twisted(), method, path, answer_of_provider)
    assert shown(answer) == code
    assert world.calls == []
    welcomed(browser.come_back(answer_of_provider))


@pytest.mark.parametrize("method", ["HEAD", "PUT", "OPTIONS", "DELETE"])
def test_other_methods_consume_nothing__B18_H17(browser, world, method):
    answer_of_provider = world.provider.sign_in(browser.leave())
    world.calls.clear()
    assert browser.come_back(answer_of_provider, method=method).status == 404
    assert world.calls == []
    welcomed(browser.come_back(answer_of_provider))


def test_a_prefetch_consumes_nothing__B18(browser, world):
    answer_of_provider = world.provider.sign_in(browser.leave())
    world.calls.clear()
    answer = browser.come_back(answer_of_provider, sec_purpose="prefetch;prerender")
    assert (shown(answer), answer.status) == ("prefetched", 503)
    assert answer.headers["Cache-Control"] == "no-store"
    assert world.calls == []
    welcomed(browser.come_back(answer_of_provider))


# --- taken, but not to be believed: the application hears nothing, no secret is read


def test_a_second_use_finds_nothing__J18(browser, world):
    answer_of_provider = world.provider.sign_in(browser.leave())
    kept = dict(browser.cookies)
    welcomed(browser.come_back(answer_of_provider))
    browser.cookies = kept
    world.calls.clear()
    assert shown(browser.come_back(answer_of_provider)) == "sign_in_unknown"
    assert world.calls == ["sign_ins.take"]


def test_of_twenty_at_once_exactly_one_gets_through__B08(browser, world):
    answer_of_provider = world.provider.sign_in(browser.leave())
    kept = dict(browser.cookies)
    world.calls.clear()

    def attempt(_):
        tab = Browser(world)
        tab.cookies = dict(kept)
        return tab.come_back(answer_of_provider)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(attempt, range(20)))
    assert sorted(answer.status for answer in answers) == [303] + [400] * 19
    assert world.calls.count("provider.exchange") == 1
    assert len(world.codes.kept) == 1


@pytest.mark.parametrize(
    "late", [pytest.param(600, id="B09-in-code-too"), pytest.param(90_000, id="B09-a-day")]
)
def test_time_is_up_even_if_the_item_is_still_there(browser, world, late):
    answer_of_provider = world.provider.sign_in(browser.leave())
    world.time = NOW + late
    world.calls.clear()
    assert shown(browser.come_back(answer_of_provider)) == "sign_in_expired"
    assert went_out(world) == []


def test_a_sign_in_from_the_future_is_refused__B10(browser, world):
    answer_of_provider = world.provider.sign_in(browser.leave())
    world.time = NOW - 61
    assert shown(browser.come_back(answer_of_provider)) == "sign_in_expired"


OTHER_ID = "a" * 26


@pytest.mark.parametrize(
    ("kind", "options", "change", "code"),
    [
        pytest.param("okta", {}, {"path": "own"}, "wrong_callback", id="B20-own-for-shared"),
        pytest.param(
            "okta", {}, {"path": OTHER_ID}, "wrong_callback", id="B20-anothers-for-shared"
        ),
        pytest.param("oidc", {}, {"path": None}, "wrong_callback", id="B20-shared-for-own"),
        pytest.param("oidc", {}, {"path": OTHER_ID}, "wrong_callback", id="B20-anothers-own"),
        pytest.param("oidc", {}, {"path": "azure"}, "wrong_callback", id="B20-other-tenants"),
        pytest.param("okta", {}, {"method": "POST"}, "wrong_response_mode", id="B16-posted"),
        pytest.param(
            "okta",
            {"response_mode": "form_post"},
            {"method": "GET"},
            "wrong_response_mode",
            id="B16-downgrade-to-the-address-bar",
        ),
        pytest.param(
            "okta", {}, {"iss": "https://evil.example"}, "issuer_mismatch", id="A58-not-promised"
        ),
        pytest.param(
            "okta",
            {"metadata": {"sends_iss_parameter": True}},
            {"iss": "https://evil.example"},
            "issuer_mismatch",
            id="A58",
        ),
        pytest.param(
            "okta",
            {"metadata": {"sends_iss_parameter": True}},
            {},
            "issuer_missing",
            id="A59-promised",
        ),
        pytest.param(
            "okta",
            {},
            {"iss": "https://evil.example", "error": "access_denied"},
            "issuer_mismatch",
            id="A58-B31-with-an-error",
        ),
        pytest.param("okta", {}, {"code": ""}, "code_missing", id="B01-no-code"),
        pytest.param("okta", {}, {"code": "c" * 8193}, "code_missing", id="B34-long-code"),
    ],
)
def test_a_sign_of_mix_up_ends_it_before_a_secret_is_read__B38(
    browser, kind, options, change, code
):
    world = browser.services
    connection = connect(world, "globex", kind, **options)
    azure = world.connections.connection("acme", "azure").connection_id
    answer_of_provider = world.provider.sign_in(browser.leave(idp_identifier="globex"))
    own = connection.connection_id if kind == "oidc" else None
    path = {"own": connection.connection_id, "azure": azure}.get(
        change.get("path", own), change.get("path", own)
    )
    method = change.get("method", "POST" if options.get("response_mode") == "form_post" else "GET")
    parameters = answer_of_provider | {
        name: value for name, value in change.items() if name not in {"path", "method"}
    }
    world.calls.clear()

    answer = browser.come_back(parameters, f"{SHARED}/{path}" if path else SHARED, method)

    assert shown(answer) == code
    assert went_out(world) == []
    assert world.calls[0] == "sign_ins.take"
    assert not world.codes.kept


def test_coat_one_tenants_provider_sends_the_victim_to_anothers__B20(browser, world):
    """The attacker's endpoint sends the victim on to the honest provider, with its own state."""
    evil = connect(world, "globex", "oidc")
    victims_way_to_evil = browser.leave(idp_identifier="globex")
    attacker = Browser(world)
    attackers_way_to_acme = attacker.leave(idp_identifier="acme")
    harvested = world.provider.sign_in(attackers_way_to_acme)["code"]
    state_at_evil = world.provider.sign_in(victims_way_to_evil)["state"]
    world.calls.clear()
    answer = browser.come_back({"code": harvested, "state": state_at_evil}, SHARED)
    assert shown(answer) == "wrong_callback"
    assert went_out(world) == []
    assert evil.connection_id not in answer.body


# --- the connection meanwhile


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param({"enabled": False}, id="B23-disabled"),
        pytest.param({"connection_id": OTHER_ID}, id="B23-made-anew"),
        pytest.param(None, id="B23-deleted"),
    ],
)
def test_a_connection_that_is_off_lets_nobody_in__K10_K22(browser, world, logged, meanwhile):
    connection = world.connections.connection("acme", "azure")
    answer_of_provider = world.provider.sign_in(browser.leave())
    if meanwhile is None:
        world.connections.heads.clear()
    else:
        change_connection(world, connection, **meanwhile)
    world.calls.clear()
    assert told(browser.come_back(answer_of_provider)) == "access_denied"
    assert "connection_disabled" in logged()
    assert went_out(world) == []


def test_a_version_that_is_gone_is_a_connection_that_is_off__B23(browser, world):
    answer_of_provider = world.provider.sign_in(browser.leave())
    world.connections.versions.clear()
    assert told(browser.come_back(answer_of_provider)) == "access_denied"


def test_a_new_live_version_does_not_mix_with_the_old_one__B23(browser, world):
    """design.md 6b overrules the row: it finishes on the version that it began with."""
    connection = world.connections.connection("acme", "azure")
    answer_of_provider = world.provider.sign_in(browser.leave())
    change_connection(world, connection, live=2)
    assert welcomed(browser.come_back(answer_of_provider))


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


# --- the good way


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        pytest.param("azure", "query", id="shared-query"),
        pytest.param("okta", "form_post", id="shared-form-post"),
        pytest.param("oidc", "query", id="own-query"),
        pytest.param("oidc", "form_post", id="own-form-post"),
    ],
)
def test_a_sign_in_ends_with_our_code__E01_H13(browser, world, kind, mode):
    tenant_id = "acme" if kind == "azure" else "globex"
    world.domains.owners["globex.example"] = "globex"
    if kind != "azure":
        connect(world, tenant_id, kind, response_mode=mode)
        world.provider.person["email"] = "bob@globex.example"
    connection = world.connections.connection(tenant_id, kind)
    answer_of_provider = world.provider.sign_in(browser.leave(idp_identifier=tenant_id))
    path = f"{SHARED}/{connection.connection_id}" if kind == "oidc" else SHARED

    answer = browser.come_back(
        answer_of_provider | {"iss": ISSUERS[kind]}, path, "POST" if mode == "form_post" else "GET"
    )

    record = record_of(world, answer)
    assert set(answer.query) == {"code", "state"}
    assert (record.client_id, record.redirect_uri) == ("portal", CALLBACK)
    assert (record.tenant_id, record.connection_id) == (tenant_id, connection.connection_id)
    assert (record.code_challenge, record.expires_at) == (REQUEST["code_challenge"], NOW + 60)
    (removed,) = answer.cookies
    assert "Max-Age=0" in removed
    assert browser.cookies == {}
    assert answer.headers["Cache-Control"] == "no-store"
    assert not world.sign_ins.kept


def test_the_first_sign_in_under_enforcement_ends_all_other_sessions__F37(browser, world):
    connection = world.connections.connection("acme", "azure")
    change_connection(world, connection, enforced=True, enforced_at=NOW - 3600)
    username = record_of(world, browser.sign_in()).username
    assert world.tokens.signed_out == [username]
    welcomed(browser.sign_in())
    assert world.tokens.signed_out == [username]


def test_without_enforcement_nobody_is_signed_out(browser, world):
    welcomed(browser.sign_in())
    assert world.tokens.signed_out == []


def test_no_code_comes_out_when_the_other_sessions_cannot_be_ended__F37(browser, world):
    connection = world.connections.connection("acme", "azure")
    change_connection(world, connection, enforced=True, enforced_at=NOW - 3600)
    world.failures["tokens.sign_out_everywhere"] = UnavailableError("aws_unavailable", "")
    assert told(browser.sign_in()) == "server_error"
    assert not world.codes.kept


def test_the_order_of_a_good_sign_in__B38(browser, world):
    welcomed(browser.sign_in())
    order = [
        "sign_ins.take",
        "connections.connection",
        "client_secrets.get",
        "provider.exchange",
        "provider_keys.keys",
        "identities.of_identity",
        "codes.save",
    ]
    assert [call for call in world.calls if call in order] == order


def test_two_tabs_finish_in_reverse_order__B06(browser, world):
    connect(world, "globex", "okta")
    world.domains.owners["globex.example"] = "globex"
    first = world.provider.sign_in(browser.leave(idp_identifier="acme"))
    second = world.provider.sign_in(browser.leave(idp_identifier="globex"))
    assert len(browser.cookies) == 2
    world.provider.person["email"] = "bob@globex.example"
    assert record_of(world, browser.come_back(second)).tenant_id == "globex"
    world.provider.person["email"] = "ada@acme.example"
    assert record_of(world, browser.come_back(first)).tenant_id == "acme"
    assert browser.cookies == {}


def test_no_token_code_or_secret_is_in_a_log__E46_I02(browser, world, capsys, caplog):
    code = welcomed(browser.sign_in())
    text = capsys.readouterr().out + caplog.text
    for secret in (code, "provider-code", "client-secret", "provider-access-token", "ada@acme"):
        assert secret not in text
    assert compact({}, {})[:2] + "J0eXAi" not in text


def test_a_known_identity_is_keyed_by_hash_alone__F21(browser, world):
    welcomed(browser.sign_in())
    (identity_key, user_key) = sorted(world.identities.kept)
    link = world.identities.kept[user_key]
    assert identity_key == f"identity#{link.identity_hash}"
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", link.username)
    assert user_key == f"user#{link.username}"
    assert world.provider.person["email"] not in repr(world.identities.kept)
