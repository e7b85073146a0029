"""The settings page in Chromium: copying, warnings, domains, emergency access, history."""

import time

import pytest
from playwright.sync_api import expect

from authsso.protocol import federation_state

pytestmark = pytest.mark.browser


# Copying


def test_both_redirect_uris_are_copied_and_it_is_announced(anna):
    anna.open("#/providers/okta")
    anna.page.get_by_role("button", name="Copy first redirect URI").click()
    anna.hears("Copied: first redirect URI.")
    assert anna.clipboard() == f"{anna.site.base_url}/oauth2/idpresponse"

    anna.page.get_by_role("button", name="Copy second redirect URI").click()
    assert anna.clipboard().endswith(".amazoncognito.com/oauth2/idpresponse")


def test_a_provider_with_a_callback_of_its_own_has_one_redirect_uri(anna):
    anna.open("#/providers/keycloak")
    anna.sees("Register this address at Keycloak")
    anna.page.get_by_role("button", name="Copy first redirect URI").click()
    assert anna.clipboard() == f"{anna.site.base_url}/oauth2/idpresponse/c-keycloak"
    expect(anna.page.get_by_role("button", name="Copy second redirect URI")).to_have_count(0)


def test_copying_works_where_the_clipboard_is_forbidden(anna):
    anna.page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    anna.open("#/providers/azure")
    anna.page.get_by_role("button", name="Copy first redirect URI").click()

    anna.hears("Copied: first redirect URI.")
    assert anna.clipboard() == f"{anna.site.base_url}/oauth2/idpresponse"


# Warnings


def test_a_secret_that_expires_soon_is_warned_of(anna):
    anna.has_azure()
    soon = time.strftime("%Y-%m-%d", time.localtime(time.time() + 9 * 86400))
    anna.site.api.connections["azure"]["live"]["secret"]["expires_on"] = soon
    anna.open()
    anna.sees("2 things to look at.")
    anna.page.get_by_role("link", name="Microsoft Azure").click()

    anna.sees("The secret expires in")
    anna.sees("in 9 days")


# The second address


def at_cognito(anna, kind, reason):
    """Have the Cognito domain stand so."""
    told = federation_state.state_of(reason, at=0)
    domain = {"state": told.state, "message": told.message}
    anna.site.api.connections[kind]["cognito_domain"] = domain


def test_a_cognito_domain_that_cannot_be_used_says_why(anna):
    at_cognito(anna, "okta", "limit")
    anna.open("#/providers/okta")

    anna.sees("Second address: The Cognito domain is not available for this connection: the user")


def test_before_enable_the_second_address_is_no_error(anna):
    anna.open("#/providers/azure")
    anna.sees("Second address: Used once the connection is on; register it now all the same.")


def test_after_enable_the_page_asks_until_the_second_address_is_ready(anna):
    anna.has_azure(live=False)
    anna.open("#/providers/azure")
    at_cognito(anna, "azure", "begun")
    anna.switch("Enable").click()
    anna.sees("Second address: Being set up; ready in a moment.")
    anna.page.get_by_label("Client ID").fill("typed on")
    at_cognito(anna, "azure", "offered")

    anna.sees("Second address: Ready.")
    expect(anna.page.get_by_label("Client ID")).to_have_value("typed on")


def test_nobody_asks_for_the_second_address_once_its_view_is_left(anna):
    anna.has_azure()
    at_cognito(anna, "azure", "begun")
    anna.page.clock.install()
    anna.open("#/providers/azure")
    for seconds in (1, 2, 4):
        with anna.page.expect_response("**/settings/sso/connections/azure"):
            anna.page.clock.run_for(seconds * 1000)
    anna.sees("Second address: Being set up")

    anna.go("#/domains")
    anna.site.api.requests.clear()
    anna.page.clock.fast_forward(120_000)
    anna.page.clock.fast_forward(120_000)
    assert anna.site.api.requests == []
    anna.go("#/providers/azure")
    with anna.page.expect_response("**/settings/sso/connections/azure"):
        anna.page.clock.run_for(1000)


# Domains


def test_a_domain_is_claimed_proven_and_removed(anna):
    anna.open("#/domains")
    anna.page.get_by_label("Domain", exact=True).fill("acme.example")
    anna.page.keyboard.press("Enter")
    anna.hears("acme.example is added. Now publish its record.")
    anna.sees("Many DNS panels want only _authsso as the name")
    anna.page.get_by_role("button", name="Copy record value for acme.example").click()
    assert anna.clipboard().startswith("authsso-domain-proof=")
    anna.page.get_by_role("button", name="Copy record name for acme.example").click()
    assert anna.clipboard() == "_authsso.acme.example"

    anna.page.get_by_role("button", name="Verify acme.example now").click()
    expect(anna.page.get_by_role("alert")).to_contain_text("has no TXT record that can be seen yet")
    assert anna.find_barriers() == []

    anna.site.api.published.add("acme.example")
    anna.page.get_by_role("button", name="Verify acme.example now").click()
    anna.hears("acme.example is proven.")
    expect(anna.page.get_by_role("alert")).to_have_count(0)
    assert anna.find_barriers() == []

    anna.page.get_by_role("button", name="Remove acme.example").click()
    anna.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    anna.hears("acme.example is removed.")
    anna.sees("No domain yet.")


def test_a_public_mail_domain_is_refused_at_the_field(anna):
    anna.open("#/domains")
    anna.page.get_by_label("Domain", exact=True).fill("gmail.com")
    anna.page.get_by_role("button", name="Add domain").click()

    field = anna.page.get_by_label("Domain", exact=True)
    expect(field).to_have_accessible_description(
        "gmail.com belongs to everybody. Enter a domain of your own."
    )
    expect(field).to_have_value("gmail.com")
    expect(field).to_be_focused()


def test_no_domain_at_all_is_told_at_the_field(anna):
    anna.open("#/domains")
    anna.page.get_by_role("button", name="Add domain").click()

    field = anna.page.get_by_label("Domain", exact=True)
    expect(field).to_have_accessible_description("Domain is missing. Fill it in.")
    expect(field).to_be_focused()


# Emergency access


def test_no_address_at_all_is_told_at_the_field(anna):
    anna.open("#/emergency-access")
    anna.page.get_by_role("button", name="Add person").click()

    expect(anna.page.get_by_label("E-mail address")).to_have_accessible_description(
        "The e-mail address is missing. Fill it in."
    )


def test_people_are_named_and_removed(anna):
    anna.open("#/emergency-access")
    anna.sees("Nobody is named yet.")
    field = anna.page.get_by_label("E-mail address")
    field.fill("ada@acme.example")
    anna.page.keyboard.press("Enter")
    anna.hears("ada@acme.example may use a password in an emergency.")
    expect(field).to_have_value("")

    field.fill("eve@other.example")
    anna.page.get_by_role("button", name="Add person").click()
    expect(field).to_have_accessible_description(
        "Nobody in your organisation has the address eve@other.example. "
        "Enter the address of somebody who has an account here."
    )
    assert anna.find_barriers() == []

    anna.page.get_by_role("button", name="Remove ada@acme.example").click()
    anna.hears("ada@acme.example is removed.")


def test_a_list_that_somebody_else_changed_is_shown_anew(anna):
    anna.open("#/emergency-access")
    anna.site.api.name_users(body={"users": ["grace@acme.example"]}, headers={"if-match": '"1"'})
    anna.page.get_by_label("E-mail address").fill("ada@acme.example")
    anna.page.get_by_role("button", name="Add person").click()
    anna.sees("Somebody else has changed this list")
    anna.sees("grace@acme.example")

    anna.page.get_by_role("button", name="Add person").click()
    anna.sees("ada@acme.example")
    assert [user["email"] for user in anna.site.api.users] == [
        "grace@acme.example",
        "ada@acme.example",
    ]


def test_recovery_codes_are_shown_once(anna):
    anna.open("#/emergency-access")
    anna.page.get_by_role("button", name="Make recovery codes").click()
    dialog = anna.page.get_by_role("dialog", name="Your recovery codes")
    items = dialog.get_by_role("listitem")
    expect(items).to_have_count(10)
    codes = items.all_inner_texts()
    assert anna.find_barriers() == []
    for _ in range(5):  # browsers let a second Escape in a row through, unless they are told
        anna.page.keyboard.press("Escape")
    expect(dialog).to_be_visible()

    dialog.get_by_role("button", name="Copy all").click()
    anna.hears("Copied: recovery codes.")
    assert anna.clipboard().split()[-10:] == codes
    with anna.page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    assert download.value.path().read_text() == anna.clipboard()

    dialog.get_by_role("button", name="I have stored them").click()
    anna.sees("10 codes left")
    assert codes[0] not in anna.page.content()
    assert codes[0] not in anna.page.evaluate("JSON.stringify([sessionStorage, localStorage])")

    anna.page.get_by_role("button", name="Make new codes…").click()
    anna.sees("The codes that you have stop working at once.")


def test_where_a_recovery_code_is_used_is_told_and_kept_with_the_codes(anna):
    address = f"{anna.site.base_url}/recover"
    anna.open("#/emergency-access")
    expect(anna.page.get_by_role("region", name="Recovery codes")).to_contain_text(address)
    anna.page.get_by_role("button", name="Make recovery codes").click()
    dialog = anna.page.get_by_role("dialog", name="Your recovery codes")
    expect(dialog).to_contain_text(address)

    dialog.get_by_role("button", name="Copy all").click()
    anna.hears("Copied: recovery codes.")
    assert f"Use one at {address}\n" in anna.clipboard()
    with anna.page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    assert f"Use one at {address}\n" in download.value.path().read_text()


# History


def test_history_tells_who_did_what_and_goes_back_in_time(anna):
    anna.has_azure()
    changes = {"method": {"before": "POST", "after": "GET"}}
    for _ in range(30):
        anna.site.api.happened("some_new_action", "azure", {"version": 2, "changes": changes})
    anna.open("#/history")
    events = anna.page.locator(".event")
    expect(events).to_have_count(25)
    expect(events.first).to_contain_text("some new action: Microsoft Azure")
    expect(events.first).to_contain_text("ada@acme.example, from 198.51.100.7")

    events.first.get_by_text("Details").click()
    expect(events.first.get_by_role("definition").nth(1)).to_have_text("POST → GET")

    anna.page.get_by_role("button", name="Show older changes").click()
    expect(events).to_have_count(32)
    expect(events.nth(30)).to_contain_text("Turned Microsoft Azure on")
    assert anna.find_barriers() == []
