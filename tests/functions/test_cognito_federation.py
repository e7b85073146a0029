"""The pool follows the connections, one tenant at a time, and drift is told and repaired."""

from types import SimpleNamespace

import pytest

from authsso.adapters.pool_federation import PoolRefusedError
from authsso.errors import UnavailableError
from authsso.protocol.cognito_provider import name_of
from cognito_federation.app import create_handler
from cognito_federation.changes import changed_tenants
from harness.sign_in_world import change_connection, connect, services

ACME = {"tenant_id": {"S": "acme"}}


@pytest.fixture
def world():
    owners = {"acme.example": "acme", "globex.example": "globex"}
    return services(federated_clients=("Portal",), domains=owners)


@pytest.fixture
def azure(world):
    return world.connections.connection("acme", "azure")


@pytest.fixture
def handle(world):
    handler = create_handler(lambda: world)
    return lambda event: handler(event, SimpleNamespace())


@pytest.fixture
def follow(handle):
    """Tell of a change of some tenants."""

    def tell(*tenant_ids):
        images = [{"NewImage": {"tenant_id": {"S": one}}} for one in tenant_ids]
        return handle({"Records": [{"dynamodb": image} for image in images]})

    return tell


def state(world, connection):
    return world.federation.states[connection.connection_id].state


def held(world):
    """Provider names that the pool holds, by the app clients that offer them."""
    offers = {one: world.pool_federation.offered(one) for one in world.pool_federation.offers}
    return frozenset(world.pool_federation.providers), offers["portal"], offers["backend"]


def image(**texts):
    return {name: {"S": value} for name, value in texts.items()}


# --- what the streams tell


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param({}, image(tenant_id="acme", connection_id="a"), {"acme": set()}, id="new"),
        pytest.param(
            image(tenant_id="acme", connection_id="a"),
            image(tenant_id="acme", connection_id="a"),
            {"acme": set()},
            id="changed",
        ),
        pytest.param(image(tenant_id="acme", connection_id="a"), {}, {"acme": {"a"}}, id="gone"),
        pytest.param(
            image(tenant_id="acme", connection_id="a"),
            image(tenant_id="acme", connection_id="b"),
            {"acme": {"a"}},
            id="F17-made-anew",
        ),
        pytest.param(
            image(tenant_id="acme", domain="d"),
            image(tenant_id="globex", domain="d"),
            {"acme": set(), "globex": set()},
            id="domain-changed-hands",
        ),
        pytest.param({}, {}, {}, id="nothing"),
    ],
)
def test_a_record_names_whom_it_is_about(old, new, expected):
    record = {"dynamodb": {"OldImage": old, "NewImage": new}}
    assert changed_tenants([record, record]) == expected


# --- one tenant


def test_an_enabled_connection_is_put_into_the_pool_and_offered_where_allowed(world, azure, follow):
    follow("acme")
    name = name_of(azure.connection_id)
    assert held(world) == ({name}, {name}, set())
    assert world.pool_federation.providers[name].identifiers == ("acme.example",)
    assert world.pool_federation.providers[name].client_secret == "client-secret"
    assert state(world, azure) == "on"


def test_a_second_look_changes_nothing__J19(world, azure, follow):
    follow("acme")
    world.calls.clear()
    follow("acme")
    assert not {"pool_federation.create", "pool_federation.update"} & set(world.calls)


@pytest.mark.parametrize("changes", [{"enabled": False}, {"live": None}])
def test_what_is_switched_off_is_withdrawn_and_removed(world, azure, follow, changes):
    follow("acme")
    change_connection(world, azure, **changes)
    follow("acme")
    assert held(world) == (set(), set(), set())
    assert state(world, azure) == "off"


def test_what_is_gone_is_removed_and_forgotten(world, azure, handle, follow):
    follow("acme")
    world.connections.heads.clear()
    old = image(tenant_id="acme", connection_id=azure.connection_id)
    handle({"Records": [{"dynamodb": {"OldImage": old}}]})
    assert held(world) == (set(), set(), set())
    assert world.federation.states == {}


def test_a_connection_with_a_callback_of_its_own_never_gets_there(world, follow):
    own = connect(world, "globex", "oidc")
    follow("globex")
    assert held(world) == (set(), set(), set())
    assert state(world, own) == "off"
    assert "client_secrets.get" not in world.calls


def test_nothing_is_put_there_while_nobody_has_opted_in(azure):
    world = services()
    create_handler(lambda: world)(
        {"Records": [{"dynamodb": {"NewImage": ACME}}]}, SimpleNamespace()
    )
    assert held(world) == (set(), set(), set())
    assert "client_secrets.get" not in world.calls


def test_an_endpoint_that_is_not_pinned_never_gets_there(world, follow):
    bad = connect(
        world, "globex", "okta", metadata={"token_endpoint": "https://evil.example/token"}
    )
    follow("globex")
    assert held(world)[0] == set()
    assert state(world, bad) == "unavailable"


def test_one_of_two_connections_bears_the_domains(world, azure, follow):
    okta = connect(world, "acme", "okta")
    follow("acme")
    providers = world.pool_federation.providers
    assert providers[name_of(azure.connection_id)].identifiers == ("acme.example",)
    assert providers[name_of(okta.connection_id)].identifiers == ()

    change_connection(world, azure, enabled=False)
    follow("acme")
    assert providers[name_of(okta.connection_id)].identifiers == ("acme.example",)


def test_the_enforced_one_takes_the_domains_over_and_the_other_leaves(world, azure, follow):
    okta = connect(world, "acme", "okta")
    follow("acme")
    change_connection(world, okta, enforced=True)
    follow("acme")
    assert held(world)[0] == {name_of(okta.connection_id)}
    assert state(world, azure) == "off"


def test_domains_move_between_providers_that_both_stay(world, azure, follow):
    """Azure comes back and bears them again: okta must have given them up before."""
    okta = connect(world, "acme", "okta")
    change_connection(world, azure, enabled=False)
    follow("acme")
    change_connection(world, azure, enabled=True)
    follow("acme")
    providers = world.pool_federation.providers
    assert providers[name_of(okta.connection_id)].identifiers == ()
    assert providers[name_of(azure.connection_id)].identifiers == ("acme.example",)
    assert {state(world, azure), state(world, okta)} == {"on"}


# --- when Cognito will not, or cannot now


@pytest.mark.parametrize("code", ["limit", "duplicate", "refused"])
def test_a_refusal_is_said_and_not_tried_again(world, azure, follow, code):
    world.pool_federation.refuses[name_of(azure.connection_id)] = PoolRefusedError(code, "words")
    follow("acme")
    assert state(world, azure) == "unavailable"


def test_a_secret_that_is_gone_is_said_and_not_tried_again(world, azure, follow):
    world.client_secrets.bound.clear()
    follow("acme")
    assert state(world, azure) == "unavailable"
    assert held(world) == (set(), set(), set())


@pytest.mark.parametrize("call", ["create", "clients", "offer", "find"])
def test_busy_is_said_and_tried_again(world, azure, follow, call):
    world.failures[f"pool_federation.{call}"] = UnavailableError("aws_unavailable")
    with pytest.raises(UnavailableError):
        follow("acme")
    assert state(world, azure) == "working"

    world.failures.clear()
    follow("acme")
    assert state(world, azure) == "on"


def test_one_tenant_that_fails_stops_no_other(world, azure, follow):
    okta = connect(world, "globex", "okta")
    world.pool_federation.refuses[name_of(azure.connection_id)] = UnavailableError("busy")
    with pytest.raises(UnavailableError):
        follow("acme", "globex")
    assert state(world, okta) == "on"
    assert world.federation.holder is None


# --- reconcile


def drifts(report):
    return sorted(found["drift"] for found in report["findings"])


def test_a_rehearsal_tells_and_writes_nothing(world, handle):
    report = handle({"reconcile": "all"})
    assert drifts(report) == ["missing", "not_offered_by portal"]
    assert report["dry_run"] is True
    assert held(world) == (set(), set(), set())
    assert world.federation.states == {}


@pytest.mark.parametrize("dry_run", ["false", None, 0, "no"])
def test_only_a_plain_false_repairs(world, handle, dry_run):
    assert handle({"reconcile": "all", "dry_run": dry_run})["dry_run"] is True
    assert held(world)[0] == set()


def test_drift_of_every_kind_is_repaired(world, azure, handle):
    okta = connect(world, "globex", "okta")
    handle({"reconcile": "all", "dry_run": False})
    pool = world.pool_federation
    everything = held(world)

    orphan = name_of("z" * 26)
    stale = pool.providers[name_of(azure.connection_id)]
    pool.providers[orphan] = stale
    pool.providers[stale.name] = pool.providers[name_of(okta.connection_id)]
    pool.offers["portal"] = ["COGNITO"]
    pool.offers["backend"] = ["COGNITO", orphan, stale.name]

    report = handle({"reconcile": "all", "dry_run": False})
    assert set(drifts(report)) == {
        "orphaned",
        "stale",
        "not_offered_by portal",
        "offered_without_consent_by backend",
    }
    assert held(world) == everything
    assert pool.providers[stale.name] == stale
    assert drifts(handle({"reconcile": "all", "dry_run": True})) == []


def test_no_drift_still_settles_what_was_left_at_working(world, azure, handle, follow):
    follow("acme")
    world.failures["pool_federation.find"] = UnavailableError("aws_unavailable")
    with pytest.raises(UnavailableError):
        follow("acme")
    world.failures.clear()
    assert state(world, azure) == "working"
    handle({"reconcile": "all", "dry_run": False})
    assert state(world, azure) == "on"


def test_who_is_postponed_loses_nothing(world, azure, handle, follow):
    """What belongs to nobody might belong to a tenant that could not be read."""
    follow("acme")
    before = held(world)
    world.failures["connections.connections"] = UnavailableError("aws_unavailable")
    report = handle({"reconcile": "all", "dry_run": False})
    assert report["postponed"] == ["acme"]
    assert report["findings"] == []
    assert held(world) == before


def test_a_report_names_no_secret(world, handle, caplog):
    report = handle({"reconcile": "all", "dry_run": False})
    assert "client-secret" not in str(report) + caplog.text
