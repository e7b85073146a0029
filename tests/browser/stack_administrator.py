"""An administrator at the settings page of the deployed stack, in Chromium."""

import os
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from harness.organisation import Organisation
from local_stack import dns_server

SHOTS = os.environ.get("AUTHSSO_SCREENSHOTS")
WIDTHS = (1280, 375)


class Administrator:
    """Somebody with a password and the administrators' group, at the page."""

    def __init__(self, browser: Browser, organisation: Organisation) -> None:
        self.organisation = organisation
        self.stack = organisation.stack
        self.page: Page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        self.page.set_default_timeout(30_000)

    def open(self) -> None:
        """Sign in with the password, on Cognito's own page: there is nothing else yet."""
        person = self.organisation.administrator
        # Twenty files at once start as many functions, on a machine that may have two cores.
        self.page.goto(f"{self.stack.base_url}/settings", timeout=60_000)
        self.page.get_by_label("Work e-mail").fill(person.email)
        self.page.keyboard.press("Enter")
        self.page.get_by_label("Username").fill(person.email)
        self.page.get_by_label("Password").fill(person.password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.locator(".providers").wait_for()

    def go(self, hash_: str) -> None:
        self.page.evaluate("hash => { location.hash = hash }", hash_)
        self.page.locator("#view:not([aria-busy])").wait_for()

    def switch(self, name: str):
        return self.page.get_by_role("switch", name=name, exact=True)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def hears(self, text: str) -> None:
        expect(self.page.locator(".toasts").last).to_contain_text(text, timeout=15_000)

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text, timeout=15_000)

    def look(self, name: str) -> None:
        if not SHOTS:
            return
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=Path(SHOTS) / f"settings-{name}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})

    # --- what is done

    def save_azure(self) -> None:
        for name in ("client_id", "client_secret", "discovery_url"):
            self.page.fill(f"#field-{name}", getattr(self.stack.provider, name))
        self.press("Check")
        first = self.page.locator(".probes li", has_text="First redirect URI")
        expect(first).to_contain_text("Right", timeout=30_000)
        self.look("checked")
        self.press("Save draft")
        self.hears("Draft saved.")

    def try_it(self) -> None:
        """Make a test sign-in through the draft, as an employee; it must touch nobody."""
        with self.page.context.expect_page() as opened:
            self.press("Try it: a test sign-in through the saved draft")
        opened.value.click(f"#sign-in-as-{self.stack.demo.user.email.split('@')[0]}")
        shown = self.page.get_by_role("region", name="Test sign-in")
        expect(shown).to_contain_text("It works:", timeout=30_000)
        expect(shown.locator(".step-done")).to_have_count(7)
        opened.value.close()
        # The demo provider remembers one account a browser, and somebody else signs in later.
        self.page.context.clear_cookies(domain="localhost")
        self.look("tried")

    def save_wrong_secret(self) -> None:
        self.press("Replace secret")
        self.page.fill("#field-client_secret", "not the secret")
        self.press("Save draft")
        self.hears("Draft saved.")

    def roll_back(self) -> None:
        self.press("Roll back")
        self.page.get_by_role("dialog").get_by_role("button", name="Roll back").click()
        self.hears("The previous version is live again.")

    def enforce(self) -> None:
        self.switch("Enforce").click()
        self.press("Require Microsoft Azure")

    def prove_domain(self) -> None:
        """Publish what the page asks for, as somebody would at the company's DNS."""
        domain = self.organisation.tenant.domain
        self.go("#/domains")
        self.page.get_by_label("Domain", exact=True).fill(domain)
        self.press("Add domain")
        self.sees("authsso-verification=")
        self.look("domain-claimed")
        value = re.search(r"authsso-verification=[\w-]+", self.page.inner_text("body"))
        assert value
        zone = Path(self.stack.dns_zone_file)
        dns_server.publish(zone, f"_authsso.{domain}", value.group())
        self.press(f"Verify {domain} now")
        self.sees("Proven on")

    def give_emergency_access(self) -> None:
        self.go("#/emergency-access")
        address = self.organisation.administrator.email
        self.page.get_by_label("E-mail address").fill(address)
        self.press("Add person")
        self.hears("may use a password in an emergency")
        self.look("emergency-access")
