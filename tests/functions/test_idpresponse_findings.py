"""The log line of a failed sign-in names the finding, and nothing that a provider wrote."""

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
