"""The callback through its app: what is refused before the provider is asked.

Where design.md overrules a row: B23 finishes on the version that it began with.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.callback_answers import shown, told, welcomed, went_out
from harness.fakes import NOW
from harness.sign_in_world import (
    SHARED,
    Browser,
    change_connection,
    connect,
)
from idpresponse.app import create_app

EVIL = """"'><script>alert(1)</script>"""


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
    assert "<script>" not in answer.body
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
