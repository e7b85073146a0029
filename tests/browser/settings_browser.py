"""An administrator at the settings page: a browser of their own, and what is done in it."""

import json
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.barriers import find_barriers
from browser.settings_site import SettingsSite

TENANT_ID = "3f1c2a9e-5b7d-4c1e-9a42-0d6f8b3e7c15"
ISSUER = f"https://login.microsoftonline.com/{TENANT_ID}/v2.0"
CLIENT_ID = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
OTHER_CLIENT_ID = "bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee"
SECRET = "canary~8Q.secret-value"
_NEVER = 10**15  # milliseconds
WAIT = 15_000  # milliseconds; machines under test are busy
expect.set_options(timeout=WAIT)
# Chromium's own line for every refused request; the page has shown the refusal itself.
_EXPECTED = "Failed to load resource: the server responded with a status of 4"


def new_context(browser: Browser) -> BrowserContext:
    """Return what pages share: the files of the page, once fetched and compiled, above all."""
    return browser.new_context(
        permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce"
    )


class Administrator:
    """Somebody at the page, in a tab of their own: the page keeps things in its tab alone."""

    def __init__(self, context: BrowserContext, site: SettingsSite) -> None:
        self.site = site
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT)
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => "
            "console.error('CSP', e.violatedDirective, e.blockedURI, e.sourceFile))"
        )

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_EXPECTED):
            self.complaints.append(f"{message.type}: {message.text}")

    def has_signed_in(self) -> None:
        """Have a token in this tab from the start; signing in loads the page once more."""
        kept = json.dumps({"token": self.site.new_token(), "expiresAt": _NEVER})
        self.page.add_init_script(
            f"if (!sessionStorage.began) sessionStorage['authsso.settings.token'] = '{kept}';"
            "sessionStorage.began = true"
        )

    def open(self, hash_: str = "") -> None:
        """Open the page, signing in when it asks."""
        self.page.goto(self.site.url + hash_)
        at_sign_in = self.page.get_by_role("link", name="Continue as Ada")
        at_page = self.page.locator("#view-title")
        at_sign_in.or_(at_page).wait_for(state="attached")
        if at_sign_in.count():
            at_sign_in.click()
        at_page.wait_for(state="attached")

    def go(self, hash_: str) -> None:
        self.page.evaluate("hash => { location.hash = hash }", hash_)
        self.page.locator("#view:not([aria-busy])").wait_for()

    def fill_azure(self, **changes: str) -> None:
        """Fill in the form with good values, but for changes."""
        values = {
            "client_id": CLIENT_ID,
            "client_secret": SECRET,
            "discovery_url": TENANT_ID,
        } | changes
        for name, value in values.items():
            self.page.fill(f"#field-{name}", value)

    def save(self) -> None:
        self.page.get_by_role("button", name="Save draft").click()

    def has_azure(self, *, live: bool = True) -> None:
        """Have Azure set up already, by the API alone."""
        api = self.site.api
        body = {
            "client_id": CLIENT_ID,
            "client_secret": SECRET,
            "discovery_url": ISSUER,
            "method": "POST",
        }
        api.call("PUT", "/connections/azure", body, {})
        if live:
            api.call("POST", "/connections/azure/check", None, {})
            api.call("PATCH", "/connections/azure", {"enabled": True}, {"if-match": '"1"'})
        api.requests.clear()

    def sent(self, method: str) -> list[Any]:
        """The bodies that were sent with a method."""
        return [body for used, _, body in self.site.api.requests if used == method]

    def switch(self, name: str) -> Any:
        return self.page.get_by_role("switch", name=name, exact=True)

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def hears(self, text: str) -> None:
        """Expect an announcement in the live region."""
        expect(self.page.locator(".toasts").last).to_contain_text(text)

    def clipboard(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def find_barriers(self) -> list[str]:
        return find_barriers(self.page)
