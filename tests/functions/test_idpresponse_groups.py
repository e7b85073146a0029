"""The callback through its app: the person's groups become what the provider says."""

from dataclasses import replace

import pytest

from authsso.errors import ProviderError, UnavailableError
from harness.callback_answers import told, welcomed
from harness.sign_in_world import Browser, connect, services, user
from idpresponse import explanation, memberships

AGENTS, SALES = "11111111-aaaa-0000-0000-000000000001", "11111111-aaaa-0000-0000-000000000002"
MAPPING = {AGENTS: "agents", SALES: "sales", "Duty.Manager": "managers"}
ALLOWED = ("agents", "sales", "managers")
OVERAGE = {
    "_claim_names": {"groups": "src1"},
    "_claim_sources": {"src1": {"endpoint": "https://evil.example/getMemberObjects"}},
}
CALLS = frozenset({"users.groups_of", "users.join", "users.leave"})


@pytest.fixture
def world():
    """Ada is known, is in sales, and in two groups that are none of the connection's business."""
    made = services(users=(user(),), group_allow_list=ALLOWED)
    connect(made, "acme", "azure", group_mapping=MAPPING)
    made.users.groups = {
        "agents": set(),
        "managers": set(),
        "sales": {"user-1"},
        "tenant-admins": {"user-1"},
        "others": {"user-1"},
    }
    return made


@pytest.fixture
def browser(world):
    return Browser(world)


@pytest.fixture
def carried(monkeypatch):
    facts = {}
    for module in (explanation, memberships):
        monkeypatch.setattr(module, "carry", lambda **more: facts.update(more))
    return facts


def groups_of(world):
    return world.users.groups_of("user-1") - {"others", "tenant-admins"}


def mapped_groups(browser, world, **claims):
    """Sign in with these claims; return the mapped groups that Ada is in afterwards."""
    world.provider.person.update(claims)
    welcomed(browser.sign_in())
    assert world.users.groups_of("user-1") >= {"others", "tenant-admins"}
    return groups_of(world)


# --- what a table, a provider or an outage must not bring about


@pytest.mark.parametrize(
    ("mapping", "allowed"),
    [
        pytest.param({AGENTS: "tenant-admins"}, ALLOWED, id="F23-tampered-table"),
        pytest.param({AGENTS: "tenant-admins"}, ("tenant-admins",), id="F23-even-if-allowed"),
        pytest.param({AGENTS: "agents"}, ("sales",), id="F23-not-allowed-any-more"),
        pytest.param({}, ALLOWED, id="nothing-is-mapped"),
    ],
)
def test_what_is_not_allowed_now_costs_no_call(mapping, allowed):
    made = services(users=(user(),), group_allow_list=allowed)
    connect(made, "acme", "azure", group_mapping=mapping)
    made.provider.person.update(groups=[AGENTS])
    welcomed(Browser(made).sign_in())
    assert not CALLS & set(made.calls)


@pytest.mark.parametrize(
    ("claims", "groups"),
    [
        pytest.param({"groups": []}, set(), id="none-any-more"),
        pytest.param({}, set(), id="no-claim"),
        pytest.param({"groups": {"a": AGENTS}}, set(), id="D10-no-list"),
        pytest.param({"groups": [7, None, [AGENTS], SALES]}, {"sales"}, id="D10-members"),
        pytest.param({"groups": [AGENTS.upper(), "agents"]}, set(), id="F23-names-are-exact"),
        pytest.param({"cognito:groups": ["agents"]}, set(), id="D09"),
        pytest.param({"groups": AGENTS}, {"agents"}, id="one-as-text"),
        pytest.param({"groups": [AGENTS, SALES, "x"]}, {"agents", "sales"}, id="two"),
        pytest.param({"roles": ["Duty.Manager"]}, {"managers"}, id="app-role"),
        pytest.param(
            {"groups": [AGENTS], "roles": ["Duty.Manager"]}, {"agents", "managers"}, id="both"
        ),
    ],
)
def test_the_groups_are_what_the_provider_says(browser, world, claims, groups):
    assert mapped_groups(browser, world, **claims) == groups


@pytest.mark.parametrize("call", sorted(CALLS))
def test_when_cognito_fails_nobody_comes_in_with_an_old_group__J14(browser, world, call):
    world.provider.person.update(groups=[AGENTS])
    world.failures[call] = UnavailableError("aws_unavailable", "throttled")
    assert told(browser.sign_in()) == "server_error"
    assert not world.codes.kept
    del world.failures[call]
    assert mapped_groups(browser, world) == {"agents"}


def test_whoever_loses_one_group_and_gets_another_leaves_first(browser, world):
    world.provider.person.update(groups=[AGENTS])
    welcomed(browser.sign_in())
    calls = [call for call in world.calls if call in CALLS]
    assert calls == ["users.groups_of", "users.leave", "users.join"]


def test_an_allowed_group_that_nobody_made_keeps_nobody_out(browser, world, logged):
    del world.users.groups["agents"]
    assert mapped_groups(browser, world, groups=[AGENTS, SALES]) == {"sales"}
    assert "group_not_in_pool" in logged()


def test_the_same_groups_again_are_looked_at_and_left(browser, world, carried):
    world.provider.person.update(groups=[SALES])
    welcomed(browser.sign_in())
    assert CALLS & set(world.calls) == {"users.groups_of"}
    assert groups_of(world) == {"sales"}
    assert "groups_joined" not in carried


def test_the_log_tells_what_was_changed(browser, world, carried):
    mapped_groups(browser, world, groups=[AGENTS])
    assert (carried["groups_left"], carried["groups_joined"]) == (["sales"], ["agents"])


def test_somebody_new_is_put_into_groups_at_once():
    made = services(group_allow_list=ALLOWED)
    connect(made, "acme", "azure", group_mapping=MAPPING)
    made.users.groups = {"agents": set()}
    made.provider.person.update(groups=[AGENTS])
    welcomed(Browser(made).sign_in())
    assert made.users.groups["agents"] == set(made.users.created)


def test_a_test_sign_in_changes_no_membership(browser, world):
    """It asks Graph, though: what the mapping would do is what the test is for."""
    world.entra_groups.groups = (AGENTS,)
    world.provider.person.update(OVERAGE)
    answer = world.provider.sign_in(browser.leave())
    (key,) = world.sign_ins.kept
    world.sign_ins.kept[key] = replace(world.sign_ins.kept[key], started_by="anna")
    world.calls.clear()
    assert browser.come_back(answer).status == 200
    assert not CALLS & set(world.calls)
    (trace,) = world.traces.kept.values()
    assert (trace.summary.outcome, trace.groups) == ("signed_in", (AGENTS,))


# --- more groups than a token holds


def test_an_overage_is_resolved_at_graph_and_nowhere_else(browser, world, carried):
    """The attacker's address in `_claim_sources` is asked by nobody."""
    world.entra_groups.groups = (*(f"g-{number}" for number in range(10_000)), AGENTS)
    assert mapped_groups(browser, world, **OVERAGE) == {"agents"}
    issuer = world.connections.version("acme", "azure", 1).metadata.issuer
    assert world.entra_groups.asked == [issuer]
    assert carried.get("claims_findings") is None


def test_hasgroups_is_an_overage_too(browser, world):
    world.entra_groups.groups = (AGENTS,)
    assert mapped_groups(browser, world, hasgroups=True) == {"agents"}


def test_groups_that_cannot_be_shown_are_not_kept(browser, world, logged, carried):
    """Graph refuses: the person comes in, with the roles of the token alone, and it is told."""
    assert mapped_groups(browser, world, **OVERAGE, roles=["Duty.Manager"]) == {"managers"}
    assert "graph_refused" in logged()
    assert carried["claims_findings"] == ["groups_overage"]


@pytest.mark.parametrize("code", ["graph_unavailable", "graph_malformed", "provider_timeout"])
def test_while_graph_does_not_answer_nothing_is_decided(browser, world, carried, code):
    world.failures["entra_groups.of_person"] = ProviderError(code)
    world.provider.person.update(OVERAGE)
    assert told(browser.sign_in()) == "invalid_request"
    assert groups_of(world) == {"sales"}
    assert carried["finding"] in {"provider_down", "provider_too_slow"}


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        pytest.param("azure", {"group_mapping": {}}, id="nothing-mapped"),
        pytest.param("azure", {"attribute_mapping": {"groups": "roles"}}, id="roles-are-read"),
        pytest.param("okta", {}, id="not-Entra"),
    ],
)
def test_graph_is_asked_only_where_it_matters(browser, world, kind, changes):
    connection = connect(world, "acme", kind, **{"group_mapping": MAPPING} | changes)
    world.provider.person.update(OVERAGE)
    world.provider.userinfo_claims = {"sub": "ada-subject"}
    welcomed(browser.sign_in(identity_provider=connection.connection_id))
    assert world.entra_groups.asked == []


# --- groups that only UserInfo tells


@pytest.fixture
def okta(world):
    mapping = {"Everyone": "agents"}
    return connect(world, "acme", "okta", group_mapping=mapping).connection_id


def test_groups_of_userinfo_count(browser, world, okta):
    world.provider.userinfo_claims = {"sub": "ada-subject", "groups": ["Everyone"]}
    welcomed(browser.sign_in(identity_provider=okta))
    assert "agents" in groups_of(world)


def test_userinfo_that_fails_is_not_taken_for_no_groups(browser, world, okta):
    world.users.groups["agents"].add("user-1")
    assert told(browser.sign_in(identity_provider=okta)) == "invalid_request"
    assert "agents" in groups_of(world)


def test_userinfo_may_fail_when_the_token_tells(browser, world, okta):
    world.provider.person.update(groups=["Everyone"])
    welcomed(browser.sign_in(identity_provider=okta))
    assert "agents" in groups_of(world)
