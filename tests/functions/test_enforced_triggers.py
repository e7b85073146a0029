"""The triggers of a user whose organisation enforces single sign-on (F37)."""

from types import SimpleNamespace

import pytest

from authsso.adapters.hosted_sign_ins import BEGINNING_SECONDS
from authsso.adapters.imported_providers import ImportedKey
from authsso.errors import TriggerRefusedError
from authsso.protocol import authorization_code
from authsso.protocol.custom_challenge import Ticket
from authsso.protocol.sign_in import hashed
from cognito_triggers.app import create_handler
from harness.fakes import NOW
from harness.sign_in_world import CALLBACK, ENFORCED_AT, VERIFIER, Browser, connect, services

OF_ACME = {"custom:tenant_id": "acme", "email": "ada@acme.example"}
# As Cognito makes somebody who comes through a provider of the pool.
OF_NOBODY = {
    "email": "ada@acme.example",
    "identities": '[{"providerName": "Corp_Entra", "userId": "1"}]',
}
LINKED = OF_ACME | {"identities": '[{"providerName": "Facebook", "userId": "1"}]'}
FORGED = f"{'a' * 64}.{'s' * 43}"


@pytest.fixture
def world():
    made = services()
    connect(made, "acme", "azure", enforced=True)
    return made


@pytest.fixture
def trigger(world):
    handler = create_handler(lambda: world)

    def call(source, attributes=OF_ACME, *, username="ada", **request):
        event = {
            "triggerSource": source,
            "userPoolId": world.config.user_pool_id,
            "userName": username,
            "callerContext": {"clientId": "portal"},
            "request": {"userAttributes": attributes} | request,
            "response": {},
        }
        return handler(event, SimpleNamespace())

    return call


def refused(trigger, *arguments, **named):
    try:
        trigger(*arguments, **named)
    except TriggerRefusedError as error:
        return error.code
    return None


BEGINNINGS = [
    pytest.param("PreAuthentication_Authentication", {}, id="F37-password-or-any-code"),
    pytest.param(
        "PreAuthentication_Authentication",
        {"validationData": {"ticket": FORGED}},
        id="F37-forged-ticket",
    ),
    pytest.param("CustomMessage_ForgotPassword", {}, id="F37-reset"),
    pytest.param("TokenGeneration_Authentication", {}, id="F37-tokens"),
    pytest.param(
        "TokenGeneration_Authentication", {"clientMetadata": {"ticket": FORGED}}, id="F37-metadata"
    ),
    pytest.param("TokenGeneration_NewPasswordChallenge", {}, id="F37-first-password"),
    pytest.param("TokenGeneration_AuthenticateDevice", {}, id="F37-device"),
    pytest.param("TokenGeneration_HostedAuth", {}, id="F37-cognitos-own-page"),
    pytest.param("TokenGeneration_RefreshTokens", {}, id="F37-refresh"),
]


@pytest.mark.parametrize(("source", "request_"), BEGINNINGS)
def test_every_other_way_in_is_closed(trigger, source, request_):
    assert refused(trigger, source, **request_) == "sso_required"


@pytest.mark.parametrize(("source", "request_"), BEGINNINGS)
def test_F37_who_came_through_an_imported_provider_needs_no_tenant_to_be_held(
    world, trigger, source, request_
):
    assert refused(trigger, source, OF_NOBODY, **request_) is None
    world.imported_providers.names["Corp_Entra"] = ImportedKey("acme", "azure")
    assert refused(trigger, source, OF_NOBODY, **request_) == "sso_required"


@pytest.mark.parametrize(("source", "request_"), BEGINNINGS)
def test_nobody_else_is_in_the_way(trigger, source, request_):
    of_globex = OF_ACME | {"custom:tenant_id": "globex"}
    assert refused(trigger, source, of_globex, **request_) is None
    assert refused(trigger, source, {"email": "ada@home.example"}, **request_) is None


@pytest.mark.parametrize(("source", "request_"), BEGINNINGS)
def test_emergency_access_excuses(world, trigger, source, request_):
    world.policies.emergency_users.append("ada")
    if source == "TokenGeneration_RefreshTokens":
        world.identities.record_sso("ada", 0)
    assert refused(trigger, source, **request_) is None


def test_a_federated_person_comes_through_the_enforced_connection_alone(world, trigger):
    """Another provider that the SaaS keeps in the pool is no single sign-on of the tenant."""
    hosted = "TokenGeneration_HostedAuth"
    assert refused(trigger, hosted, LINKED) == "sso_required"

    connection = world.connections.connection("acme", "azure")
    world.hosted_sign_ins.begin("ada", connection.connection_id, world.now())
    assert refused(trigger, hosted, LINKED) is None
    assert world.identities.sso_since("ada") == world.now()


def test_cognito_may_ask_about_a_federated_person_whether_they_may_begin__F37(world, trigger):
    """It does at each federated sign-in but the first, and does not say that it is one."""
    beginning = "PreAuthentication_Authentication"
    world.hosted_sign_ins.begin("ada", "another connection", world.now())
    assert refused(trigger, beginning, LINKED) == "sso_required"

    connection = world.connections.connection("acme", "azure")
    world.hosted_sign_ins.begin("ada", connection.connection_id, world.now())
    assert refused(trigger, beginning, LINKED, username="grace") == "sso_required"
    assert refused(trigger, beginning, LINKED) is None
    assert refused(trigger, beginning, LINKED) == "sso_required", "a password, a moment later"

    world.hosted_sign_ins.begin("ada", connection.connection_id, world.now())
    world.time += BEGINNING_SECONDS
    assert refused(trigger, beginning, LINKED) == "sso_required"


@pytest.mark.parametrize(
    "source", ["TokenGeneration_RefreshTokens", "TokenGeneration_Authentication"]
)
def test_a_refresh_goes_on_by_whatever_name_cognito_asks(world, trigger, source):
    assert refused(trigger, source) == "sso_required"
    world.identities.record_sso("ada", NOW)
    assert refused(trigger, source) is None


@pytest.mark.parametrize(
    "source",
    [
        "TokenGeneration_Authentication",
        "TokenGeneration_NewPasswordChallenge",
        "TokenGeneration_AuthenticateDevice",
    ],
)
def test_who_took_the_beginning_of_a_federated_sign_in_gets_no_tokens_by_the_api__F37(
    world, trigger, source
):
    """Somebody who types the person's password at the very moment that they come through."""
    connection = world.connections.connection("acme", "azure")
    world.identities.record_sso("ada", NOW)
    world.hosted_sign_ins.begin("ada", connection.connection_id, world.now())
    assert refused(trigger, "PreAuthentication_Authentication", LINKED) is None
    assert refused(trigger, source, LINKED) == "sso_required"


def test_our_own_sign_in_goes_through(world, trigger):
    code = Browser(world).sign_in().query["code"]
    wanted = authorization_code.redemption(
        {"code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER}, "portal"
    )
    record, _ = world.codes.redeem(wanted, ticket="s" * 43, now=NOW)
    ticket = str(Ticket(hashed(code), "s" * 43))
    who = {"username": record.username}

    before = trigger("PreAuthentication_Authentication", validationData={"ticket": ticket}, **who)
    assert before["response"] == {}
    stolen = {"validationData": {"ticket": ticket}}
    assert refused(trigger, "PreAuthentication_Authentication", **stolen) == "sso_required"


@pytest.mark.parametrize(
    ("since", "code"),
    [
        pytest.param(None, "sso_required", id="F37-never"),
        pytest.param(ENFORCED_AT - 1, "sso_required", id="F37-before"),
        pytest.param(ENFORCED_AT + 9, "sso_required", id="F37-not-settled"),
        pytest.param(ENFORCED_AT + 10, None, id="settled"),
    ],
)
def test_a_refresh_needs_single_sign_on_since_enforcement(world, trigger, since, code):
    if since:
        world.identities.record_sso("ada", since)
    assert refused(trigger, "TokenGeneration_RefreshTokens") == code


def test_an_excused_password_takes_the_mark_away(world, trigger):
    world.identities.record_sso("ada", NOW)
    world.policies.emergency_users.append("ada")
    trigger("TokenGeneration_Authentication")
    assert world.identities.sso_since("ada") is None


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        pytest.param({"email": "new@acme.example"}, "sso_required", id="F35-enforced-domain"),
        pytest.param({"email": "new@ACME.example"}, "sso_required", id="F35-case"),
        pytest.param(
            {"email": "new@home.example", "custom:tenant_id": "acme"}, "tenant_chosen", id="F35-own"
        ),
        pytest.param({"email": "new@home.example"}, None, id="somebody-else"),
        pytest.param({}, None, id="no-address"),
    ],
)
def test_who_may_sign_up(trigger, attributes, code):
    assert refused(trigger, "PreSignUp_SignUp", attributes) == code


def test_an_unknown_address_is_answered_as_a_known_one(trigger):
    unknown = {"username": "nobody@acme.example", "userNotFound": True}
    assert refused(trigger, "PreAuthentication_Authentication", {}, **unknown) == "sso_required"
    unknown["username"] = "nobody@home.example"
    assert refused(trigger, "PreAuthentication_Authentication", {}, **unknown) is None


def test_the_refusal_says_where_to_sign_in(trigger):
    with pytest.raises(TriggerRefusedError, match=r"https://authsso\.saas\.example/login/initiate"):
        trigger("PreAuthentication_Authentication")


def test_the_refusal_says_where_an_administrator_uses_a_recovery_code(trigger):
    with pytest.raises(TriggerRefusedError, match=r"https://authsso\.saas\.example/recover\."):
        trigger("PreAuthentication_Authentication")
