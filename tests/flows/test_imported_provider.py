"""A provider of the pool's own, imported and moved: one person, one account, all the way.

The operator's command runs as on AWS. What the emulator cannot show (docs/existing-pool.md lists
it): that AWS lets a federated user with a password sign in by custom authentication, as the
documentation of AdminSetUserPassword says.
"""

import secrets
from dataclasses import replace

import pytest

from existing_pool import import_provider
from harness.administrator import Administrator
from harness.cognito_visitor import CognitoVisitor
from harness.person import Person
from harness.token_payload import payload
from local_stack.people import Person as Somebody
from local_stack.sam import NOBODY


class PoolsOwn:
    """A provider that the operator of the pool made before there was authsso."""

    def __init__(self, stack, aws, organisation):
        self.stack, self.cognito, self.organisation = stack, aws.cognito, organisation
        self.name = f"Corp_{secrets.token_hex(4)}"  # an underscore, as Cognito allows
        self.identifier = f"corp.{secrets.token_hex(4)}"
        registration = stack.provider
        self.cognito.create_identity_provider(
            UserPoolId=stack.user_pool_id,
            ProviderName=self.name,
            ProviderType="OIDC",
            ProviderDetails={
                "oidc_issuer": registration.issuer,
                "client_id": registration.client_id,
                "client_secret": registration.client_secret,
                "attributes_request_method": "GET",
                "authorize_scopes": "openid profile email",
            },
            AttributeMapping={"username": "sub", "email": "email", "name": "name"},
            IdpIdentifiers=[self.identifier],
        )
        # A new one: what an app client offers is kept for a minute by whoever has looked.
        self.client_id = self.cognito.create_user_pool_client(
            UserPoolId=stack.user_pool_id,
            ClientName=self.name,
            CallbackURLs=[stack.app_redirect_uri],
            AllowedOAuthFlows=["code"],
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthScopes=["openid", "email", "profile"],
            ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            WriteAttributes=["name"],
            SupportedIdentityProviders=["COGNITO", self.name],
        )["UserPoolClient"]["ClientId"]
        self.portal = replace(stack, app_client_id=self.client_id)

    def remove(self):
        of_pool = {"UserPoolId": self.stack.user_pool_id}
        self.cognito.delete_user_pool_client(**of_pool, ClientId=self.client_id)
        self.cognito.delete_identity_provider(**of_pool, ProviderName=self.name)

    def users_with(self, address):
        found = self.cognito.list_users(
            UserPoolId=self.stack.user_pool_id, Filter=f'email = "{address}"'
        )["Users"]
        return [(user["Username"], user["UserStatus"]) for user in found]


@pytest.fixture
def pools_own(stack, aws, organisation):
    made = PoolsOwn(stack, aws, organisation)
    yield made
    made.remove()


@pytest.fixture
def way(organisation, demo_provider, pools_own):
    with CognitoVisitor(pools_own.portal) as visitor:
        yield Way(organisation, demo_provider, visitor)


@pytest.fixture
def command(pools_own, monkeypatch, capsys):
    """The operator's, run as `make import-provider` runs it."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", pools_own.stack.aws_endpoint_url)
    monkeypatch.setenv("AWS_DEFAULT_REGION", pools_own.stack.region)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", NOBODY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", NOBODY)

    def run(*more):
        code = import_provider.main([pools_own.stack.stack_name, *more])
        return code, capsys.readouterr().out

    return run


def who(tokens):
    of_identity = payload(tokens["id_token"])
    return of_identity["cognito:username"], of_identity["sub"]


class Way:
    """How somebody comes in who stands before the provider."""

    def __init__(self, organisation, demo_provider, visitor):
        self.organisation, self.demo_provider, self.visitor = organisation, demo_provider, visitor
        self.login, self.portal = organisation.stack.demo.user.email, visitor.stack

    def at(self, somebody):
        return self.organisation.at_the_provider(self.demo_provider, somebody)

    def cognito(self, somebody, name):
        """By the Cognito domain, as the application did all along."""
        with self.at(somebody):
            return who(self.visitor.sign_in(self.login, identity_provider=name))

    def ours_to_cognito(self, somebody, **hints):
        """By our authorize, which hands over to the Cognito domain."""
        with Person(self.portal) as person, self.at(somebody):
            departure = person.authorize(**hints)
            assert departure.status_code == 303, departure.text
            onward = departure.headers["location"]
            assert onward.startswith(f"{self.portal.cognito_domain_url}/oauth2/authorize?")
            self.visitor.verifier = person.verifier
            there = self.visitor.http.get(onward)
            back = self.visitor.at_provider(there.headers["location"], self.login)
            arrival = self.visitor.send(back)
            code = arrival.headers["location"].partition("code=")[2].partition("&")[0]
            # Our token endpoint passes a code that is not ours on to the Cognito domain.
            answer = person.token_request(code)
            assert answer.status_code == 200, answer.text
            return who(answer.json())

    def ours(self, somebody, **hints):
        with Person(self.portal) as person, self.at(somebody):
            return who(person.sign_in(self.login, **hints))


def test_one_person_is_one_user_before_the_import_after_it_and_after_the_move(
    stack, organisation, pools_own, way, command
):
    tenant_id = organisation.tenant.tenant_id
    nova = Somebody("Nova", f"nova@{organisation.tenant.domain}", "", f"nova-{tenant_id}")
    before = way.cognito(nova, pools_own.name)
    assert before[0] == f"{pools_own.name}_{nova.username}"

    # --- the import: nothing by a rehearsal, never a secret, and no second time
    asked = ("--provider", pools_own.name, "--tenant", tenant_id)
    code, said = command(*asked, "--dry-run")
    assert (code, "Would be written" in said) == (0, True), said
    assert stack.provider.client_secret not in said
    administrator = Administrator(stack, organisation)
    assert administrator.call("GET", "/connections/azure").json()["imported"] is None
    code, said = command(*asked)
    assert (code, "Written" in said) == (0, True), said
    code, said = command(*asked)
    assert (code, "already imported" in said) == (1, True), said

    # --- people go on through Cognito, however the application names them
    for hints in (
        {"identity_provider": pools_own.name},
        {"idp_identifier": pools_own.identifier},
        {"login_hint": nova.email},
    ):
        named = {"login_hint": None, "idp_identifier": None} | hints
        assert way.ours_to_cognito(nova, **named) == before

    # --- the move needs a check and a test sign-in, and says so
    shown = administrator.call("GET", "/connections/azure")
    etag = shown.headers["etag"]
    needs = [one["code"] for one in shown.json()["imported"]["needs"]]
    assert needs == ["move_needs_check", "move_needs_test"]
    early = administrator.call("POST", "/connections/azure/move", If_Match=etag)
    assert (early.status_code, early.json()["code"]) == (409, "move_needs_check")
    administrator.call("POST", "/connections/azure/check")
    prepared = administrator.call("POST", "/connections/azure/test").json()
    with Person(stack) as someone, way.at(nova):
        departure = someone.http.get(prepared["url"])
        someone.send(someone.at_provider(departure.headers["location"], way.login))
    tested = administrator.call("GET", f"/tests/{prepared['test_id']}").json()
    assert (tested["outcome"], tested["decision"]) == ("signed_in", "linked"), tested
    assert pools_own.users_with(nova.email) == [(before[0], "EXTERNAL_PROVIDER")]

    moved = administrator.call("POST", "/connections/azure/move", If_Match=etag)
    assert moved.status_code == 200, moved.text
    assert moved.json()["imported"]["moved_at"]

    # --- through us, and still the same user; whoever is new is one user at both doors
    for hints in (
        {"identity_provider": pools_own.name, "login_hint": None},
        {"idp_identifier": pools_own.identifier, "login_hint": None},
    ):
        assert way.ours(nova, **hints) == before
    assert pools_own.users_with(nova.email) == [(before[0], "CONFIRMED")]
    assert way.cognito(nova, pools_own.name) == before

    newcomer = Somebody("Nick", f"nick@{organisation.tenant.domain}", "", f"nick-{tenant_id}")
    here = way.ours(newcomer, idp_identifier=tenant_id, login_hint=None)
    assert way.cognito(newcomer, pools_own.name) == here
    assert len(pools_own.users_with(newcomer.email)) == 1
