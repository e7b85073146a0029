"""The log line of a failed sign-in names the finding, and nothing that a provider wrote."""

import re
from dataclasses import replace

import pytest

from authsso.errors import ProviderError
from harness.fakes import NOW
from idpresponse import explanation

GUID = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def carried(monkeypatch):
    facts = {}
    monkeypatch.setattr(explanation, "carry", facts.update)
    return facts


def come_back(browser, world, **parameters):
    state = world.provider.sign_in(browser.leave())["state"]
    return browser.come_back({"state": state, **parameters})


def test_the_number_at_the_redirect_uri_is_named(browser, world, carried):
    text = f"AADSTS65004: Ada declined.\r\nTrace ID: {GUID}\r\nCorrelation ID: {GUID}"
    answer = come_back(browser, world, error="access_denied", error_description=text)
    assert carried == {
        "provider_error": "access_denied",
        "finding": "entra_consent_declined",
        "aadsts": 65004,
        "provider_correlation_id": GUID,
    }
    assert "AADSTS" not in answer.location


def test_an_error_that_nobody_knows_is_named_so(browser, world, carried):
    come_back(browser, world, error="<script>", error_description="canary")
    assert carried == {"finding": "provider_said_otherwise"}


@pytest.mark.parametrize(
    ("failure", "finding"),
    [
        (
            ProviderError(
                "provider_invalid_client", "HTTP 401, AADSTS7000222", error="invalid_client"
            ),
            "entra_secret_expired",
        ),
        (
            ProviderError(
                "provider_invalid_request", "HTTP 400, AADSTS9002327", error="invalid_request"
            ),
            "entra_spa_platform",
        ),
        (ProviderError("provider_timeout"), "provider_too_slow"),
        (ProviderError("token_response_without_id_token"), "no_id_token"),
    ],
)
def test_a_refusal_of_the_token_endpoint_is_named(browser, world, carried, failure, finding):
    world.failures["provider.exchange"] = failure
    browser.sign_in()
    assert carried["finding"] == finding


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"exp": NOW - 61}, "clocks_differ"),
        ({"tid": "other-tenant"}, "entra_other_tenant"),
        ({"nonce": "another"}, "token_of_another_sign_in"),
    ],
)
def test_a_token_that_does_not_hold_is_named(browser, world, carried, changes, finding):
    world.provider.id_token_changes.update(changes)
    browser.sign_in()
    assert carried["finding"] == finding


def test_a_missing_address_is_named(browser, world, carried):
    world.provider.person.update({"sub": "ada", "email": ""})
    world.provider.userinfo_claims = {"sub": "ada"}
    browser.sign_in()
    assert carried["finding"] == "entra_email_missing"


def test_a_refusal_of_ours_gets_no_providers_name(browser, world, carried):
    world.failures["provider.exchange"] = ProviderError("a_code_nobody_wrote_down")
    browser.sign_in()
    assert "finding" not in carried


def test_a_sign_in_that_holds_tells_what_its_claims_lack(browser, world, carried):
    world.provider.person.update({"_claim_names": {"groups": "src1"}})
    assert "code" in browser.sign_in().query
    assert "groups_overage" in carried["claims_findings"]


def test_the_application_hears_in_the_findings_words_with_the_sign_ins_reference(browser, world):
    location = browser.leave()
    (started,) = world.sign_ins.kept.values()
    answer = browser.come_back(
        {
            "state": world.provider.sign_in(location)["state"],
            "error": "access_denied",
            "error_description": "AADSTS50105: canary",
        }
    )
    assert answer.query["error_description"] == (
        "Your organisation has not given you access to this application. Ask your IT administrator "
        "to assign you to it, and give the reference. "
        f"(provider_refused, entra_user_not_assigned, reference {started.reference})"
    )


def test_a_fault_of_the_provider_is_told_in_the_findings_words(browser, world):
    world.failures["provider.exchange"] = ProviderError("provider_timeout")
    told = browser.sign_in().query["error_description"]
    assert told.startswith("Your organisation's sign-in service does not answer as usual")
    assert "(provider_timeout, provider_too_slow, reference " in told


def test_our_own_page_speaks_for_the_sign_in_too(browser, world):
    """The sign-in's reference, the language that it was begun in, and back to its application."""
    world.config = replace(
        world.config,
        application_start_urls={"portal": "https://a.example", "other": "https://b.example"},
    )
    location = browser.leave(lang="de")
    (started,) = world.sign_ins.kept.values()
    state = world.provider.sign_in(location)["state"]
    answer = browser.come_back({"state": state, "code": "x", "iss": "https://evil.example"})
    assert answer.headers["Content-Language"] == "de"
    assert f'<code id="reference">{started.reference}</code>' in answer.body
    assert re.findall(r'<a class="[^"]*" href="([^"]*)"', answer.body) == ["https://a.example"]
