"""An imported provider through our apps: handed over before the move, the same user after it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from authsso.adapters.imported_providers import ImportedKey
from authsso.errors import TriggerRefusedError
from authsso.protocol import cognito_provider
from cognito_federation.app import create_handler as federation_handler
from cognito_triggers.app import create_handler as trigger_handler
from harness.callback_answers import record_of, told
from harness.fakes import NOW
from harness.settings_fakes import CONFIG
from harness.sign_in_world import (
    BACKEND,
    ISSUERS,
    PORTAL,
    Browser,
    change_connection,
    connect,
    services,
    user,
)

NAME = "Corp_Entra"
COGNITO = f"{CONFIG.cognito_domain_url}/oauth2/authorize?"
OFFERING = replace(PORTAL, identity_providers=("COGNITO", NAME, "Facebook", "Google"))


def imported(made, *, moved=False, **changes):
    """Make acme's Entra connection one that was the pool's own provider."""
    connection = made.connections.connection("acme", "azure")
    fields = {
        "imported_from": NAME,
        "imported_issuer": ISSUERS["azure"],
        "imported_client_id": "client",
        "moved_at": NOW if moved else None,
    }
    change_connection(made, connection, **fields | changes)
    made.imported_providers.names[NAME] = ImportedKey("acme", "azure")
    made.imported_providers.identifiers["corp"] = ImportedKey("acme", "azure")
    made.users.providers.add(NAME)
    return made.connections.connection("acme", "azure")


def world(*users, moved=False, **changes):
    made = services(applications=(OFFERING, BACKEND), users=users)
    imported(made, moved=moved, **changes)
    return made


def profile(subject="ada-subject", **changes):
    fields = {
        "username": f"{NAME}_{subject}",
        "tenant_id": None,
        "email_verified": False,
        "confirmed": False,
        "identities": frozenset({(NAME, subject)}),
    }
    return user(**fields | changes)


# --- before the move

HINTS = [
    pytest.param({"identity_provider": NAME}, id="name"),
    pytest.param({"idp_identifier": "corp"}, id="identifier"),
    pytest.param({"idp_identifier": "acme"}, id="tenant"),
    pytest.param({"idp_identifier": "acme.example"}, id="domain"),
    pytest.param({"login_hint": "ada@acme.example"}, id="address"),
    pytest.param({"identity_provider": "azure", "idp_identifier": "acme"}, id="kind"),
]


@pytest.mark.parametrize("hint", HINTS)
def test_every_hint_hands_over_before_the_move_and_leads_straight_after_it(hint):
    made = world()
    answer = Browser(made).authorize(**hint)
    assert answer.location.startswith(COGNITO)
    assert answer.query["identity_provider"] == NAME
    assert answer.query["state"] == "their state & é"
    assert "idp_identifier" not in answer.query
    assert not made.sign_ins.kept
    imported(made, moved=True)
    assert Browser(made).authorize(**hint).location.startswith(ISSUERS["azure"])


def test_an_app_client_that_does_not_offer_the_provider_is_told():
    answer = Browser(world()).authorize(client_id="backend", scope="openid", idp_identifier="acme")
    assert told(answer) == "unauthorized_client"
    assert "provider_not_offered" in answer.query["error_description"]


@pytest.mark.parametrize("name", ["Facebook", "Google"])
def test_a_provider_of_the_pool_that_is_nobodys_goes_on_at_cognito(name):
    answer = Browser(world()).authorize(identity_provider=name)
    assert answer.location.startswith(COGNITO)
    assert answer.query["identity_provider"] == name


@pytest.mark.parametrize("hint", [{"idp_identifier": "acme"}, {"login_hint": "ada@acme.example"}])
def test_a_kinds_name_beside_an_organisation_is_a_kind(hint):
    answer = Browser(world(moved=True)).authorize(identity_provider="Google", **hint)
    assert not (answer.location or "").startswith(COGNITO)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"enabled": False}, id="off"),
        pytest.param({"enabled": False, "moved_at": NOW}, id="off-after-the-move"),
    ],
)
def test_a_connection_that_is_off_is_not_gone_round_by_its_name(change):
    answer = Browser(world(**change)).authorize(identity_provider=NAME)
    assert told(answer) == "invalid_request"


def test_F37_nor_one_beside_which_another_is_enforced():
    made = world()
    connect(made, "acme", "okta", enforced=True)
    assert told(Browser(made).authorize(identity_provider=NAME)) == "invalid_request"


def test_a_deleted_connection_gives_the_name_back():
    made = world(enabled=False, live=None)
    answer = Browser(made).authorize(identity_provider=NAME)
    assert answer.query["identity_provider"] == NAME


# --- after the move


def signed_in(made):
    return Browser(made).sign_in(idp_identifier="acme")


def test_the_user_that_cognito_has_made_signs_in_and_nobody_is_made():
    made = world(profile(), moved=True)
    assert record_of(made, signed_in(made)).username == f"{NAME}_ada-subject"
    assert made.users.created == []
    assert made.users.confirmed == [f"{NAME}_ada-subject"]
    assert made.users.kept[f"{NAME}_ada-subject"].tenant_id == "acme"
    assert record_of(made, signed_in(made)).username == f"{NAME}_ada-subject"


def test_F20_a_pool_that_ignores_case_names_the_user_in_lower_case():
    made = world(profile(username=f"{NAME}_ada-subject".lower()), moved=True)
    (shown,) = made.users.kept.values()
    made.users.kept[f"{NAME}_ada-subject"] = shown  # as Cognito finds it by either
    assert record_of(made, signed_in(made)).username == shown.username
    assert made.users.created == []


def test_that_user_comes_before_one_with_the_same_verified_address():
    made = world(user("with-password"), profile(), moved=True)
    assert record_of(made, signed_in(made)).username == f"{NAME}_ada-subject"


@pytest.mark.parametrize(
    ("users", "code"),
    [
        pytest.param([profile(tenant_id="globex")], "user_of_other_tenant", id="F19-other-tenant"),
        pytest.param([profile(enabled=False)], "user_disabled", id="F38-disabled"),
        pytest.param([profile("before")], "federated_before", id="other-subject-same-address"),
        pytest.param(
            [profile("before", tenant_id="acme")], "federated_before", id="likewise-with-tenant"
        ),
    ],
)
def test_who_is_refused(logged, users, code):
    made = world(*users, moved=True)
    assert told(signed_in(made)) == "access_denied"
    assert code in logged()
    assert (made.users.created, made.identities.kept) == ([], {})
    assert {one.username: one for one in users} == made.users.kept


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"imported_issuer": "https://elsewhere.example"}, id="F20-issuer"),
        pytest.param({"imported_client_id": "another"}, id="F20-client-id"),
    ],
)
def test_under_another_client_the_subject_does_not_lead_to_the_user(change):
    """Whoever edits the draft could let another provider claim any `sub`."""
    made = world(profile(email="victim@acme.example"), moved=True, **change)
    username = record_of(made, signed_in(made)).username
    assert username != f"{NAME}_ada-subject"
    assert made.users.kept[f"{NAME}_ada-subject"].tenant_id is None
    assert made.users.kept[username].identities == frozenset()


def test_a_user_who_took_the_name_is_not_taken_for_the_person():
    squatter = profile(identities=frozenset(), email="mallory@evil.example")
    made = world(squatter, moved=True)
    assert record_of(made, signed_in(made)).username != squatter.username


def test_who_is_new_is_one_user_at_the_cognito_domain_too():
    made = world(moved=True)
    username = record_of(made, signed_in(made)).username
    assert made.users.kept[username].identities == {(NAME, "ada-subject")}


def test_whom_cognito_knows_as_somebody_else_is_refused_each_time(logged):
    made = world(moved=True)
    made.users.elsewhere.add((NAME, "ada-subject"))
    for code in ("already_linked", "user_disabled"):
        assert told(signed_in(made)) == "access_denied"
        assert code in logged()
        assert not made.identities.kept
    (username,) = made.users.created
    assert not made.users.kept[username].enabled  # nor by "forgot password"


def test_a_provider_that_is_gone_from_the_pool_locks_nobody_out():
    made = world(moved=True)
    made.users.providers.clear()
    assert record_of(made, signed_in(made)).username in made.users.created


def test_another_connection_of_the_tenant_makes_nobody_anew_either(logged):
    made = world(profile("before"))
    connect(made, "acme", "okta")
    made.provider.person["sub"] = "at-okta"
    answer = Browser(made).sign_in(identity_provider="okta", idp_identifier="acme")
    assert told(answer) == "access_denied"
    assert "federated_before" in logged()


# --- the pool


@pytest.mark.parametrize("moved", [False, True])
def test_no_provider_of_our_making_is_put_beside_it(moved):
    made = world(moved=moved)
    made.config = replace(made.config, federated_clients=("Portal",))
    federation_handler(lambda: made)({"reconcile": "all", "dry_run": False}, SimpleNamespace())
    assert not made.pool_federation.providers
    connection = made.connections.connection("acme", "azure")
    state = made.federation.states[connection.connection_id]
    assert (state.state, "own provider" in state.message) == ("off", True)
    assert cognito_provider.name_of(connection.connection_id) not in made.pool_federation.offers


def comes_by_cognito(made, name=NAME):
    event = {
        "triggerSource": "InboundFederation_ExternalProvider",
        "userPoolId": made.config.user_pool_id,
        "userName": "ada-subject",
        "callerContext": {"clientId": "portal"},
        "request": {"providerName": name, "attributes": {"idToken": {"sub": "ada-subject"}}},
        "response": {},
    }
    return trigger_handler(lambda: made)(event, SimpleNamespace())["response"]


@pytest.mark.parametrize(
    ("enforced", "name", "is_refused"),
    [
        pytest.param(True, NAME, True, id="F37-imported-and-enforced"),
        pytest.param(True, "Facebook", False, id="not-imported"),
        pytest.param(False, NAME, False, id="not-enforced"),
    ],
)
def test_F37_enforcement_is_not_gone_round_at_the_cognito_domain(enforced, name, is_refused):
    """A user whom Cognito has made need not carry a tenant."""
    made = world(moved=True, enforced=enforced, enforced_at=NOW if enforced else None)
    if is_refused:
        with pytest.raises(TriggerRefusedError, match="requires single sign-on"):
            comes_by_cognito(made, name)
    else:
        assert comes_by_cognito(made, name) == {"userAttributesToMap": {}}


def test_under_another_client_nobody_new_is_made_at_the_cognito_domain():
    """Through us the same person would be somebody else."""
    changed = {"moved": True, "imported_client_id": "another"}
    with pytest.raises(TriggerRefusedError) as refused:
        comes_by_cognito(world(**changed))
    assert refused.value.code == "not_linked"
    assert comes_by_cognito(world(profile(), **changed)) == {"userAttributesToMap": {}}
    assert comes_by_cognito(world(moved=True)) == {"userAttributesToMap": {}}
