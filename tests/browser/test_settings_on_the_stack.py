"""The settings page on the deployed stack: from nothing to enforced, and what goes wrong there."""

import pytest
from playwright.sync_api import expect

from browser.stack_administrator import Administrator
from harness.organisation import Organisation, eventually, is_refused
from harness.person import Person


@pytest.fixture
def organisation(stack, aws):
    return Organisation(stack, aws, proves_domain=False)


def signs_in(stack, demo_provider, organisation, who):
    """A person of the organisation in a browser of their own, through the demo application."""
    with organisation.at_the_provider(demo_provider, who), Person(stack) as someone:
        tokens = someone.sign_in(
            stack.demo.user.email, login_hint=None, idp_identifier=organisation.tenant.domain
        )
    return tokens["access_token"]


def test_from_nothing_to_enforced_and_back(stack, demo_provider, organisation, browser):
    employee, administrator = organisation.employee, organisation.administrator
    ida = Administrator(browser, organisation)
    ida.open()
    ida.look("nothing-yet")

    # The guide stands beside the form; what it asks for is pasted and saved.
    ida.go("#/providers/azure")
    expect(ida.page.locator("#guide")).to_contain_text("App registrations")
    ida.look("azure-empty")
    ida.save_azure()
    ida.prove_domain()
    ida.go("#/providers/azure")
    with organisation.at_the_provider(demo_provider, employee):
        ida.try_it()
    ida.switch("Enable").click()
    ida.hears("Microsoft Azure is on.")
    ida.look("azure-on")
    assert signs_in(stack, demo_provider, organisation, employee)

    # A wrong secret disturbs nobody: not as a draft, and live the proven one still works.
    ida.save_wrong_secret()
    assert signs_in(stack, demo_provider, organisation, employee)
    ida.press("Make live")
    expect(ida.page.get_by_role("dialog")).to_contain_text("Its last check found", timeout=15_000)
    ida.look("make-live-asks")
    ida.page.get_by_role("dialog").get_by_role("button", name="Make live").click()
    ida.hears("The draft is live now.")
    ida.look("made-live")
    assert signs_in(stack, demo_provider, organisation, employee)
    ida.roll_back()
    assert signs_in(stack, demo_provider, organisation, employee)

    # Enforcing asks for a way back in first, and for proof that it works for an administrator.
    ida.switch("Enforce").click()
    ida.sees("Set up emergency access first")
    ida.look("enforce-refused")
    ida.give_emergency_access()
    ida.go("#/providers/azure")
    ida.enforce()
    ida.sees("Sign in once through this connection yourself")
    with organisation.at_the_provider(demo_provider, administrator):
        ida.press("Sign in with Microsoft Azure now")
        ida.page.click(f"#sign-in-as-{stack.demo.admin.email.split('@')[0]}")
        ida.page.locator("#view-title").wait_for(state="attached")
    ida.enforce()
    ida.hears("Everyone signs in with Microsoft Azure now.")
    ida.look("azure-enforced")

    assert eventually(lambda: is_refused(organisation.password, employee))
    assert organisation.password(administrator)["AccessToken"]
    assert signs_in(stack, demo_provider, organisation, employee)
    ida.go("#/history")
    ida.look("history")
