"""The settings page in Chromium: test sign-ins, pasted errors, and the list of sign-ins."""

import pytest
from playwright.sync_api import expect

from browser.fake_sign_ins import found, refused_trial, sign_in, steps, tried

pytestmark = pytest.mark.browser

NOBODY = {"person": None, "decision": None, "groups": [], "claims": None, "mapped": None}
WAITING = tried(outcome="started", steps=steps("sent_to_provider"), **NOBODY)
LOST = tried(
    outcome="never_came_back",
    steps=steps("sent_to_provider"),
    findings=[found("not_come_back")],
    **NOBODY,
)


def press_try_it(administrator):
    administrator.page.get_by_role("button", name="Try it").click()


# Test sign-in


def test_a_test_sign_in_opens_a_tab_and_shows_what_would_happen(anna):
    anna.has_azure(live=False)
    anna.site.other_pages["/oauth2/test"] = "<!doctype html><title>Sign in</title>"
    anna.site.api.sign_ins.test_answers = [WAITING]
    anna.open("#/providers/azure")
    with anna.page.context.expect_page() as tab:
        press_try_it(anna)
    tab.value.wait_for_url("**/oauth2/test")
    assert tab.value.evaluate("window.opener") is None
    anna.sees("Sign in at Microsoft in the other tab. The saved draft is tried")
    expect(anna.page.locator(".step-waiting")).to_contain_text("Came back from Microsoft")

    # It is watched while the administrator types on; nothing of that is lost.
    field = anna.page.get_by_label("Client ID")
    field.fill("typed on")
    anna.site.api.sign_ins.test_answers = [tried()]
    shown = anna.page.get_by_role("region", name="Test sign-in")
    expect(shown).to_contain_text("It works: Grace Hopper would be signed in.")
    expect(field).to_have_value("typed on")
    expect(field).to_be_focused()
    expect(shown).to_contain_text("What you typed is not saved yet, so it is not tried.")
    expect(shown).to_contain_text("A new account would be made. The test itself touched nobody.")
    expect(shown.locator(".group-map li").nth(0)).to_contain_text("Editors→leads toeditors")
    expect(shown.locator(".group-map li").nth(1)).to_contain_text("not mapped")
    times = shown.locator(".timeline li")
    expect(times).to_have_count(7)
    expect(times.nth(1)).to_have_text("Came back from Microsoft14 s")
    expect(times.nth(3)).to_have_text("Code exchanged for tokens301 ms")
    wide, narrow = (times.nth(row).locator("rect").last.bounding_box() for row in (3, 4))
    assert wide["width"] > narrow["width"] > 0
    shown.get_by_text("Claims received (3)").click()
    expect(shown.locator(".claims")).to_contain_text("Grace Hopper")
    expect(anna.page.get_by_role("row", name="Last test sign-in")).to_contain_text("works")
    assert anna.find_barriers() == []

    shown.get_by_role("button", name="Close").click()
    expect(shown).to_have_count(0)


def test_a_refused_trial_says_why_who_must_act_and_where_it_ended(anna):
    anna.has_azure()
    wrong = found("entra_secret_expired", 7000222)
    anna.site.api.sign_ins.test_answers = [refused_trial(wrong, "answer_accepted")]
    anna.open("#/providers/azure")
    press_try_it(anna)

    shown = anna.page.get_by_role("region", name="Test sign-in")
    expect(shown).to_contain_text("The person would not be signed in.")
    expect(shown).to_contain_text("The client secret has passed its end date.")
    expect(shown).to_contain_text("New client secret: paste the new Value")
    expect(shown.locator(".step-stopped")).to_have_text("Code not exchangedIt ended here")
    expect(shown.locator("q")).to_contain_text("AADSTS7000222")
    shown.get_by_role("button", name="Copy correlation ID").click()
    assert anna.clipboard() == wrong["correlation_id"]
    link = shown.get_by_role("link", name="Look it up at Microsoft")
    expect(link).to_have_attribute("href", wrong["look_up_url"])
    assert anna.find_barriers() == []


def test_who_never_came_back_is_asked_what_was_shown(anna):
    anna.has_azure()
    anna.site.api.sign_ins.test_answers = [LOST]
    anna.page.add_init_script("window.open = () => null")
    anna.open("#/providers/azure")
    with anna.page.expect_response("**/tests/*"):
        press_try_it(anna)
        anna.sees("Your browser did not open the tab.")
        expect(anna.page.get_by_role("link", name="Open the test sign-in")).to_be_visible()
    anna.sees("Nobody came back from Microsoft.")

    anna.page.get_by_label("What did Microsoft show?").fill("Error: AADSTS50011 and so on")
    anna.page.get_by_role("button", name="Explain").click()
    answer = anna.page.locator(".explain .finding")
    expect(answer).to_contain_text("The redirect URI that was sent is not registered")
    expect(answer).to_contain_text("Authentication > Web > Redirect URIs > Add URI")
    expect(answer).to_contain_text("To be done at Microsoft, by its administrator.")
    assert anna.sent("POST")[-1] == {"text": "Error: AADSTS50011 and so on"}
    assert anna.find_barriers() == []


def test_what_is_not_pasted_or_has_no_number_is_asked_for(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    pasted = anna.page.get_by_label("What did Microsoft show?")
    explain = anna.page.get_by_role("button", name="Explain")
    pasted.fill("Sorry, but we are having trouble signing you in.")
    explain.click()
    answer = anna.page.locator(".explain .finding")
    expect(answer).to_contain_text("No AADSTS number was found in it.")
    expect(answer).not_to_contain_text("says:")
    expect(anna.page.locator(".explain")).not_to_contain_text("orrelation")

    pasted.fill(" ")
    explain.click()
    expect(anna.page.locator(".explain")).to_contain_text("There is nothing to explain yet.")
    expect(answer).to_have_count(0)
    expect(pasted).to_be_focused()
    assert len(anna.sent("POST")) == 1
    assert anna.find_barriers() == []


def test_a_test_that_cannot_be_prepared_closes_its_tab_and_says_why(anna):
    anna.has_azure()
    anna.open("#/providers/azure")
    anna.page.route("**/azure/test", lambda route: route.fulfill(status=429, body=""))
    press_try_it(anna)

    anna.sees("That was too much at once.")
    expect(anna.page.locator(".timeline")).to_have_count(0)
    assert len(anna.page.context.pages) == 1


# The list


def test_sign_ins_are_listed_filtered_and_opened(anna):
    anna.open("#/sign-ins")
    anna.sees("Nobody has signed in yet.")
    refused = sign_in(
        "ABCDEF22",
        outcome="refused",
        steps=steps("answer_accepted"),
        findings=[found("entra_secret_expired", 7000222)],
        username=None,
        decision=None,
        person="eve@acme.example",
    )
    many = [sign_in(f"K7QXM2P{letter}") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    anna.site.api.sign_ins.kept = [tried(), refused, *many]
    anna.page.get_by_role("button", name="Show").click()
    lines = anna.page.locator(".sign-ins li")
    expect(lines).to_have_count(25)
    expect(lines.nth(0)).to_contain_text("grace@acme.exampleTestWould sign in")
    expect(lines.nth(1)).to_contain_text("The client secret has passed its end date.")
    anna.page.get_by_role("button", name="Show older sign-ins").click()
    expect(lines).to_have_count(28)
    assert anna.find_barriers() == []

    anna.page.get_by_label("Outcome").select_option("Refused")
    anna.page.get_by_label("Person").fill("eve@")
    anna.page.keyboard.press("Enter")
    expect(lines).to_have_count(1)
    lines.first.click()
    expect(anna.page.get_by_role("heading", name="Sign-in ABCDEF22")).to_be_focused()
    expect(anna.page.locator(".step-stopped")).to_contain_text("Code not exchanged")
    expect(anna.page.locator(".step-ahead").last).to_contain_text("Application got its tokens")
    assert anna.find_barriers() == []

    anna.page.get_by_role("link", name="All sign-ins").click()
    reference = anna.page.get_by_label("Reference", exact=True)
    reference.fill("no such thing")
    anna.page.keyboard.press("Enter")
    expect(reference).to_have_accessible_description(
        "This holds no reference. It has eight letters and digits, like K7QXM2PA. "
        "The person reads it on the error page."
    )
    reference.fill("Reference: K7QXM2PZ, said Eve")
    anna.page.keyboard.press("Enter")
    expect(anna.page.get_by_role("heading", name="Sign-in K7QXM2PZ")).to_be_focused()
    anna.sees("grace@acme.example was signed in.")


def test_a_reference_that_nobody_knows_is_said_and_kept(anna):
    anna.open("#/sign-ins")
    anna.page.get_by_label("Reference", exact=True).fill("aaaabbbb")
    anna.page.keyboard.press("Enter")

    anna.sees("There is no such sign-in, or no more.")
    expect(anna.page.get_by_label("Reference", exact=True)).to_have_value("aaaabbbb")
