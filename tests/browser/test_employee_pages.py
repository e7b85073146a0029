"""What an employee sees, in a real Chromium: nobody is shut out, and no policy is in the way."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from browser.barriers import find_barriers
from harness.settings_fakes import CONFIG
from harness.sign_in_world import Browser, services
from recover import app as recover

pytestmark = pytest.mark.browser

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"></svg>'
HERE = f"{CONFIG.base_url}/oauth2/authorize"
# What Chromium meets: brightness, width, language, colour. tests/web/test_brand.py tries them all.
WORLDS = {
    "light-desktop-yellow": ("light", 1280, "en", "#ffee00"),
    "dark-phone-german": ("dark", 375, "de", ""),
}


def pages(language, accent):
    """One of each kind of page, as the functions answer it."""
    world = services()
    world.config = replace(
        CONFIG,
        product_name="Demo Telephony",
        logo_url="https://cdn.example/logo.svg",
        accent_colour=accent,
        support_url="https://help.example",
    )
    person = Browser(world)
    ask = {"lang": language}
    yield "mistyped", person.authorize(login_hint="ada", **ask)
    yield "recover", person.send(recover.create_app, "GET", "/recover", ask)
    yield "error", person.authorize(client_id="x", **ask)
    person.sign_in()
    yield "remembered", person.authorize(**ask)


class Screen:
    """A tab that shows our answers at our address, and keeps what Chromium complains of."""

    def __init__(self, context):
        self.page = context.new_page()
        self.complaints = []
        self.answer = None
        self.page.on("console", lambda m: m.type == "error" and self.complaints.append(m.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.route("**/*", self._serve)

    def show(self, answer):
        self.answer = answer
        self.page.goto(HERE)
        return self.page

    def _serve(self, route):
        if "cdn.example" in route.request.url:
            route.fulfill(body=LOGO, content_type="image/svg+xml")
        else:
            route.fulfill(body=self.answer.body, headers=dict(self.answer.headers))


@pytest.mark.parametrize("kind", WORLDS)
def test_nobody_is_shut_out_and_nothing_is_blocked__H09_H16(browser, kind):
    scheme, width, language, accent = WORLDS[kind]
    context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme)
    screen = Screen(context)
    barriers = []
    for name, answer in pages(language, accent):
        barriers += [(name, barrier) for barrier in find_barriers(screen.show(answer))]
    context.close()
    assert barriers + screen.complaints == []


def test_without_scripts_all_of_it_works(browser):
    context = browser.new_context(java_script_enabled=False)
    answers = dict(pages("en", ""))
    page = Screen(context).show(answers["error"])
    expect(page.locator("#reference")).to_be_visible()
    expect(page.locator("#copy")).to_be_hidden()

    page = Screen(context).show(answers["remembered"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Continue with acme.example")).to_be_focused()
    page.get_by_label("Work e-mail").fill("ada@acme.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/oauth2/authorize?*login_hint=ada%40acme.example*")
    context.close()


def test_what_cannot_be_copied_is_marked(browser):
    context = browser.new_context()
    page = Screen(context).show(dict(pages("en", ""))["error"])
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    page.get_by_role("button", name="Copy the reference").click()
    expect(page.get_by_role("status")).to_have_text("Please copy the marked text.")
    marked = page.evaluate("getSelection().toString()")
    assert marked == page.locator("#reference").inner_text()
    context.close()
