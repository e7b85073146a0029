"""A test sign-in: every check of a real one, and nobody is touched."""

from dataclasses import replace

import pytest

from authorize import app as authorize
from authsso.adapters.evidence_table import Result
from authsso.errors import ProviderError, UnavailableError
from authsso.protocol import trace
from authsso.protocol.sign_in import hashed
from harness.fakes import NOW
from harness.sign_in_world import ADA, Browser, change_connection, user

REFERENCE, TICKET = "ABCDEFG2", "t" * 43
OPEN = {"idp_identifier": "acme", "test_id": REFERENCE, "ticket": TICKET}
PATH = "/oauth2/test"


@pytest.fixture
def draft(world):
    """The connection of acme is off, and version 2 is a draft of it that nobody has tried yet."""
    head = world.connections.heads["acme", "azure"]
    change_connection(world, head, enabled=False, live=None, draft=2)
    live = world.connections.versions["acme", "azure", 1]
    world.connections.versions["acme", "azure", 2] = replace(live, number=2)
    head = world.connections.heads["acme", "azure"]
    prepared = trace.of_test(head, 2, reference=REFERENCE, started_by="anna", now=world.now())
    world.traces.save(prepared, ticket_hash=hashed(TICKET))
    world.calls.clear()
    return head


def open_it(browser, **changes):
    asked = {name: value for name, value in (OPEN | changes).items() if value is not None}
    return browser.send(authorize.create_app, "GET", PATH, asked)


def try_it(browser):
    return browser.come_back(browser.services.provider.sign_in(open_it(browser).location))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"ticket": "u" * 43}, id="wrong ticket"),
        pytest.param({"ticket": None}, id="no ticket"),
        pytest.param({"ticket": "t" * 10_000}, id="long ticket"),
        pytest.param({"test_id": "ZZZZZZZ2"}, id="other test"),
        pytest.param({"test_id": "../"}, id="no reference"),
        pytest.param({"idp_identifier": "globex"}, id="F05-other tenant"),
        pytest.param({"idp_identifier": None}, id="no tenant"),
    ],
)
def test_only_the_address_that_was_given_opens_it(browser, draft, changes):
    answer = open_it(browser, **changes)
    assert (answer.status, answer.location) == (400, "")
    assert "test_unknown" in answer.body
    assert open_it(browser).status == 303


def test_it_opens_once(browser, draft):
    assert open_it(browser).status == 303
    assert open_it(Browser(browser.services)).status == 400


def test_it_opens_for_ten_minutes(world, browser, draft):
    world.time += 601
    assert open_it(browser).status == 400


@pytest.mark.parametrize("lost", ["version", "connection"])
def test_what_is_gone_cannot_be_tried(world, browser, draft, lost):
    if lost == "version":
        del world.connections.versions["acme", "azure", 2]
    else:
        change_connection(world, draft, connection_id="x" * 26)
    assert open_it(browser).status == 400


def test_nobody_is_touched(world, browser, draft):
    answer = try_it(browser)

    assert (answer.status, answer.location) == (200, "")
    assert "came through" in answer.body
    effects = ("users.create", "users.confirm", "users.link", "identities.save", "codes.save")
    assert not [call for call in world.calls if call.startswith(effects)]
    assert not world.calls.count("tokens.sign_out_everywhere")


def test_what_would_have_happened_is_told(world, browser, draft):
    try_it(browser)

    kept = world.traces.of(REFERENCE)

    assert (kept.summary.outcome, kept.decision) == ("signed_in", "created")
    assert (kept.summary.kind, kept.summary.started_by) == ("test", "anna")
    assert kept.mapped == {"email": "ada@acme.example", "name": "Ada Lovelace"}
    assert kept.claims["email"] == "ada@acme.example"
    assert "nonce" not in kept.claims
    assert kept.steps[-1].name == "user_found"


@pytest.mark.parametrize(
    ("prepare", "finding"),
    [
        pytest.param(
            lambda world: world.failures.update(
                {
                    "provider.exchange": ProviderError(
                        "provider_invalid_request", "AADSTS9002327", error="invalid_request"
                    )
                }
            ),
            "entra_spa_platform",
            id="SPA",
        ),
        pytest.param(
            lambda world: (
                world.provider.person.pop("email"),
                setattr(world.provider, "userinfo_claims", {"sub": ADA["sub"]}),
            ),
            "entra_email_missing",
            id="no e-mail",
        ),
        pytest.param(
            lambda world: world.provider.person.update(email="ada@elsewhere.example"),
            "email_domain_not_proven",
            id="domain not proven",
        ),
        pytest.param(
            lambda world: (
                setattr(world.users, "named_by_address", True),
                world.users.kept.update(held=user("held", tenant_id="globex")),
            ),
            "address_is_anothers_username",
            id="address is a username of another tenant",
        ),
        pytest.param(
            lambda world: world.provider.id_token_changes.update(exp=NOW - 3600),
            "clocks_differ",
            id="clock skew",
        ),
    ],
)
def test_what_is_wrong_is_named(world, browser, draft, prepare, finding):
    prepare(world)
    answer = try_it(browser)

    kept = world.traces.of(REFERENCE)

    assert (answer.status, kept.summary.finding) == (200, finding)
    assert "did not come through" in answer.body
    result = world.evidence.results("test", draft.connection_id)[2]
    assert (result.passed, result.findings[0]) == (False, finding)


def test_a_provider_that_refuses_is_told_to_nobody_else(world, browser, draft):
    state = world.provider.sign_in(open_it(browser).location)["state"]
    told = "AADSTS50105: not assigned."
    answer = browser.come_back(
        {"state": state, "error": "access_denied", "error_description": told}
    )
    assert (answer.status, answer.location) == (200, "")
    assert world.traces.of(REFERENCE).summary.finding == "entra_user_not_assigned"


def test_claims_are_told_even_when_they_are_of_no_use(world, browser, draft):
    world.provider.person["tid"] = "99999999-0000-0000-0000-000000000000"
    try_it(browser)
    kept = world.traces.of(REFERENCE)
    assert kept.summary.finding == "entra_other_tenant"
    assert kept.claims["tid"] == "99999999-0000-0000-0000-000000000000"


def test_the_result_stays_with_the_version(world, browser, draft):
    try_it(browser)
    result = world.evidence.results("test", draft.connection_id)[2]
    assert (result.passed, result.by, result.reference) == (True, "anna", REFERENCE)


@pytest.mark.parametrize(("username", "counts"), [("anna", True), ("user-1", False)])
def test_F12_only_whoever_began_it_signs_in_for_enforce(world, browser, draft, username, counts):
    world.users.kept[username] = user(username)
    try_it(browser)
    seen = world.evidence.administrators.get(draft.connection_id)
    assert (seen is not None and (seen.version, seen.username) == (2, "anna")) is counts


def test_F12_a_test_that_fails_counts_for_nothing(world, browser, draft):
    world.users.kept["anna"] = user("anna", enabled=False)
    try_it(browser)
    assert world.evidence.administrators == {}


def test_the_live_versions_result_outlives_any_number_of_drafts(world, browser, draft):
    change_connection(world, draft, enabled=False, live=1, draft=2)
    older = {number: Result(number, NOW, "anna", passed=True) for number in (1, *range(10, 20))}
    world.evidence.kept_results["test", draft.connection_id] = older
    try_it(browser)
    assert {1, 2} <= set(world.evidence.results("test", draft.connection_id))


def test_a_result_that_cannot_be_kept_is_in_the_trace(world, browser, draft):
    world.failures["evidence.record_result"] = UnavailableError("aws_unavailable", "evidence")
    assert try_it(browser).status == 200
    assert world.traces.of(REFERENCE).summary.outcome == "signed_in"


def test_B03_another_browser_cannot_finish_it(world, browser, draft):
    parameters = world.provider.sign_in(open_it(browser).location)
    assert Browser(world).come_back(parameters).status == 400
    assert world.traces.of(REFERENCE).summary.outcome == "started"


def test_a_real_sign_in_needs_the_connection_on_still(world, browser, draft):
    change_connection(world, draft, enabled=True, live=1)
    parameters = world.provider.sign_in(browser.leave())
    change_connection(world, draft, enabled=False, live=1)
    assert browser.come_back(parameters).query["error"] == "access_denied"
