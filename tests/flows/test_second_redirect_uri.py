"""Both redirect URIs over the deployed stack: the same person is the same user, whichever way.

What this cannot show, since the emulator does not do it (shared/emulator.md 2; docs/
cognito-domain.md lists what only AWS can): that Cognito validates the ID token, calls UserInfo,
holds a client to its SupportedIdentityProviders, or leads an e-mail domain to a provider; nor
whether the link that the trigger makes counts in the same attempt on AWS, where the page of the
application would say "Please sign in once more" instead. A refusal is JSON here, a redirect there.
"""

import time

import pytest

from authsso.protocol.cognito_provider import name_of
from harness.administrator import Administrator
from harness.cognito_side import CognitoSide
from harness.cognito_visitor import CognitoVisitor
from harness.organisation import eventually, is_refused
from harness.token_payload import payload
from local_stack.people import Person as Somebody

# A change travels through a stream, to a function that may have to start.
_SOON_SECONDS = 60


@pytest.fixture(scope="module")
def cognito(stack):
    made = CognitoSide(stack)
    yield made
    made.close()


@pytest.fixture
def visitor(stack):
    with CognitoVisitor(stack) as someone:
        yield someone


def soon(holds) -> bool:
    give_up_at = time.monotonic() + _SOON_SECONDS
    while not (true := holds()) and time.monotonic() < give_up_at:
        pass
    return true


@pytest.fixture
def provider(organisation, cognito):
    """The name of the organisation's provider in the pool, once it is offered."""
    organisation.connect()
    name = name_of(organisation.connection_id())
    assert soon(lambda: cognito.is_offered(name))
    return name


def stranger(organisation, local_part="nova"):
    """Somebody of the organisation who is in no user pool yet."""
    address = f"{local_part}@{organisation.tenant.domain}"
    return Somebody(
        "Nova Newcomer", address, "", f"subject-{local_part}-{organisation.tenant.tenant_id}"
    )


class Doors:
    """Both ways in, for whoever stands before the provider."""

    def __init__(self, organisation, demo_provider, person, visitor, provider):
        self._at = lambda who: organisation.at_the_provider(demo_provider, who)
        self._tenant_id = organisation.tenant.tenant_id
        self._login = organisation.stack.demo.user.email
        self._person, self.visitor, self.name = person, visitor, provider

    def ours(self, somebody):
        with self._at(somebody):
            tokens = self._person.sign_in(
                self._login, login_hint=None, idp_identifier=self._tenant_id
            )
        return who(tokens)

    def cognitos(self, somebody):
        with self._at(somebody):
            return who(self.visitor.sign_in(self._login, identity_provider=self.name))

    def cognitos_code(self, somebody):
        with self._at(somebody):
            return self.visitor.code(self._login, identity_provider=self.name)

    def cognitos_answer(self, somebody):
        with self._at(somebody):
            back = self.visitor.back_from_provider(self._login, identity_provider=self.name)
            return self.visitor.send(back)


@pytest.fixture
def doors(organisation, demo_provider, person, visitor, provider):
    return Doors(organisation, demo_provider, person, visitor, provider)


def who(tokens):
    of_identity, of_access = payload(tokens["id_token"]), payload(tokens["access_token"])
    assert of_identity["custom:tenant_id"] == of_access["custom:tenant_id"]
    return of_identity["cognito:username"], of_identity["custom:tenant_id"]


def test_the_pool_holds_what_the_connection_says(stack, organisation, cognito, provider):
    found = cognito.provider(provider)
    assert found["ProviderDetails"] == {
        "oidc_issuer": stack.provider.issuer,
        "client_id": stack.provider.client_id,
        "client_secret": stack.provider.client_secret,
        "attributes_request_method": "POST",
        "authorize_scopes": "openid profile email",
    }
    assert found["IdpIdentifiers"] == [organisation.tenant.domain]
    assert not {"email", "custom:tenant_id", "email_verified"} & found["AttributeMapping"].keys()


@pytest.mark.parametrize("first", ["ours", "cognitos"])
def test_the_same_user_through_both_doors(organisation, doors, first):
    for somebody in (organisation.employee, stranger(organisation)):
        ways = {"ours": doors.ours, "cognitos": doors.cognitos}
        here = ways.pop(first)(somebody)
        (other,) = ways.values()
        assert other(somebody) == here
        assert here[1] == organisation.tenant.tenant_id


def test_an_employee_with_a_password_stays_who_they_are(organisation, doors):
    employee = organisation.employee
    assert doors.cognitos(employee)[0] == employee.username


def test_nobody_is_left_behind_as_a_second_user(organisation, cognito, doors):
    somebody = stranger(organisation)
    username, _ = doors.cognitos(somebody)
    assert doors.cognitos(somebody)[0] == username
    assert cognito.usernames_of(somebody.email) == [username]
    assert not username.startswith("sso-")


def test_a_sign_in_at_the_cognito_domain_leaves_a_trace(stack, organisation, doors):
    employee, administrator = organisation.employee, Administrator(stack, organisation)
    doors.cognitos(employee)
    seen = administrator.newest_sign_in(person=employee.email)
    assert (seen["callback"], seen["outcome"], seen["decision"]) == (
        "cognito",
        "signed_in",
        "linked",
    )
    assert [step["name"] for step in seen["steps"]] == ["came_back", "user_found"]

    elsewhere = Somebody("Nova", "nova@not-proven.example", "", "subject-elsewhere")
    doors.cognitos_answer(elsewhere)
    seen = administrator.newest_sign_in(person=elsewhere.email)
    assert (seen["outcome"], seen["finding"]["code"]) == ("refused", "email_domain_not_proven")


def test_F07_cognito_writes_neither_address_nor_tenant(organisation, cognito, doors, demo_provider):
    employee = organisation.employee
    doors.cognitos(employee)
    claims = {
        "sub": str(employee.username),
        "oid": str(employee.username),
        "email": "changed@elsewhere.example",
        "custom:tenant_id": "globex",
        "name": "Emil Renamed",
    }
    with demo_provider.misbehaving(organisation.stack.provider, extra_claims=claims):
        doors.visitor.sign_in(organisation.stack.demo.user.email, identity_provider=doors.name)

    attributes = cognito.user(str(employee.username))
    assert attributes["email"] == employee.email
    assert attributes["custom:tenant_id"] == organisation.tenant.tenant_id
    assert attributes["name"] == "Emil Renamed"


def test_F19_an_address_of_another_tenant_is_refused(organisation, cognito, doors):
    victim = organisation.stack.tenants[1].user
    attacker = Somebody("Mallory", victim.email, "", f"attacker-{organisation.tenant.tenant_id}")
    refused = doors.cognitos_answer(attacker)
    assert refused.status_code == 400
    assert "has not proven that it owns this e-mail domain" in refused.text
    assert cognito.usernames_of(victim.email) == [victim.username]
    assert "identities" not in cognito.user(str(victim.username))


def test_a_disabled_connection_leaves_the_pool(organisation, cognito, provider, visitor):
    organisation.disable()
    assert soon(lambda: cognito.provider(provider) is None)
    assert not cognito.is_offered(provider)
    assert visitor.authorize(identity_provider=provider).status_code == 400


def test_a_deleted_connection_leaves_the_pool(organisation, cognito, provider):
    organisation.delete()
    assert soon(lambda: cognito.provider(provider) is None)
    assert not cognito.is_offered(provider)


def test_a_connection_that_is_switched_off_meanwhile_gives_no_tokens(organisation, doors):
    """Between Cognito's callback and its token endpoint."""
    code = doors.cognitos_code(organisation.employee)
    organisation.disable()

    refused = doors.visitor.token_request(code)
    assert refused.json()["error"] == "invalid_grant"
    assert "switched off" in refused.json()["error_description"]


def test_the_enforced_connection_goes_on_at_cognito(organisation, doors):
    """Cognito asks PreAuthentication about them, too, and does not say how they come."""
    employee = organisation.employee
    organisation.enforce()
    assert eventually(lambda: is_refused(organisation.password, employee))
    assert [doors.cognitos(employee)[0] for _ in range(2)] == [employee.username] * 2
    assert is_refused(organisation.password, employee), "the API takes no password, even now"


def test_reconcile_tells_and_repairs(organisation, cognito, provider):
    def drifts(report):
        return {one["drift"] for one in report["findings"] if one["provider"] == provider}

    cognito.lose_provider(provider)
    cognito.forget_offers()
    client_id = cognito.client()["ClientId"]

    told = cognito.reconcile(dry_run=True)
    assert drifts(told) == {"missing", f"not_offered_by {client_id}"}
    assert cognito.provider(provider) is None

    assert drifts(cognito.reconcile(dry_run=False)) == drifts(told)
    assert cognito.is_offered(provider)
    assert not drifts(cognito.reconcile(dry_run=True))
