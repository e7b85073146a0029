"""The settings page in Chromium: what is asked before another version signs people in."""

import pytest
from playwright.sync_api import expect

from browser.fake_sign_ins import found
from browser.settings_browser import CLIENT_ID, OTHER_CLIENT_ID

pytestmark = pytest.mark.browser

SECRET_WRONG = {
    "probes": [
        {
            "name": "client",
            "state": "finding",
            "message": "Wrong.",
            "finding": found("entra_secret_wrong", 7000215),
        }
    ],
    "mends": [],
}


def has_draft(anna, *, checked=True, tested=None, **head):
    """Azure is live, and a second version waits; its check passed, or was never made."""
    anna.has_azure()
    api = anna.site.api
    body = {"client_id": OTHER_CLIENT_ID, "client_secret": "x" * 20, "method": "POST"}
    body["discovery_url"] = api.connections["azure"]["live"]["discovery_url"]
    api.call("PUT", "/connections/azure", body, {"if-match": '"2"'})
    draft = api.connections["azure"]["draft"]
    if checked:
        api.call("POST", "/connections/azure/check", None, {})
    if tested is not None:
        draft["last_test"] = draft["last_check"] | {"passed": tested}
    api.connections["azure"].update(head)
    api.requests.clear()
    return draft


def make_live(anna):
    anna.open("#/providers/azure")
    anna.page.get_by_role("button", name="Make live").click()


def live_client(anna):
    return anna.site.api.connections["azure"]["live"]["client_id"]


def test_a_draft_that_was_checked_goes_live_unasked(anna):
    has_draft(anna)
    make_live(anna)

    anna.hears("The draft is live now.")
    assert live_client(anna) == OTHER_CLIENT_ID


def test_a_draft_that_was_never_checked_is_checked_first(anna):
    draft = has_draft(anna, checked=False)
    make_live(anna)

    anna.hears("The draft is live now.")
    assert draft["last_check"]["passed"]


@pytest.mark.parametrize("is_checked", [True, False], ids=["already", "only now"])
def test_a_draft_that_failed_its_check_goes_live_after_a_question_alone(anna, is_checked):
    anna.site.api.check_answer = {"probes": [], "mends": []}
    draft = has_draft(anna, checked=False)
    anna.site.api.check_answer = SECRET_WRONG
    if is_checked:
        anna.site.api.call("POST", "/connections/azure/check", None, {})
    make_live(anna)

    dialog = anna.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Make version {draft['number']} of Microsoft Azure live?")
    expect(dialog).to_contain_text("Its last check found 1 thing to mend.")
    expect(dialog).to_contain_text("nobody can sign in with Microsoft Azure until you roll back")
    assert anna.find_barriers() == []
    dialog.get_by_role("button", name="Cancel").click()
    assert live_client(anna) == CLIENT_ID

    anna.page.get_by_role("button", name="Make live").click()
    anna.page.get_by_role("dialog").get_by_role("button", name="Make live").click()
    anna.hears("The draft is live now.")


def test_a_check_that_cannot_be_made_is_no_check(anna):
    has_draft(anna, checked=False)
    anna.open("#/providers/azure")
    anna.page.route("**/azure/check", lambda route: route.abort())
    anna.page.get_by_role("button", name="Make live").click()

    expect(anna.page.get_by_role("dialog")).to_contain_text("It has not been checked.")
    anna.complaints.clear()  # Chromium's line about the request that was cut off


@pytest.mark.parametrize(
    ("tested", "words"),
    [
        pytest.param(None, "Nobody has made a test sign-in with it.", id="not tried"),
        pytest.param(False, "Its last test sign-in was refused.", id="tried in vain"),
    ],
)
def test_while_everybody_must_use_it_a_draft_is_tried_first_or_asked_about(anna, tested, words):
    has_draft(anna, tested=tested, enforced=True)
    make_live(anna)

    dialog = anna.page.get_by_role("dialog")
    expect(dialog).to_contain_text(words)
    expect(dialog).to_contain_text("Everyone in your organisation must sign in")
    expect(dialog).to_contain_text("Emergency access")
    dialog.get_by_role("button", name="Cancel").click()
    assert live_client(anna) == CLIENT_ID


def test_while_everybody_must_use_it_a_draft_that_works_goes_live_unasked(anna):
    has_draft(anna, tested=True, enforced=True)
    make_live(anna)

    anna.hears("The draft is live now.")


def test_a_roll_back_says_which_version_comes_and_so_does_the_way_forward(anna):
    draft = has_draft(anna, tested=True)
    make_live(anna)
    anna.hears("The draft is live now.")
    roll_back = anna.page.get_by_role("button", name="Roll back")
    roll_back.click()
    dialog = anna.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Bring version 1 of Microsoft Azure back?")
    expect(dialog).to_contain_text("was live until")
    expect(dialog).not_to_contain_text("newer")
    dialog.get_by_role("button", name="Roll back").click()
    anna.hears("The previous version is live again.")
    assert live_client(anna) == CLIENT_ID

    roll_back.click()
    dialog = anna.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Bring version {draft['number']} of Microsoft Azure back?")
    expect(dialog).to_contain_text("It is newer than version 1, which is live now.")
    assert anna.find_barriers() == []


def test_a_roll_back_under_enforcement_says_what_was_never_tried(anna):
    has_draft(anna, tested=True, enforced=True)
    make_live(anna)
    anna.hears("The draft is live now.")
    anna.page.get_by_role("button", name="Roll back").click()

    dialog = anna.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Nobody has made a test sign-in with it.")
    expect(dialog).to_contain_text("Everyone in your organisation must sign in")
