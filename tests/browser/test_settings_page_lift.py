"""The settings page in Chromium, while a spent recovery code lifts enforcement."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def is_lifted(anna, seconds):
    anna.has_azure()
    api = anna.site.api
    api.connections["azure"].update(enforced=True, lifted_until=api.now() + seconds)


@pytest.mark.parametrize("view", ["#/providers", "#/providers/azure"])
def test_while_a_recovery_code_lifts_it_nothing_says_that_passwords_do_not_work(anna, view):
    is_lifted(anna, 1800)
    anna.open(view)

    warning = anna.page.locator(".notice-warning").filter(has_text="A recovery code was used")
    at = anna.page.evaluate(
        "seconds => new Date(seconds * 1000).toTimeString().slice(0, 5)",
        anna.site.api.connections["azure"]["lifted_until"],
    )
    expect(warning).to_contain_text("passwords work until")
    expect(warning).to_contain_text(at)
    expect(warning).to_contain_text("switch Enforce off: then they go on working")
    anna.sees("Passwords work until")
    anna.sees("Lifted")
    expect(anna.page.locator("body")).not_to_contain_text("Passwords do not work.")
    expect(anna.page.locator("body")).not_to_contain_text("Passwords stop working.")
    assert anna.find_barriers() == []


def test_after_the_hour_it_is_required_as_before(anna):
    is_lifted(anna, -1)
    anna.open()

    anna.sees("Passwords do not work.")
    expect(anna.page.locator(".notice-warning")).to_have_count(0)
