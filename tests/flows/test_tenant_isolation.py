"""Two tenants side by side: nothing of one is reachable by the other (F05, F26)."""

import json
import uuid
from base64 import b64decode
from dataclasses import replace

import pytest

from harness.administrator import Administrator
from harness.organisation import Organisation, eventually, is_refused
from harness.person import answer_of


class Tenant(Administrator):
    """An organisation, and the settings API as its administrator calls it."""

    def __init__(self, stack, aws):
        self.organisation = Organisation(stack, aws)
        super().__init__(stack, self.organisation)


@pytest.fixture(scope="module")
def victim(stack, aws):
    """Connected, with people for emergencies, recovery codes and a history."""
    tenant = Tenant(stack, aws)
    tenant.organisation.connect()
    users = {"users": [tenant.organisation.administrator.email]}
    etag = tenant.call("GET", "/emergency-access").json()["etag"]
    tenant.call("PUT", "/emergency-access", users, If_Match=etag).raise_for_status()
    tenant.call("POST", "/emergency-access/recovery-codes").raise_for_status()
    return tenant


@pytest.fixture(scope="module")
def attacker(stack, aws):
    return Tenant(stack, aws)


def traces(victim):
    """What nobody else may ever read."""
    organisation, overview = victim.organisation, victim.call("GET", "").json()
    assert overview["tenant_id"] == organisation.tenant.tenant_id
    return {
        organisation.tenant.tenant_id,
        organisation.tenant.domain,
        organisation.administrator.email,
        str(organisation.administrator.username),
        organisation.connection_id(),
        organisation.stack.provider.client_id,
        *(event["id"] for event in victim.call("GET", "/events").json()["events"]),
    }


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/connections/azure",
        "/domains",
        "/emergency-access",
        "/events",
        "/events?before=9",
        "/sign-ins",
    ],
)
def test_F05_no_route_shows_another_tenant(victim, attacker, path):
    shown = attacker.call("GET", path).text
    assert [trace for trace in traces(victim) if trace in shown] == []


def test_F26_no_change_reaches_another_tenant(victim, attacker):
    domain = victim.organisation.tenant.domain
    before = victim.call("GET", "").json()
    etag = victim.call("GET", "/connections/azure").json()["etag"]
    changes = [
        ("PATCH", "/connections/azure", {"enabled": False}),
        ("POST", "/connections/azure/activate", None),
        ("POST", "/connections/azure/rollback", None),
        ("POST", "/connections/azure/move", None),
        ("DELETE", "/connections/azure/move", None),
        ("DELETE", "/connections/azure", None),
        ("POST", f"/domains/{domain}/verify", None),
        ("DELETE", f"/domains/{domain}", None),
    ]
    answers = [attacker.call(*change, If_Match=etag) for change in changes]

    # What one does not have is gone already: DELETE says so, as for every repeated one.
    assert [answer.status_code for answer in answers] == [*[412] * 5, 204, 404, 204]
    assert victim.call("GET", "").json() == before


def test_F18_a_domain_that_another_tenant_has_proven_is_not_taken_over(victim, attacker):
    domain = victim.organisation.tenant.domain
    attacker.call("POST", "/domains", {"domain": domain})
    verified = attacker.call("POST", f"/domains/{domain}/verify")

    assert verified.status_code == 409
    [claimed] = victim.call("GET", "/domains").json()["domains"]
    assert (claimed["domain"], claimed["state"]) == (domain, "proven")


@pytest.mark.parametrize("by", ["email", "username"])
def test_nobody_of_another_tenant_is_named_for_emergencies(victim, attacker, by):
    etag = attacker.call("GET", "/emergency-access").json()["etag"]
    somebody = str(getattr(victim.organisation.employee, by))
    foreign = attacker.call("PUT", "/emergency-access", {"users": [somebody]}, If_Match=etag)
    unknown = attacker.call(
        "PUT", "/emergency-access", {"users": ["no@one.example"]}, If_Match=etag
    )

    assert foreign.status_code == unknown.status_code == 400
    assert _codes(foreign) == _codes(unknown)


def test_F19_a_person_of_one_tenant_gets_nowhere_through_anothers_connection(
    victim, attacker, person, demo_provider
):
    """The provider of the victim says somebody is one of the attacker's people, or the reverse."""
    intruder = attacker.organisation.employee
    with victim.organisation.at_the_provider(demo_provider, intruder):
        callback = person.back_from_provider(
            victim.stack.demo.user.email,
            login_hint=None,
            identity_provider=victim.organisation.connection_id(),
        )
        answer = answer_of(person.send(callback))
    assert answer["error"] == "access_denied"


def test_F35_an_address_that_another_tenants_user_has_stays_with_that_user(
    victim, attacker, aws, person, demo_provider
):
    """The rightful owner comes in as a user of their own, without the address as an alias."""
    organisation = victim.organisation
    colleague = replace(
        organisation.employee, email=f"nora@{organisation.tenant.domain}", username="nora"
    )
    squatter = {"UserPoolId": victim.stack.user_pool_id, "Username": f"squatter-{uuid.uuid4()}"}
    attributes = {
        "email": colleague.email,
        "email_verified": "true",
        "custom:tenant_id": attacker.organisation.tenant.tenant_id,
    }
    aws.cognito.admin_create_user(
        **squatter,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
    )
    before = aws.cognito.admin_get_user(**squatter)["UserAttributes"]
    with organisation.at_the_provider(demo_provider, colleague):
        tokens = person.sign_in(
            victim.stack.demo.user.email,
            login_hint=None,
            identity_provider=organisation.connection_id(),
        )
    claims = json.loads(b64decode(tokens["id_token"].split(".")[1] + "==", altchars=b"-_"))
    assert claims["custom:tenant_id"] == organisation.tenant.tenant_id
    assert (claims["email"], claims["email_verified"]) == (colleague.email, False)
    assert aws.cognito.admin_get_user(**squatter)["UserAttributes"] == before


def test_a_recovery_code_lifts_its_own_tenant_alone(stack, victim, attacker, person):
    victim.organisation.enforce()
    attacker.organisation.enforce()
    code = attacker.organisation.new_recovery_code()
    assert person.http.post(f"{stack.base_url}/recover", data={"code": code}).status_code == 200

    assert attacker.organisation.password(attacker.organisation.employee)["AccessToken"]
    assert eventually(
        lambda: is_refused(victim.organisation.password, victim.organisation.employee)
    )


def _codes(answer):
    return json.loads(answer.text)["code"], [one["code"] for one in answer.json()["errors"]]
