"""The settings page for everybody: keyboard, screen reader, phone, dark mode."""

import pytest
from playwright.sync_api import expect

from browser.fake_sign_ins import found as finding_of
from browser.fake_sign_ins import refused_trial, tried
from browser.settings_browser import CLIENT_ID, SECRET, TENANT_ID

pytestmark = pytest.mark.browser

STATES = {
    "nothing set up": "#/providers",
    "azure from nothing": "#/providers/azure",
    "google": "#/providers/google",
    "keycloak": "#/providers/keycloak",
    "domains": "#/domains",
    "emergency access": "#/emergency-access",
    "no sign-ins": "#/sign-ins",
    "history": "#/history",
}


def test_azure_is_set_up_with_the_keyboard_alone(anna):
    anna.site.api.has_domain()
    anna.site.api.make_codes()
    anna.open()
    press = anna.page.keyboard.press
    anna.page.locator("body").press("Tab")
    _tab_to(anna, "#open-azure")
    press("Enter")
    expect(anna.page.get_by_role("heading", name="Microsoft Azure", exact=True)).to_be_focused()
    for name, value in {
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "discovery_url": TENANT_ID,
    }.items():
        _tab_to(anna, f"#field-{name}")
        anna.page.keyboard.type(value)
    _tab_to(anna, "#save-draft")
    press("Enter")
    anna.hears("Draft saved.")
    expect(anna.page.locator("#versions")).to_be_focused()
    _tab_to(anna, "#turn-on")
    press("Enter")
    anna.hears("Microsoft Azure is on.")
    _tab_to(anna, "#enforce-azure")
    press("Space")
    expect(anna.page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    expect(anna.page.get_by_role("dialog")).to_have_count(0)
    expect(anna.page.locator("#enforce-azure")).to_be_focused()


def _tab_to(administrator, selector):
    for _ in range(60):
        if administrator.page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
        administrator.page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with Tab")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_no_barriers_and_nothing_beyond_the_edge(anna, site, scheme, width):
    anna.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    anna.page.set_viewport_size({"width": width, "height": 780})
    anna.open()
    found = {}
    for name, hash_ in STATES.items():
        anna.go(hash_)
        found[name] = anna.find_barriers()
    anna.has_azure()
    site.api.call("POST", "/domains", {"domain": "acme.example"}, {})
    wrong = refused_trial(finding_of("entra_secret_expired", 7000222), "came_back")
    site.api.sign_ins.kept = [tried(), wrong | {"reference": "WRXNGA22"}]
    anna.page.reload()
    for hash_ in (
        "#/providers",
        "#/providers/azure",
        "#/domains",
        "#/sign-ins",
        "#/sign-ins/TESTAB22",
        "#/sign-ins/WRXNGA22",
        "#/history",
    ):
        anna.go(hash_)
        closed = anna.page.locator("#view details:not([open]) > summary")
        while closed.count():
            closed.first.click()
        found[f"set up, {hash_}"] = anna.find_barriers()

    assert {name: barriers for name, barriers in found.items() if barriers} == {}


def test_somebody_who_is_no_administrator_is_told_so(anna):
    anna.page.route(
        "**/settings/sso",
        lambda route: route.fulfill(
            status=403,
            json={
                "code": "not_administrator",
                "title": "Only administrators may see and change these settings.",
                "status": 403,
                "errors": [],
            },
        ),
    )
    anna.page.goto(anna.site.url)

    anna.sees("Only administrators may see and change these settings.")
    expect(anna.page.get_by_role("button", name="Sign in again")).to_be_visible()
    assert anna.find_barriers() == []
