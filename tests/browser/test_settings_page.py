"""The settings page in Chromium: signing in, setting a connection up, and what goes wrong."""

import re

import pytest
from playwright.sync_api import expect

from authsso.errors import RedirectedError
from authsso.web import error_description
from browser.settings_browser import CLIENT_ID, ISSUER, OTHER_CLIENT_ID, SECRET, TENANT_ID

pytestmark = pytest.mark.browser


# Signing in


def test_the_first_visit_signs_in_and_comes_back_to_where_it_was_meant(newcomer):
    newcomer.open("#/providers/okta")

    assert newcomer.page.url == f"{newcomer.site.url}#/providers/okta"
    expect(newcomer.page.get_by_role("heading", name="Okta", exact=True)).to_be_focused()
    assert newcomer.page.title() == "Okta · Single sign-on · Callwell"
    assert len(newcomer.site.authorizations) == 1


def test_a_reload_asks_nobody_to_sign_in_again(newcomer):
    newcomer.open()
    newcomer.page.reload()

    newcomer.page.get_by_role("link", name="Microsoft Azure").wait_for()
    assert len(newcomer.site.authorizations) == 1


def test_an_expired_token_signs_in_again(anna):
    anna.open()
    anna.site.tokens.clear()
    anna.page.get_by_role("link", name="E-mail domains").click()

    anna.page.get_by_role("link", name="Continue as Ada").click()
    anna.page.get_by_label("Domain", exact=True).wait_for()
    assert anna.page.url.endswith("/settings#/domains")


def test_a_refused_sign_in_is_told_and_can_be_repeated(newcomer):
    newcomer.page.goto(newcomer.site.url)
    newcomer.page.get_by_role("link", name="Refuse").click()
    newcomer.sees("You could not be signed in.")
    newcomer.sees("The sign-in was not completed. Try again.")
    assert newcomer.find_barriers() == []

    newcomer.page.get_by_role("button", name="Sign in again").click()
    newcomer.page.get_by_role("link", name="Continue as Ada").click()
    newcomer.page.locator(".providers").wait_for()


@pytest.mark.parametrize(
    ("code", "finding", "words"),
    [
        pytest.param(
            "domain_not_proven",
            "email_domain_not_proven",
            "Sign in again and choose another account at your sign-in service.",
            id="another-account",
        ),
        pytest.param(
            "provider_refused",
            "okta_user_not_assigned",
            "Your organisation has not given you access to this application.",
            id="nothing-else-to-do",
        ),
    ],
)
def test_a_refused_sign_in_speaks_to_the_administrator(newcomer, code, finding, words):
    error = RedirectedError(
        code, error="access_denied", description="x", redirect_uri="https://a.example", state=None
    )
    error.finding = finding
    newcomer.site.refusal |= {"error_description": error_description.description(error, "2ZP7KQ4M")}
    newcomer.page.goto(newcomer.site.url)
    newcomer.page.get_by_role("link", name="Refuse").click()

    alert = newcomer.page.get_by_role("alert")
    expect(alert).to_contain_text(words)
    expect(alert).to_contain_text("find the reference under Sign-ins")
    expect(alert.get_by_text("Reference: 2ZP7KQ4M", exact=True)).to_be_visible()
    for raw in (code, finding, "your IT administrator"):
        expect(alert).not_to_contain_text(raw)
    expect(alert.get_by_role("link", name="Use a recovery code")).to_have_attribute(
        "href", f"{newcomer.site.base_url}/recover"
    )
    assert newcomer.find_barriers() == []


def test_a_code_that_nobody_asked_for_is_not_redeemed(newcomer):
    newcomer.page.goto(f"{newcomer.site.url}?code=planted&state=planted")

    newcomer.page.get_by_role("link", name="Continue as Ada").wait_for()
    assert "planted" not in newcomer.page.url


# Setting up


def test_azure_is_set_up_from_nothing(anna):
    anna.open()
    anna.switch("Enable Microsoft Azure").click()
    expect(anna.page.get_by_label("Client ID")).to_be_focused()
    anna.hears("Fill in the form and save it, then switch Enable on.")
    expect(anna.page.get_by_role("radio", name="POST advised")).to_be_checked()
    expect(anna.page.locator("#guide")).to_contain_text("App registrations › New registration")

    anna.fill_azure(secret_expires_on="2031-05-17")
    anna.page.get_by_label("Discovery URL").blur()
    expect(anna.page.get_by_label("Discovery URL")).to_have_value(ISSUER)
    anna.save()
    anna.hears("Draft saved. Now turn Microsoft Azure on.")
    assert anna.sent("PUT") == [
        {
            "client_id": CLIENT_ID,
            "client_secret": SECRET,
            "discovery_url": ISSUER,
            "method": "POST",
            "secret_expires_on": "2031-05-17",
        }
    ]
    assert SECRET not in anna.page.content()

    anna.switch("Enable").click()
    anna.hears("Microsoft Azure is on.")
    expect(anna.switch("Enable")).to_be_checked()
    anna.sees("What signs people in now")
    anna.sees("No e-mail domain is proven")
    assert anna.find_barriers() == []


def test_a_bare_tenant_id_saved_with_the_enter_key_is_enough(anna):
    anna.open("#/providers/azure")
    anna.fill_azure()
    anna.page.press("#field-discovery_url", "Enter")

    anna.hears("Draft saved.")
    assert anna.sent("PUT")[0]["discovery_url"] == ISSUER


def test_google_is_turned_on_with_nothing_typed(anna):
    anna.open("#/providers/google")
    expect(anna.page.locator("form")).to_have_count(0)

    anna.switch("Enable").click()

    anna.hears("Google is on.")


def test_advanced_values_are_sent_as_typed(anna):
    anna.open("#/providers/oidc")
    anna.fill_azure(client_id="app", discovery_url="login.acme.example")
    anna.page.locator("summary", has_text="Advanced").click()
    anna.page.get_by_label("Client authentication").select_option("client_secret_post")
    anna.page.get_by_label("Scopes").fill("openid  email")
    anna.page.get_by_label("Sign-out at the provider").select_option("Yes")
    anna.page.get_by_label("E-mail address").fill("mail")
    anna.page.get_by_role("button", name="Add a group").click()
    anna.page.get_by_label("Provider’s group 1").fill("staff")
    anna.page.get_by_label("Our group 1").fill("editors")
    anna.save()
    anna.hears("Draft saved.")

    sent = anna.sent("PUT")[0]
    assert sent["discovery_url"] == "https://login.acme.example"
    assert sent["client_authentication"] == "client_secret_post"
    assert sent["scopes"] == ["openid", "email"]
    assert sent["logout_at_provider"] is True
    assert sent["attribute_mapping"] == {"email": "mail"}
    assert sent["group_mapping"] == {"staff": "editors"}


# Mistakes


def test_an_empty_form_is_told_in_its_own_words_and_all_at_once(anna):
    anna.open("#/providers/azure")
    anna.save()

    summary = anna.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Not everything is filled in.")
    expect(summary.get_by_role("link")).to_have_text(
        ["Client ID is missing.", "The Client Secret is missing.", "Discovery URL is missing."]
    )
    expect(anna.page.get_by_label("Client ID")).to_have_accessible_description(
        re.compile(r"Client ID is missing\. Fill it in\.")
    )
    assert anna.find_barriers() == []


def test_mistakes_stand_at_their_fields_and_nothing_typed_is_lost(anna):
    anna.open("#/providers/azure")
    wrong = {
        "client_id": "my app",
        "client_secret": TENANT_ID,
        "discovery_url": "https://login.microsoftonline.com/common/v2.0",
    }
    anna.fill_azure(**wrong)
    anna.save()

    summary = anna.page.get_by_role("alert")
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    expect(links).to_have_count(3)
    expect(links.nth(1)).to_have_text(
        "Client Secret: This looks like the Secret ID, not the secret's Value."
    )
    for name, value in wrong.items():
        field = anna.page.locator(f"#field-{name}")
        expect(field).to_have_value(value)
        expect(field).to_have_attribute("aria-invalid", "true")
    expect(anna.page.locator("#field-client_secret")).to_have_accessible_description(
        "This looks like the Secret ID, not the secret's Value. App registrations > your app > "
        "Certificates & secrets > Client secrets: copy the Value column. If it is hidden already, "
        "press New client secret and copy the Value at once. "
        "Certificates & secrets > Client secrets: the Value, not the Secret ID."
    )
    assert anna.find_barriers() == []

    links.nth(2).click()
    expect(anna.page.locator("#field-discovery_url")).to_be_focused()
    anna.fill_azure()
    anna.save()
    anna.hears("Draft saved.")
    expect(anna.page.get_by_role("alert")).to_have_count(0)


def test_a_mistake_in_an_advanced_field_opens_that_part(anna):
    anna.open("#/providers/azure")
    anna.fill_azure()
    anna.page.locator("summary", has_text="Advanced").click()
    anna.page.get_by_label("Scopes").fill("email")
    anna.page.locator("summary", has_text="Advanced").click()
    anna.save()

    anna.page.get_by_role("link", name="Without the scope openid").click()
    expect(anna.page.get_by_label("Scopes")).to_be_focused()
    assert anna.find_barriers() == []


def test_what_is_typed_stays_while_looking_at_something_else(anna):
    anna.open("#/providers/azure")
    anna.fill_azure()
    anna.go("#/history")
    anna.go("#/providers/azure")

    expect(anna.page.get_by_label("Client ID")).to_have_value(CLIENT_ID)
    expect(anna.page.get_by_label("Client Secret")).to_have_value(SECRET)


def test_a_failure_loses_nothing_that_is_typed(anna):
    anna.open("#/providers/azure")
    anna.fill_azure()
    anna.page.route("**/connections/azure", lambda route: route.fulfill(status=500, body="oops"))
    anna.save()

    expect(anna.page.get_by_role("alert")).to_contain_text("Something went wrong on our side.")
    expect(anna.page.get_by_label("Client Secret")).to_have_value(SECRET)
    anna.complaints.clear()  # Chromium's own line


def lose_the_answer(route):
    """Let a request reach the server, and its answer nobody."""
    route.fetch()
    route.abort()


UNKNOWN = "It is not known whether your change was saved."


def test_when_the_answer_to_a_change_is_lost_the_page_shows_what_stands_now(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.page.route("**/connections/azure", lose_the_answer, times=1)
    anna.switch("Enable").click()
    anna.page.get_by_role("dialog").get_by_role("button", name="Turn off").click()

    alert = anna.page.get_by_role("alert")
    expect(alert).to_contain_text(f"{UNKNOWN}The answer was lost on its way.")
    expect(alert).not_to_contain_text("Nothing was changed")
    expect(anna.switch("Enable")).not_to_be_checked()
    anna.complaints.clear()  # Chromium's own line


def test_a_draft_whose_answer_was_lost_can_be_saved_again(anna):
    anna.open("#/providers/azure")
    anna.fill_azure()
    anna.page.route("**/connections/azure", lambda route: route.abort(), times=1)
    anna.save()
    expect(anna.page.get_by_role("alert")).to_contain_text(UNKNOWN)
    expect(anna.page.get_by_label("Client Secret")).to_have_value(SECRET)

    anna.save()
    anna.hears("Draft saved.")
    anna.complaints.clear()  # Chromium's own line


def test_when_what_stands_now_cannot_be_loaded_the_page_tells_to_reload_it(anna):
    anna.open("#/providers/azure")
    anna.fill_azure()
    anna.page.route("**/connections/azure", lambda route: route.abort())
    anna.page.route("**/settings/sso", lambda route: route.fulfill(status=429))
    with anna.page.expect_response("**/settings/sso"):
        anna.save()
    expect(anna.page.get_by_role("alert")).to_contain_text("Reload the page before you try again.")
    anna.complaints.clear()  # Chromium's own line


def test_what_changes_nothing_says_only_that_the_server_was_not_reached(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.page.route("**/check", lambda route: route.abort())
    anna.page.get_by_role("button", name="Check", exact=True).click()
    anna.sees("The server could not be reached.")
    expect(anna.page.locator("body")).not_to_contain_text(UNKNOWN)
    anna.complaints.clear()  # Chromium's own line


# The secret


def test_a_stored_secret_is_kept_until_it_is_replaced(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.sees("It is never shown.")
    anna.page.get_by_role("radio", name="GET if POST fails").check()
    anna.save()
    anna.hears("The live version goes on unchanged.")
    assert "client_secret" not in anna.sent("PUT")[0]

    anna.page.get_by_role("button", name="Replace secret").click()
    expect(anna.page.get_by_label("Client Secret")).to_be_focused()
    anna.page.get_by_label("Client Secret").fill("another~secret")
    anna.save()
    expect(anna.page.get_by_role("button", name="Replace secret")).to_be_visible()
    assert anna.sent("PUT")[1]["client_secret"] == "another~secret"


def test_another_client_id_asks_for_the_secret_again(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.page.fill("#field-client_id", OTHER_CLIENT_ID)
    anna.sees("A stored secret belongs to its Client ID and Discovery URL.")

    anna.page.fill("#field-client_id", CLIENT_ID)
    expect(anna.page.get_by_role("button", name="Replace secret")).to_be_visible()
