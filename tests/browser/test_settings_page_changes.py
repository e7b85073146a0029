"""The settings page in Chromium: changing what works already, and refusals on the way."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from authsso.errors import SettingsError
from authsso.model import Connection
from authsso.protocol.connection_toggles import Evidence, Wanted, toggle
from browser.fake_organisation import Refused
from browser.fake_sign_ins import found
from browser.settings_browser import CLIENT_ID, ISSUER, OTHER_CLIENT_ID, SECRET

pytestmark = pytest.mark.browser


# Draft and live


def test_a_draft_goes_live_and_is_rolled_back(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.fill_azure(client_id=OTHER_CLIENT_ID)
    anna.save()
    changed = anna.page.get_by_role("row").filter(has_text="changed")
    expect(changed.first).to_contain_text(f"Client ID{CLIENT_ID}{OTHER_CLIENT_ID}")
    assert anna.find_barriers() == []

    anna.page.get_by_role("button", name="Make live").click()
    anna.hears("The draft is live now.")
    assert anna.site.api.connections["azure"]["live"]["client_id"] == OTHER_CLIENT_ID

    anna.page.get_by_role("button", name="Roll back").click()
    anna.page.get_by_role("dialog").get_by_role("button", name="Roll back").click()
    anna.hears("The previous version is live again.")
    assert anna.site.api.connections["azure"]["live"]["client_id"] == CLIENT_ID


@pytest.mark.parametrize(
    ("since", "told"),
    [(1_795_000_000, "Live since 18 November 2026"), (None, "Live. It was saved on ")],
)
def test_it_says_since_when_a_version_is_live_and_not_when_it_was_saved(anna, since, told):
    anna.has_azure()
    anna.site.api.connections["azure"]["live_since"] = since
    anna.open("#/providers/azure")
    expect(anna.page.locator("#versions .hint").first).to_contain_text(told)


def test_what_is_not_saved_does_not_go_live_unseen(anna):
    anna.has_azure(live=False)
    anna.open("#/providers/azure")
    anna.page.get_by_role("radio", name="GET if POST fails").check()
    anna.sees("Not saved yet.")
    anna.switch("Enable").click()

    expect(anna.page.get_by_role("alert")).to_contain_text("not saved yet")
    assert anna.sent("PATCH") == []

    anna.page.get_by_role("button", name="Undo my changes").click()
    expect(anna.page.get_by_role("radio", name="POST advised")).to_be_checked()


def test_a_connection_is_deleted_after_a_question(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.page.get_by_text("Delete this connection").click()
    anna.page.get_by_role("button", name="Delete Microsoft Azure…").click()
    anna.page.keyboard.press("Escape")
    assert anna.site.api.connections["azure"]["live"]

    anna.page.get_by_role("button", name="Delete Microsoft Azure…").click()
    anna.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    anna.hears("Microsoft Azure is deleted.")
    assert anna.site.api.connections["azure"]["live"] is None


# Two administrators at once


def test_a_change_by_somebody_else_is_shown_and_the_typing_kept(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.fill_azure(client_id=OTHER_CLIENT_ID)
    anna.site.api.somebody_else_changes("azure", method="GET")
    anna.save()

    alert = anna.page.get_by_role("alert")
    expect(alert).to_contain_text("Another administrator changed this connection meanwhile.")
    expect(alert).to_contain_text("Method: POST → GET")
    expect(anna.page.locator("#field-method-mistake")).to_have_text(
        "Saved meanwhile: GET. Save again to put yours over it."
    )
    expect(anna.page.locator(".mistake:visible")).to_have_count(1)  # the Client ID is new here only
    expect(anna.page.get_by_label("Client ID")).to_have_value(OTHER_CLIENT_ID)
    expect(anna.page.get_by_label("Client Secret")).to_have_value(SECRET)
    assert anna.find_barriers() == []

    anna.page.get_by_role("button", name="Keep editing mine").click()
    anna.save()
    anna.hears("Draft saved.")
    assert anna.site.api.connections["azure"]["draft"]["client_id"] == OTHER_CLIENT_ID


def test_their_change_can_be_taken(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.fill_azure(client_id=OTHER_CLIENT_ID)
    anna.site.api.somebody_else_changes("azure", method="GET")
    anna.save()
    anna.page.get_by_role("button", name="Take theirs").click()

    expect(anna.page.get_by_label("Client ID")).to_have_value(CLIENT_ID)
    expect(anna.page.get_by_role("radio", name="GET if POST fails")).to_be_checked()


# A sign-in that is too old


def test_a_new_sign_in_keeps_what_was_typed_but_never_the_secret(anna):
    anna.open("#/providers/azure")
    anna.site.api.signed_in_at = 0
    anna.fill_azure(secret_expires_on="2031-05-17")
    anna.page.get_by_role("radio", name="GET if POST fails").check()
    anna.save()
    dialog = anna.page.get_by_role("dialog")
    expect(dialog).to_contain_text("not older than 15 minutes")
    assert anna.find_barriers() == []
    dialog.get_by_role("button", name="Sign in again").click()

    anna.page.get_by_role("link", name="Continue as Ada").wait_for()
    assert anna.site.authorizations[-1]["prompt"] == "login"
    kept = anna.page.evaluate("JSON.stringify(sessionStorage)")
    assert SECRET not in kept
    anna.page.get_by_role("link", name="Continue as Ada").click()

    anna.hears("What you typed is back.")
    expect(anna.page.get_by_label("Client ID")).to_have_value(CLIENT_ID)
    expect(anna.page.get_by_label("Discovery URL")).to_have_value(ISSUER)
    expect(anna.page.get_by_label("Secret expires on")).to_have_value("2031-05-17")
    expect(anna.page.get_by_role("radio", name="GET if POST fails")).to_be_checked()
    expect(anna.page.get_by_label("Client Secret")).to_have_value("")
    anna.page.get_by_label("Client Secret").fill(SECRET)
    anna.save()
    anna.hears("Draft saved.")


# The check


def test_the_check_names_what_is_wrong_and_offers_the_mend(anna):
    finding = found("entra_tenant_unknown", 90002, "AADSTS90002 <b>no</b>")
    anna.site.api.check_answer = {
        "probes": [
            {"name": "discovery", "state": "finding", "message": "It differs.", "finding": finding},
            {"name": "keys", "state": "ok", "message": "Good.", "finding": None},
            {"name": "clock", "state": "cannot_tell", "message": "No time.", "finding": None},
        ],
        "mends": [{"field": "discovery_url", "value": ISSUER}],
    }
    anna.open("#/providers/azure")
    anna.fill_azure(discovery_url="https://login.microsoftonline.com/wrong")
    anna.page.get_by_role("button", name="Check", exact=True).click()

    probes = anna.page.locator(".probes li")
    expect(anna.page.get_by_role("heading", name="Check", exact=True)).to_be_focused()
    expect(probes.nth(0)).to_contain_text("Discovery URL")
    expect(probes.nth(0)).to_contain_text("Mend this")
    expect(probes.nth(0)).to_contain_text("AADSTS90002 <b>no</b>")
    expect(probes.nth(1)).to_contain_text("Right")
    expect(probes.nth(2)).to_contain_text("Cannot be told")
    assert anna.sent("POST")[0]["client_id"] == CLIENT_ID
    assert anna.find_barriers() == []

    anna.page.get_by_role("button", name=f"Use {ISSUER}").click()
    expect(anna.page.get_by_label("Discovery URL")).to_have_value(ISSUER)
    expect(anna.page.get_by_label("Client Secret")).to_have_value(SECRET)
    expect(probes).to_have_count(0)


# The switches


def refused(connection, evidence=None):
    """The words of the product's own refusal to enforce a connection."""
    with pytest.raises(SettingsError) as found:
        toggle(connection, Wanted(enforced=True), evidence=evidence or Evidence(), now=1)
    return found.value.title


LIVE = Connection("acme", "azure", "c-azure", enabled=True, live=1, last_number=1, revision=1)


@pytest.mark.parametrize(
    ("prepared", "words", "way", "leads_to"),
    [
        pytest.param("", refused(None), "Open the form", "Redirect", id="not set up"),
        pytest.param(
            "draft", refused(replace(LIVE, enabled=False)), None, None, id="not switched on"
        ),
        pytest.param(
            "live", refused(LIVE), "Prove an e-mail domain", "Add domain", id="no proven domain"
        ),
        pytest.param(
            "live domain",
            refused(LIVE, Evidence(has_proven_domain=True)),
            "Set up emergency access",
            "Prepare at least one way past it",
            id="no emergency access",
        ),
    ],
)
def test_enforce_says_what_it_needs_before_it_asks(anna, prepared, words, way, leads_to):
    if prepared:
        anna.has_azure(live="live" in prepared)
    if "domain" in prepared:
        anna.site.api.has_domain()
    anna.open()
    anna.switch("Enforce Microsoft Azure").click()

    alert = anna.page.get_by_role("alert")
    expect(alert).to_contain_text(words)
    expect(alert).to_be_focused()
    expect(anna.switch("Enforce Microsoft Azure")).not_to_be_checked()
    assert anna.sent("PATCH") == []
    assert anna.find_barriers() == []
    if way:
        alert.get_by_role("link", name=way).click()
        anna.sees(leads_to)


def test_what_another_administrator_has_prepared_meanwhile_counts(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.sees("Needs a proven e-mail domain and emergency access first.")
    anna.site.api.has_domain()
    anna.site.api.make_codes()
    anna.switch("Enforce").click()

    expect(anna.page.get_by_role("dialog")).to_contain_text("Passwords stop working for everyone")


def test_enforce_needs_a_sign_in_that_the_server_alone_knows_of(anna):
    anna.has_azure()
    anna.site.api.has_domain()
    anna.site.api.make_codes()
    anna.open("#/providers/azure")
    anna.switch("Enforce").click()
    anna.page.get_by_role("button", name="Require Microsoft Azure").click()

    alert = anna.page.get_by_role("alert")
    expect(alert).to_contain_text("Sign in once through this connection yourself")
    expect(alert).to_be_focused()
    expect(anna.switch("Enforce")).not_to_be_checked()
    assert anna.find_barriers() == []
    alert.get_by_role("button", name="Sign in with Microsoft Azure now").click()
    anna.page.get_by_role("link", name="Continue as Ada").wait_for()
    assert anna.site.authorizations[-1]["identity_provider"] == "c-azure"


def test_enforce_and_back(anna):
    anna.has_azure()
    anna.site.api.has_domain()
    anna.site.api.make_codes()
    anna.site.api.administrator_signed_in = True
    anna.open()
    anna.switch("Enforce Microsoft Azure").click()
    anna.page.get_by_role("button", name="Require Microsoft Azure").click()
    anna.hears("Everyone signs in with Microsoft Azure now.")
    anna.sees("Passwords do not work.")
    assert anna.find_barriers() == []

    anna.switch("Enable Microsoft Azure").click()
    anna.page.get_by_role("button", name="Turn off").click()
    expect(anna.page.get_by_role("alert")).to_contain_text("Switch Enforce off first")

    anna.switch("Enforce Microsoft Azure").click()
    anna.hears("Passwords work again.")
    anna.switch("Enable Microsoft Azure").click()
    anna.page.get_by_role("button", name="Turn off").click()
    anna.hears("Microsoft Azure is off.")


def test_a_refusal_with_findings_names_each_with_its_fix(anna):
    anna.has_azure(live=False)
    anna.open("#/providers/azure")
    finding = {
        "field": "client_secret",
        "code": "secret_wrong",
        "message": "Microsoft refuses the secret.",
        "fix": "Copy the Value, not the Secret ID.",
    }
    anna.site.api.refuse_next = Refused(
        409, "check_failed", "The check found a mistake.", errors=[finding]
    )
    anna.page.get_by_role("button", name="Turn Microsoft Azure on").click()

    alert = anna.page.get_by_role("alert")
    expect(alert).to_contain_text("Microsoft refuses the secret. Copy the Value")
