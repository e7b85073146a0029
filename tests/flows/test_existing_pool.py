"""People of a SaaS that had a user pool before us: the whole stack on that pool, then off it.

Its usernames are addresses and it has a trigger of its own, as an ordinary SaaS's pool has.
"""

import contextlib

import pytest

from existing_pool import slots
from harness.organisation import eventually, is_refused
from harness.person import Person, answer_of
from harness.saas_pool import Customer, SaasPool
from harness.token_payload import payload
from local_stack.people import Person as Somebody


@pytest.fixture(scope="module")
def saas(stack):
    pool = SaasPool(stack)
    with contextlib.closing(pool):
        pool.deploy()
        pool.command("attach")
        yield pool


@pytest.fixture
def customer(saas, aws, demo_provider):
    demo_provider.allow(saas.stack.provider, f"{saas.base_url}/oauth2/idpresponse")
    return Customer(saas.stack, aws)


@pytest.fixture
def visitor(saas):
    with Person(saas.stack) as someone:
        yield someone


def sso(visitor, demo_provider, customer, who):
    with customer.at_the_provider(demo_provider, who):
        return visitor.sign_in(
            "ada@acme.example", login_hint=None, idp_identifier=customer.tenant.tenant_id
        )


def new_colleague(customer):
    return Somebody("Nora New", f"nora@{customer.tenant.domain}", "", "subject-of-nora")


def test_F19_an_address_of_another_customers_user_is_left_alone(customer, visitor, demo_provider):
    customer.connect()
    nora = new_colleague(customer)
    held = customer.add_user(nora.email, tenant_id="somebody-else")
    with customer.at_the_provider(demo_provider, nora):
        callback = visitor.back_from_provider(
            "ada@acme.example", login_hint=None, idp_identifier=customer.tenant.tenant_id
        )
        refused = answer_of(visitor.send(callback))
    assert refused["error"] == "access_denied"
    assert "email_taken" in refused["error_description"]
    user = customer.cognito.admin_get_user(
        UserPoolId=customer.stack.user_pool_id, Username=nora.email
    )
    attributes = {one["Name"]: one["Value"] for one in user["UserAttributes"]}
    assert (user["Username"], attributes["custom:tenant_id"]) == (held, "somebody-else")


def test_new_and_old_people_sign_in_refresh_and_sign_out(saas, customer, visitor, demo_provider):
    customer.connect()
    linked = payload(sso(visitor, demo_provider, customer, customer.employee)["id_token"])
    assert linked["cognito:username"] == customer.employee.username

    nora = new_colleague(customer)
    tokens = sso(visitor, demo_provider, customer, nora)
    claims = payload(tokens["id_token"])
    assert claims["custom:tenant_id"] == customer.tenant.tenant_id
    assert (claims["email"], claims["email_verified"]) == (nora.email, True)
    assert claims["cognito:username"] == claims["sub"]

    said = visitor.http.get(
        f"{saas.base_url}/oauth2/userInfo",
        headers={"Authorization": f"Bearer {tokens['access_token']}"},
    ).json()
    assert (said["sub"], said["email"]) == (claims["sub"], nora.email)

    again = visitor.token_request(
        "",
        grant_type="refresh_token",
        refresh_token=tokens["refresh_token"],
        **dict.fromkeys(("code", "code_verifier", "redirect_uri")),
    )
    assert again.status_code == 200, again.text
    renewed = payload(again.json()["access_token"])
    assert renewed["custom:tenant_id"] == customer.tenant.tenant_id

    leave = {"client_id": saas.stack.app_client_id, "logout_uri": saas.stack.app_redirect_uri}
    left = visitor.http.get(f"{saas.base_url}/logout", params=leave)
    assert left.is_redirect
    # The person who comes back is the same user, who is not made anew.
    assert payload(sso(visitor, demo_provider, customer, nora)["id_token"])["sub"] == said["sub"]


def test_F37_a_password_is_good_until_single_sign_on_is_enforced(customer, visitor, demo_provider):
    customer.connect()
    tokens = customer.password(customer.employee)
    assert payload(tokens["AccessToken"])["custom:tenant_id"] == customer.tenant.tenant_id
    customer.enforce()
    assert eventually(lambda: is_refused(customer.password, customer.employee))
    assert sso(visitor, demo_provider, customer, customer.employee)["id_token"]


def test_the_pool_is_as_it_was_when_the_triggers_are_off_again(saas, customer):
    customer.connect()
    customer.enforce()
    attached = saas.described()
    try:
        saas.command("detach", "--dry-run")
        assert saas.described() == attached
        saas.command("detach")
        assert saas.described() == saas.before
        assert customer.password(customer.employee)["AccessToken"]
    finally:
        saas.command("attach")
    config = saas.described()["LambdaConfig"]
    assert saas.before["LambdaConfig"].items() <= config.items()
    assert {slots.held_by(config, name) for name in slots.SLOTS} == {
        saas.stack.outputs["TriggersFunctionArn"]
    }
