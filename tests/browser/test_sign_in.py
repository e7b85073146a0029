"""A person in a real Chromium: the demo application, the work e-mail, the provider, and back."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from harness.demo_provider import DemoProvider
from local_stack.record import Stack

# Where screenshots go that somebody wants to look at; nowhere by default.
SHOTS = os.environ.get("AUTHSSO_SCREENSHOTS")
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 667}


# What is seen is tried at both widths; what only travels is tried at one.
AT_BOTH_WIDTHS = pytest.mark.parametrize(
    "page", [DESKTOP, PHONE], ids=["desktop", "phone"], indirect=True
)


@pytest.fixture
def page(browser: Browser, demo_provider: DemoProvider, request) -> Iterator[Page]:
    may = ["clipboard-read", "clipboard-write"]  # the headless shell grants nothing by itself
    context = browser.new_context(viewport=getattr(request, "param", DESKTOP), permissions=may)
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    yield opened
    context.close()
    # Chromium reports a 4xx answer too, which some of these tests provoke.
    assert [c for c in complaints if "the server responded with a status of 4" not in c] == []


def look(page: Page, name: str) -> None:
    if SHOTS:
        width = page.viewport_size["width"]  # type: ignore[index]
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def sign_in(page: Page, stack: Stack, email: str) -> None:
    page.goto(stack.app_redirect_uri)
    page.click("#sign-in")
    expect(page).to_have_url(re.compile(rf"^{re.escape(stack.base_url)}/oauth2/authorize"))
    look(page, "work-e-mail")
    page.get_by_label("Work e-mail").fill(email)
    page.keyboard.press("Enter")
    look(page, "provider")
    page.click(f"#sign-in-as-{email.split('@', maxsplit=1)[0]}")
    expect(page.locator("#signed-in-as")).to_be_visible()
    look(page, "application")


def claims(page: Page, token: str) -> dict[str, object]:
    shown: dict[str, object] = json.loads(page.locator(f"#{token}").inner_text())
    return shown


@AT_BOTH_WIDTHS
@pytest.mark.parametrize("number", [0, 1], ids=["azure-shared-callback", "oidc-own-callback"])
def test_a_person_signs_in_with_the_work_email(page, stack, number):
    tenant = stack.tenants[number]
    sign_in(page, stack, tenant.user.email)

    assert claims(page, "id-token")["custom:tenant_id"] == tenant.tenant_id
    assert claims(page, "access-token")["custom:tenant_id"] == tenant.tenant_id
    assert page.locator("#refresh-token").inner_text()
    page.click("#call-settings")
    expect(page.locator("#settings-status")).to_contain_text("403")
    page.click("#refresh")
    expect(page.locator("#error")).to_be_hidden()


def test_the_administrators_token_is_taken_by_the_settings_api(page, stack):
    sign_in(page, stack, stack.demo.admin.email)
    page.click("#call-settings")
    expect(page.locator("#settings-status")).to_contain_text("200")


def test_a_tile_in_a_portal_signs_in(page, stack):
    page.goto(f"{stack.base_url}/login/initiate?idp_identifier={stack.demo.domain}")
    page.click(f"#sign-in-as-{stack.demo.user.email.split('@')[0]}")
    expect(page.locator("#signed-in-as")).to_be_visible()


@AT_BOTH_WIDTHS
def test_a_mistyped_address_is_told_and_kept(page, stack):
    page.goto(stack.app_redirect_uri)
    page.click("#sign-in")
    url = page.url.replace("/oauth2/authorize?", "/oauth2/authorize?login_hint=grace&")
    page.goto(url)
    expect(page.get_by_role("alert")).to_contain_text("whole work e-mail address")
    expect(page.get_by_label("Work e-mail")).to_have_value("grace")
    look(page, "mistyped")


def test_a_cancelled_sign_in_is_told_to_the_application(page, stack):
    page.goto(stack.app_redirect_uri)
    page.click("#sign-in")
    page.get_by_label("Work e-mail").fill(stack.demo.user.email)
    page.get_by_role("button", name="Continue").click()
    page.click("#cancel")
    expect(page.locator("#error-code")).to_have_text("access_denied")
    look(page, "cancelled")


def test_a_replayed_callback_shows_what_to_do_and_leads_back(browser, page, stack):
    callbacks: list[str] = []
    page.on(
        "request",
        lambda r: callbacks.append(r.url) if "/oauth2/idpresponse?" in r.url else None,
    )
    sign_in(page, stack, stack.demo.user.email)

    page.goto(callbacks[0])
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This sign-in cannot go on in this browser"
    )
    expect(page.locator("#reference")).to_have_text(re.compile("^[A-Z2-7]{8}$"))
    page.get_by_role("button", name="Copy the reference").click()
    expect(page.get_by_role("status")).to_have_text("Copied.")
    look(page, "error")

    page.get_by_role("link", name="Start again").click()
    look(page, "remembered")
    # The provider still knows them, so one press is all that the next sign-in asks for.
    page.get_by_role("link", name=f"Continue with {stack.demo.domain}").click()
    expect(page.locator("#signed-in-as")).to_be_visible()
