"""Enforced single sign-on over the deployed stack: every other way in is closed (F37).

A policy is kept for some seconds, so each test has an organisation of its own; where one must
change its mind, the test waits for that, as docs/enforcement.md promises: five seconds.
"""

import httpx
import pytest
from botocore.exceptions import ClientError

from authsso.protocol import enforcement
from harness.organisation import Organisation, eventually, is_refused, lastingly
from harness.person import answer_of
from local_stack.people import Person as Somebody

FORGED = f"{'a' * 64}.{'s' * 43}"


@pytest.fixture
def enforced(organisation):
    organisation.enforce()
    return organisation


@pytest.fixture
def connected(organisation):
    """Single sign-on works, and has been required for a minute."""
    organisation.connect()
    organisation.enforce()
    return organisation


def refusal(call, *arguments, **named):
    """The sentence with which Cognito refuses."""
    with pytest.raises(ClientError) as caught:
        call(*arguments, **named)
    assert caught.value.response["Error"]["Code"] == "UserLambdaValidationException"
    return str(caught.value)


def says_where(stack, text):
    return enforcement.refusal_text(stack.base_url) in text


def sso(person, demo_provider, organisation, who: Somebody):
    with organisation.at_the_provider(demo_provider, who):
        return person.sign_in(
            organisation.stack.demo.user.email,
            login_hint=None,
            idp_identifier=organisation.tenant.tenant_id,
        )


# --- every way to begin


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="F37-password"),
        pytest.param({"AuthFlow": "USER_SRP_AUTH"}, id="F37-srp"),
        pytest.param({"AuthFlow": "CUSTOM_AUTH"}, id="F33-custom-without-ticket"),
        pytest.param(
            {"AuthFlow": "CUSTOM_AUTH", "ClientMetadata": {"ticket": FORGED}},
            id="F33-custom-forged-ticket",
        ),
        pytest.param({"ClientMetadata": {"ticket": FORGED}}, id="F33-password-forged-ticket"),
        pytest.param({"ClientMetadata": {"ticket": "x"}}, id="F33-password-malformed-ticket"),
    ],
)
def test_every_way_to_begin_is_closed(stack, enforced, changes):
    employee = enforced.employee
    parameters = {"USERNAME": employee.email, "PASSWORD": employee.password, "SRP_A": "abc123"}
    text = refusal(enforced.password, employee, AuthParameters=parameters, **changes)
    assert says_where(stack, text)


@pytest.fixture(scope="module")
def backend_client_id(stack, aws):
    """An app client as the SaaS's own backend may have one."""
    made = aws.cognito.create_user_pool_client(
        UserPoolId=stack.user_pool_id,
        ClientName="backend",
        ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    )
    client_id = made["UserPoolClient"]["ClientId"]
    yield client_id
    aws.cognito.delete_user_pool_client(UserPoolId=stack.user_pool_id, ClientId=client_id)


def test_an_administrators_call_for_a_password_is_closed__F37(stack, enforced, backend_client_id):
    text = refusal(
        enforced.cognito.admin_initiate_auth,
        UserPoolId=stack.user_pool_id,
        ClientId=backend_client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={
            "USERNAME": enforced.employee.email,
            "PASSWORD": enforced.employee.password,
        },
    )
    assert says_where(stack, text)


def test_another_application_is_closed_too__F37(stack, enforced):
    text = refusal(enforced.password, enforced.administrator, ClientId=stack.settings_client_id)
    assert says_where(stack, text)


def test_a_wrong_password_and_an_unknown_colleague_read_the_same(enforced):
    """Nobody learns from the answer whether a password is right or an address exists."""
    right = refusal(enforced.password, enforced.employee)
    wrong = {"USERNAME": enforced.employee.email, "PASSWORD": "Wrong-Horse-9"}
    unknown = wrong | {"USERNAME": f"nobody@{enforced.tenant.domain}"}
    assert refusal(enforced.password, enforced.employee, AuthParameters=wrong) == right
    assert refusal(enforced.password, enforced.employee, AuthParameters=unknown) == right


def test_cognitos_own_page_is_closed__F37(stack, enforced):
    answer = httpx.post(
        f"{stack.cognito_domain_url}/login",
        data={
            "client_id": stack.app_client_id,
            "redirect_uri": stack.app_redirect_uri,
            "response_type": "code",
            "scope": "openid",
            "username": enforced.employee.email,
            "password": enforced.employee.password,
        },
    )
    assert "code=" not in answer.headers.get("location", "")
    assert "requires single sign-on" in answer.text


# --- every way around


def test_a_forgotten_password_is_not_reset__F37(stack, enforced):
    text = refusal(
        enforced.cognito.forgot_password,
        ClientId=stack.app_client_id,
        Username=enforced.employee.email,
    )
    assert says_where(stack, text)


@pytest.mark.parametrize(
    ("local_part", "domain", "attributes"),
    [
        pytest.param("new", "{domain}", {}, id="F35-own-address"),
        pytest.param("NEW", "{domain}", {}, id="F35-capitals"),
        pytest.param('"odd one"', "{domain}", {}, id="F35-quoted"),
        pytest.param("new", "{domain}.", {}, id="F35-dot-at-the-end"),
        pytest.param("new", "elsewhere.example", {"custom:tenant_id": "{tenant}"}, id="F35-tenant"),
    ],
)
def test_nobody_signs_up_into_the_organisation(stack, enforced, local_part, domain, attributes):
    known = {"domain": enforced.tenant.domain, "tenant": enforced.tenant.tenant_id}
    attributes = {"email": f"{local_part}@{domain}"} | attributes
    refusal(
        enforced.cognito.sign_up,
        ClientId=stack.app_client_id,
        Username=f"new-{enforced.tenant.tenant_id}",
        Password="Correct-Horse-7",
        UserAttributes=[{"Name": n, "Value": v.format(**known)} for n, v in attributes.items()],
    )


def test_a_session_from_before_is_refused_at_its_next_refresh__F37(organisation):
    tokens = organisation.password(organisation.employee)
    assert organisation.refresh(tokens["RefreshToken"])["AccessToken"]
    organisation.enforce()
    assert eventually(lambda: is_refused(organisation.refresh, tokens["RefreshToken"]))


# --- single sign-on


def test_single_sign_on_works_and_ends_all_other_sessions(connected, person, demo_provider):
    connected.stop_enforcing()
    assert eventually(lambda: not is_refused(connected.password, connected.employee))
    old = connected.password(connected.employee)
    connected.enforce()
    tokens = sso(person, demo_provider, connected, connected.employee)

    assert connected.refresh(tokens["refresh_token"])["AccessToken"]
    with pytest.raises(ClientError, match="NotAuthorizedException"):
        connected.refresh(old["RefreshToken"])


def test_the_second_single_sign_on_leaves_the_first_alone(connected, person, demo_provider):
    first = sso(person, demo_provider, connected, connected.employee)
    second = sso(person, demo_provider, connected, connected.employee)
    assert connected.refresh(first["refresh_token"])["AccessToken"]
    assert connected.refresh(second["refresh_token"])["AccessToken"]


def test_a_person_made_by_single_sign_on_has_no_other_way_in(connected, person, demo_provider):
    newcomer = Somebody("Nora New", f"nora@{connected.tenant.domain}", "Any-Horse-77", "nora")
    assert sso(person, demo_provider, connected, newcomer)["access_token"]
    assert eventually(lambda: is_refused(connected.password, newcomer))


# --- who may use a password all the same


def test_emergency_access_is_for_who_is_named(enforced):
    enforced.give_emergency_access(enforced.administrator)
    tokens = enforced.password(enforced.administrator)
    assert enforced.refresh(tokens["RefreshToken"])["AccessToken"]
    assert is_refused(enforced.password, enforced.employee)


def test_a_password_session_does_not_pass_for_single_sign_on_later(
    connected, person, demo_provider
):
    """Emergency access is taken away: what was opened with a password ends at the next refresh."""
    connected.give_emergency_access(connected.employee)
    sso(person, demo_provider, connected, connected.employee)
    # Until every worker has heard of enforcement, a password may be let pass for the wrong reason.
    assert lastingly(lambda: not is_refused(connected.password, connected.employee))
    tokens = connected.password(connected.employee)
    connected.give_emergency_access(connected.administrator)
    assert eventually(lambda: is_refused(connected.refresh, tokens["RefreshToken"]))


def test_a_recovery_code_lifts_enforcement_for_an_hour(stack, enforced, person):
    code = enforced.new_recovery_code()
    recover = f"{stack.base_url}/recover"
    assert "Recovery code" in person.http.get(recover).text

    spent = person.http.post(recover, data={"code": f" {code.lower().replace('-', ' ')} "})
    assert spent.status_code == 200
    assert "Until" in spent.text
    assert enforced.password(enforced.employee)["AccessToken"]

    again = person.http.post(recover, data={"code": code})
    unknown = person.http.post(recover, data={"code": "0" * 28})
    assert (again.status_code, again.text) == (unknown.status_code, unknown.text)
    assert again.status_code == 400

    enforced.end_the_lift()
    assert eventually(lambda: is_refused(enforced.password, enforced.employee))


# --- nobody else


def test_another_organisation_is_not_affected(stack, aws, enforced):
    other = Organisation(stack, aws)
    assert other.password(other.employee)["AccessToken"]
    assert is_refused(enforced.password, enforced.employee)


def test_when_enforcement_stops_passwords_work_again(enforced):
    assert is_refused(enforced.password, enforced.employee)
    enforced.stop_enforcing()
    assert eventually(lambda: not is_refused(enforced.password, enforced.employee))


def test_a_connection_that_is_not_enforced_is_closed_for_the_time_being(
    stack, connected, person, demo_provider
):
    """A sign-in that began before enforcement, through another connection, ends nowhere."""
    answer = answer_of(
        person.authorize(idp_identifier=connected.tenant.tenant_id, identity_provider="oidc")
    )
    assert answer["error"] == "invalid_request"
