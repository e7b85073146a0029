"""What a sign-in leaves behind, and what it never does."""

import json
from dataclasses import asdict, replace

import pytest

from authsso.errors import ProviderError, UnavailableError
from authsso.protocol.sign_in import code_verifier, nonce
from harness.fakes import NOW
from harness.sign_in_world import ADA, Browser, redeem, services, user

STEPS = [
    "sent_to_provider",
    "came_back",
    "answer_accepted",
    "code_redeemed",
    "id_token_accepted",
    "claims_complete",
    "user_found",
    "code_issued",
]


def steps(trace):
    return [step.name for step in trace.steps]


def test_I02_nothing_that_opens_a_door_is_in_a_trace(world, browser):
    parameters = world.provider.sign_in(browser.leave())
    (binding,) = [value for name, value in browser.cookies.items() if "sign-in" in name]
    answer = browser.come_back(parameters)
    redeem(world, answer.query["code"])

    text = json.dumps(asdict(world.traces.only()))

    for secret in (
        answer.query["code"],
        "client-secret",
        "provider-access-token",
        "provider-code",
        binding,
        nonce(binding),
        code_verifier(binding),
        "eyJ",
    ):
        assert secret not in text


def test_a_sign_in_on_its_way_has_a_trace(world, browser):
    browser.leave()
    trace = world.traces.only()
    assert (steps(trace), trace.summary.outcome) == (STEPS[:1], "started")
    assert (trace.summary.tenant_id, trace.application) == ("acme", "portal")


def test_a_whole_sign_in_tells_who_and_how(world, browser):
    answer = browser.sign_in()
    redeem(world, answer.query["code"])

    trace = world.traces.only()

    assert (steps(trace), trace.summary.outcome) == (STEPS, "signed_in")
    assert (trace.summary.person, trace.decision) == ("ada@acme.example", "created")
    assert trace.username in world.users.kept
    assert world.traces.tokens_at == {("acme", trace.summary.reference): NOW * 1000}
    assert (trace.claims, trace.mapped) == (None, None)


@pytest.mark.parametrize(
    ("people", "decision"),
    [((), "created"), ((user(),), "linked")],
)
def test_it_tells_what_became_of_the_identity(people, decision):
    made = services(users=people)
    Browser(made).sign_in()
    assert made.traces.only().decision == decision
    made.traces.kept.clear()
    Browser(made).sign_in()
    assert made.traces.only().decision == "known"


@pytest.mark.parametrize(
    ("prepare", "told", "reached"),
    [
        pytest.param(
            lambda world: world.failures.update(
                {
                    "provider.exchange": ProviderError(
                        "provider_invalid_client", "AADSTS7000222: x", error="invalid_client"
                    )
                }
            ),
            ("provider_invalid_client", "entra_secret_expired"),
            "answer_accepted",
            id="C04-secret expired",
        ),
        pytest.param(
            lambda world: world.provider.id_token_changes.update(nonce="other"),
            ("id_token_nonce", "token_of_another_sign_in"),
            "code_redeemed",
            id="wrong nonce",
        ),
        pytest.param(
            lambda world: world.provider.person.update(email="ada@elsewhere.example"),
            ("domain_not_proven", "email_domain_not_proven"),
            "claims_complete",
            id="domain not proven",
        ),
        pytest.param(
            lambda world: world.failures.update(
                {"users.with_email": UnavailableError("aws_unavailable", "cognito")}
            ),
            ("aws_unavailable", "service_unavailable"),
            "claims_complete",
            id="cognito down",
        ),
        pytest.param(
            lambda world: world.failures.update({"users.with_email": ZeroDivisionError()}),
            ("server_error", None),
            "claims_complete",
            id="a fault",
        ),
    ],
)
def test_a_refused_sign_in_tells_where_and_why(world, browser, prepare, told, reached):
    prepare(world)
    browser.sign_in()

    trace = world.traces.only()

    assert trace.summary.outcome == "refused"
    assert (trace.summary.error, trace.summary.finding) == told
    assert trace.steps[-1].name == reached


def test_the_providers_own_words_are_kept_up_to_the_trace_id(world, browser):
    state = world.provider.sign_in(browser.leave())["state"]
    told = "AADSTS50105: Ada is not assigned.\r\nTrace ID: 1-2\r\nCorrelation ID: 3-4"
    browser.come_back({"state": state, "error": "access_denied", "error_description": told})

    (noted,) = world.traces.only().findings

    assert (noted.code, noted.number) == ("entra_user_not_assigned", 50105)
    assert noted.provider_text == "AADSTS50105: Ada is not assigned."


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (ProviderError("token_response_malformed", "not application/json"), ""),
        (ProviderError("provider_timeout", "TimeoutError"), ""),
        (
            ProviderError(
                "provider_invalid_client",
                "HTTP 401, AADSTS7000215",
                error="invalid_client",
                status=401,
            ),
            "invalid_client, AADSTS7000215",
        ),
    ],
)
def test_our_own_words_are_not_put_into_the_providers_mouth(world, browser, failure, said):
    world.failures["provider.exchange"] = failure
    browser.sign_in()

    (noted,) = world.traces.only().findings

    assert noted.provider_text == said


@pytest.mark.parametrize("call", ["traces.save", "traces.record_tokens"])
def test_a_sign_in_never_fails_for_its_trace(world, browser, call):
    world.failures[call] = UnavailableError("aws_unavailable", "traces")
    answer = browser.sign_in()
    assert redeem(world, answer.query["code"]).status == 200


def test_B03_another_browser_changes_no_trace(world, browser):
    parameters = world.provider.sign_in(browser.leave())
    assert Browser(world).come_back(parameters).status == 400
    assert world.traces.only().summary.outcome == "started"


def test_an_error_page_shows_the_reference_of_the_sign_in(world, browser):
    parameters = world.provider.sign_in(browser.leave())
    shown = browser.come_back(parameters | {"iss": "https://evil.example"}).body
    assert world.traces.only().summary.reference in shown


def test_claims_of_people_are_not_kept(world, browser):
    world.provider.person["department"] = "Secret Projects"
    browser.sign_in()
    assert "Secret Projects" not in json.dumps(asdict(world.traces.only()))
    assert ADA["sub"] not in json.dumps(asdict(world.traces.only()))


def test_of_many_groups_those_that_are_mapped_are_kept_first(world, browser):
    version = world.connections.versions["acme", "azure", 1]
    mapped = replace(version, group_mapping={"g-999": "support"})
    world.connections.versions["acme", "azure", 1] = mapped
    world.provider.person["groups"] = [f"g-{number}" for number in range(1000)]
    browser.sign_in()
    kept = world.traces.only().groups
    assert (len(kept), kept[:2]) == (200, ("g-999", "g-0"))
