"""The settings page in Chromium: a connection that was a provider of the pool, and its move."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("AUTHSSO_SCREENSHOTS")
CHECK = {"code": "move_needs_check", "message": "Run the check of the live version first."}
TEST = {"code": "move_needs_test", "message": "Make a test sign-in that passes."}


def shoot(anna, name):
    if SHOTS:
        anna.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.fixture
def imported(anna):
    anna.has_azure()
    found = {"pool_provider": "Corp_Entra", "moved_at": None, "needs": [CHECK, TEST]}
    anna.site.api.connections["azure"]["imported"] = found
    return found


def test_people_are_moved_when_all_is_ready_and_sent_back(anna, imported):
    anna.open("#/providers/azure")
    card = anna.page.locator("#imported")
    expect(card).to_contain_text("Through the provider Corp_Entra of the user pool")
    expect(card.get_by_text("to do")).to_have_count(3)
    assert anna.find_barriers() == []
    shoot(anna, "imported-desktop")
    anna.page.set_viewport_size({"width": 375, "height": 800})
    shoot(anna, "imported-phone")
    assert anna.find_barriers() == []
    anna.page.set_viewport_size({"width": 1280, "height": 800})

    card.get_by_role("button", name="Move…").click()
    dialog = anna.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Everybody keeps the account that they have")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(anna.page.get_by_role("alert")).to_contain_text("Run the check")

    imported["needs"] = []
    anna.page.get_by_role("button", name="Check", exact=True).click()
    expect(card.get_by_text("done")).to_have_count(3)
    card.get_by_role("button", name="Move…").click()
    dialog.get_by_role("button", name="Move", exact=True).click()
    anna.hears("Your people sign in here now.")
    expect(card).to_contain_text("each kept the account that they had")
    shoot(anna, "moved-desktop")

    card.get_by_text("Send them back").click()
    card.get_by_role("button", name="Move back…").click()
    dialog.get_by_role("button", name="Move back").click()
    anna.hears("through the user pool again")
    assert imported["moved_at"] is None

    anna.page.get_by_text("Delete this connection").click()
    anna.page.get_by_role("button", name="Delete Microsoft Azure…").click()
    expect(dialog).to_contain_text("Corp_Entra of the user pool stays as it is")
