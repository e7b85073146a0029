"""Cognito's triggers, as Cognito calls them (F33, F34, F36, J16)."""

import json
from types import SimpleNamespace

import pytest

from authsso.errors import TriggerRefusedError, UnavailableError
from authsso.protocol import authorization_code
from authsso.protocol.custom_challenge import Ticket
from authsso.protocol.sign_in import hashed
from authsso.web.entrypoint import carry, logger
from cognito_triggers.app import ANSWERS, create_handler
from harness.fakes import NOW
from harness.sign_in_world import CALLBACK, VERIFIER, Browser, services
from harness.template import ROOT

SECRET = "s" * 43
SELF_SERVICE = "aws.cognito.signin.user.admin"


@pytest.fixture
def world():
    return services()


@pytest.fixture
def trigger(world):
    handler = create_handler(lambda: world)

    def call(source, request=None, *, username="user-1", client_id="portal"):
        event = {
            "version": "1",
            "triggerSource": source,
            "region": "eu-central-1",
            "userPoolId": world.config.user_pool_id,
            "userName": username,
            "callerContext": {"awsSdkVersion": "x", "clientId": client_id},
            "request": request or {},
            "response": {},
        }
        return handler(event, SimpleNamespace())["response"]

    return call


@pytest.fixture
def ticket(world):
    """A live ticket of a sign-in that has just been redeemed; with whose it is."""
    code = Browser(world).sign_in().query["code"]
    wanted = authorization_code.redemption(
        {"code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER}, "portal"
    )
    record, redeemed = world.codes.redeem(wanted, ticket=SECRET, now=NOW)
    assert redeemed
    return SimpleNamespace(text=str(Ticket(hashed(code), SECRET)), username=record.username)


# --- define


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        pytest.param({"userNotFound": True, "session": []}, (None, False, True), id="F34-unknown"),
        pytest.param(
            {"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": False}]},
            (None, False, True),
            id="F34-wrong-answer",
        ),
        pytest.param(
            {"session": [{"challengeName": "SRP_A", "challengeResult": True}]},
            (None, False, True),
            id="F34-srp",
        ),
        pytest.param({"session": []}, ("CUSTOM_CHALLENGE", False, False), id="ask"),
        pytest.param({"session": None}, ("CUSTOM_CHALLENGE", False, False), id="no-session-yet"),
        pytest.param({}, ("CUSTOM_CHALLENGE", False, False), id="nothing-yet"),
        pytest.param(
            {"session": [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True}]},
            (None, True, False),
            id="issue",
        ),
    ],
)
def test_define(trigger, world, request_, expected):
    response = trigger("DefineAuthChallenge_Authentication", request_)
    assert (
        response["challengeName"],
        response["issueTokens"],
        response["failAuthentication"],
    ) == expected
    assert world.calls == []


def test_metadata_from_outside_changes_nothing__F33(trigger):
    plain = trigger("DefineAuthChallenge_Authentication", {"session": []})
    crafted = {"session": [], "clientMetadata": {"ticket": "x", "issueTokens": "true"}}
    assert trigger("DefineAuthChallenge_Authentication", crafted) == plain


# --- create


def test_every_challenge_is_another_and_says_nothing(trigger):
    first, second = (trigger("CreateAuthChallenge_Authentication", {}) for _ in range(2))
    assert first["publicChallengeParameters"] == {}
    private = [
        challenge["privateChallengeParameters"]["challenge"] for challenge in (first, second)
    ]
    assert private[0] != private[1]
    assert all(len(challenge) == 43 for challenge in private)


# --- verify


def verify(trigger, answer, challenge="one", **who):
    request = {
        "challengeAnswer": answer,
        "privateChallengeParameters": {"challenge": challenge},
        "clientMetadata": {"ticket": "crafted"},
    }
    return trigger("VerifyAuthChallengeResponse_Authentication", request, **who)["answerCorrect"]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(None, id="F33-none"),
        pytest.param("", id="F33-empty"),
        pytest.param("true", id="F33-true"),
        pytest.param("a" * 64 + "." + "s" * 43, id="F33-guessed"),
        pytest.param("one", id="F33-the-challenge-itself"),
        pytest.param({"a": 1}, id="F33-object"),
    ],
)
def test_anybody_may_ask_and_nobody_can_answer(trigger, ticket, answer):
    assert verify(trigger, answer, username=ticket.username) is False


def test_a_ticket_is_bound_to_user_and_application__F33(trigger, ticket):
    assert verify(trigger, ticket.text, username="victim") is False
    assert verify(trigger, ticket.text, username=ticket.username, client_id="backend") is False
    assert verify(trigger, ticket.text, username=ticket.username) is True


def test_a_ticket_dies_after_a_minute__F33(trigger, ticket, world):
    world.time = NOW + 60
    assert verify(trigger, ticket.text, username=ticket.username) is False


def test_the_same_challenge_may_come_three_times_and_no_other__J16(trigger, ticket):
    who = {"username": ticket.username}
    assert [verify(trigger, ticket.text, **who) for _ in range(3)] == [True] * 3
    assert verify(trigger, ticket.text, "two", **who) is False


@pytest.mark.parametrize(
    "private",
    [
        pytest.param(None, id="none"),
        pytest.param({}, id="empty"),
        pytest.param({"challenge": None}, id="null"),
        pytest.param({"challenge": 1}, id="number"),
    ],
)
def test_without_a_challenge_of_ours_nothing_is_correct__F34(trigger, ticket, private):
    request = {"challengeAnswer": ticket.text, "privateChallengeParameters": private}
    source = "VerifyAuthChallengeResponse_Authentication"
    assert trigger(source, request, username=ticket.username) == {"answerCorrect": False}
    assert verify(trigger, ticket.text, username=ticket.username) is True


def test_a_dead_table_is_no_correct_answer(trigger, ticket, world):
    world.failures["codes.spend"] = UnavailableError("aws_unavailable", "")
    with pytest.raises(UnavailableError):
        verify(trigger, ticket.text, username=ticket.username)


# --- what the operator sees


@pytest.mark.parametrize(
    ("failure", "counted"),
    [
        (TriggerRefusedError("sso_required", "no"), ["Refused", "RefusedByTrigger"]),
        (UnavailableError("aws_unavailable", "down"), ["Refused"]),
        (RuntimeError("a fault of ours"), ["Faults"]),
    ],
    ids=["meant", "aws", "fault"],
)
def test_I14_a_failure_is_counted_and_only_a_refusal_is_meant(
    trigger, world, capsys, failure, counted
):
    world.failures["codes.spend"] = failure
    with pytest.raises(type(failure)):
        verify(trigger, str(Ticket(hashed("c"), SECRET)))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [name_of(line) for line in lines if "_aws" in line] == counted
    assert logger.get_current_keys()["trigger"] == "VerifyAuthChallengeResponse_Authentication"


def name_of(line):
    return line["_aws"]["CloudWatchMetrics"][0]["Metrics"][0]["Name"]


def test_a_line_carries_nothing_of_the_event_before(trigger):
    carry(sign_in="BEFORE22", tenant="globex")
    trigger("DefineAuthChallenge_Authentication", {"session": []})
    carried = logger.get_current_keys()
    assert carried["client"] == "portal"
    assert not {"sign_in", "tenant"} & carried.keys()


# --- tokens


def before_tokens(trigger, source="TokenGeneration_Authentication", client_id="portal", **changes):
    request = {
        "userAttributes": {"custom:tenant_id": "acme", "email": "ada@acme.example"},
        "groupConfiguration": {"groupsToOverride": []},
        "scopes": [SELF_SERVICE],
        "clientMetadata": {"custom:tenant_id": "globex", "tenant": "globex"},
    }
    response = trigger(source, request | changes, client_id=client_id)
    details = response["claimsAndScopeOverrideDetails"]
    return details["idTokenGeneration"], details["accessTokenGeneration"]


@pytest.mark.parametrize(
    "source", ["TokenGeneration_Authentication", "TokenGeneration_RefreshTokens"]
)
def test_tokens_carry_the_pools_tenant_and_the_applications_scopes__F36(trigger, source):
    of_identity, of_access = before_tokens(trigger, source)
    tenant = {"custom:tenant_id": "acme"}
    assert of_identity == {"claimsToAddOrOverride": tenant}
    assert of_access == {
        "claimsToAddOrOverride": tenant,
        "scopesToAdd": ["openid", "email"],
        "scopesToSuppress": [SELF_SERVICE],
    }


@pytest.mark.parametrize(
    "attributes",
    [
        pytest.param({}, id="F36-none"),
        pytest.param({"custom:tenant_id": ""}, id="F36-empty"),
        pytest.param({"tenant_id": "globex", "custom:tenant": "globex"}, id="F36-other-names"),
    ],
)
def test_without_a_tenant_there_is_no_claim(trigger, attributes):
    of_identity, of_access = before_tokens(trigger, userAttributes=attributes)
    assert of_identity["claimsToAddOrOverride"] == of_access["claimsToAddOrOverride"] == {}


def test_an_unknown_application_gets_no_scope(trigger):
    _, of_access = before_tokens(trigger, client_id="unknown")
    assert of_access["scopesToAdd"] == []
    assert of_access["scopesToSuppress"] == [SELF_SERVICE]


def test_cognitos_own_pages_keep_the_scopes_that_were_asked_for(trigger):
    _, of_access = before_tokens(trigger, "TokenGeneration_HostedAuth", scopes=["openid"])
    assert of_access["scopesToAdd"] == of_access["scopesToSuppress"] == []


# --- all of them


def test_a_source_that_we_do_not_know_is_refused(trigger):
    with pytest.raises(KeyError):
        trigger("PreSignUp_SignUp")


def test_the_whole_event_goes_back(world):
    event = json.loads((ROOT / "events/define_auth_challenge.json").read_text())
    handler = create_handler(lambda: world)
    answer = handler(json.loads(json.dumps(event)), SimpleNamespace())
    assert {k: v for k, v in answer.items() if k != "response"} == {
        k: v for k, v in event.items() if k != "response"
    }
    assert event["triggerSource"] in ANSWERS


def test_no_ticket_is_in_a_log__E46_I02(trigger, ticket, capsys, caplog):
    verify(trigger, ticket.text, username=ticket.username)
    text = capsys.readouterr().out + caplog.text
    assert SECRET not in text
