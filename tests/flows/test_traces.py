"""Traces and test sign-ins on the deployed stack, through API Gateway, roles and the provider."""

import pytest

from harness.administrator import Administrator
from harness.organisation import Organisation
from harness.person import Person, answer_of, error_shown


@pytest.fixture(scope="module")
def connected(stack, aws):
    made = Organisation(stack, aws)
    made.connect()
    return made


@pytest.fixture(scope="module")
def administrator(stack, connected):
    return Administrator(stack, connected)


@pytest.fixture
def visitor(stack):
    with Person(stack) as person:
        yield person


def login(organisation):
    """Somebody who can sign in at the demo provider; the claims are changed."""
    return organisation.stack.demo.user.email


def test_a_sign_in_is_seen_from_its_beginning_to_its_tokens(
    connected, administrator, visitor, demo_provider
):
    employee = connected.employee
    with connected.at_the_provider(demo_provider, employee):
        visitor.sign_in(
            login(connected), idp_identifier=connected.tenant.tenant_id, login_hint=None
        )

    seen = administrator.newest_sign_in(person=employee.email)

    assert (seen["outcome"], seen["decision"], seen["kind"]) == ("signed_in", "linked", "sign_in")
    assert seen["username"] == str(employee.username)
    names = [step["name"] for step in seen["steps"]]
    assert (names[0], names[-1]) == ("sent_to_provider", "tokens_issued")
    times = [step["after_ms"] for step in seen["steps"]]
    assert times == sorted(times)
    assert seen["claims"] is None


def test_a_test_of_a_draft_shows_everything_and_changes_nothing(
    connected, administrator, visitor, demo_provider
):
    prepared = administrator.call("POST", "/connections/azure/test").json()
    waiting = administrator.call("GET", f"/tests/{prepared['test_id']}").json()
    stranger = "new@" + connected.tenant.domain
    with demo_provider.misbehaving(
        connected.stack.provider,
        extra_claims={"email": stranger, "sub": "new-person", "oid": "new-person"},
    ):
        departure = visitor.http.get(prepared["url"])
        page = visitor.send(visitor.at_provider(departure.headers["location"], login(connected)))

    seen = administrator.call("GET", f"/tests/{prepared['test_id']}").json()

    assert (waiting["outcome"], waiting["steps"]) == ("started", [])
    assert (page.status_code, "came through" in page.text) == (200, True)
    assert (seen["outcome"], seen["decision"], seen["username"]) == ("signed_in", "created", None)
    assert seen["claims"]["email"] == stranger
    assert seen["mapped"]["email"] == stranger
    users = connected.cognito.list_users(
        UserPoolId=connected.stack.user_pool_id, Filter=f'email = "{stranger}"'
    )
    assert users["Users"] == []
    last = administrator.call("GET", "/connections/azure").json()["last_test"]
    assert (last["passed"], last["reference"]) == (True, prepared["test_id"])
    assert error_shown(visitor.http.get(prepared["url"])) == "test_unknown"


def test_a_refusal_is_named_with_its_fix(connected, administrator, visitor, demo_provider):
    elsewhere = "ada@not-proven.example"
    with demo_provider.misbehaving(
        connected.stack.provider,
        extra_claims={"email": elsewhere, "sub": "else", "oid": "else"},
    ):
        hints = {"idp_identifier": connected.tenant.tenant_id, "login_hint": None}
        told = answer_of(visitor.send(visitor.back_from_provider(login(connected), **hints)))

    seen = administrator.newest_sign_in(person=elsewhere)

    assert told["error"] == "access_denied"
    assert seen["reference"] in told["error_description"]
    assert (seen["outcome"], seen["finding"]["code"]) == ("refused", "email_domain_not_proven")
    assert seen["finding"]["who"] == "administrator"
    assert "Prove the domain" in seen["finding"]["fix"]
