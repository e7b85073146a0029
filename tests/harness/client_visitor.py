"""Somebody who uses an application in Chromium, made with an unmodified client."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from harness.client_applications import ClientApplication
from local_stack.people import Person
from local_stack.record import Stack

WORK_EMAIL, PASSWORD = "Work e-mail", "Password"


@dataclass(frozen=True)
class Journey:
    """What somebody got from signing in, refreshing, and signing out."""

    tokens: dict[str, str]
    refreshed: dict[str, str]
    user_info: dict[str, Any]
    kept_after_signing_out: object
    asked_again_for: list[str]


class Visitor:
    """One person, one application, and one way to prove who one is.

    Args:
        page: The browser's.
        stack: The deployed stack.
        application: Not open yet.
        person: With an address that leads this way.
        way: `sso` or `password`.
    """

    def __init__(
        self, page: Page, stack: Stack, application: ClientApplication, person: Person, way: str
    ) -> None:
        self.page = page
        self._stack, self._application, self._person, self._way = stack, application, person, way

    def goes_through(self) -> Journey:
        """Sign in, refresh, ask who it is, sign out, and try to come in again."""
        self.comes_in()
        tokens = self.does("tokens")
        refreshed, user_info = self.does("refresh"), self.does("userInfo")
        self.goes_out()
        kept = self.does("tokens")
        return Journey(tokens, refreshed, user_info, kept, self._asked_again_for())

    def comes_in(self) -> None:
        self.opens()
        self.departs()
        self._proves_it()

    def goes_out(self, by: str = "signOut") -> None:
        self._leaves_by(by)
        expect(self.page).to_have_url(self._application.url)

    def opens(self) -> None:
        self.page.goto(self._application.url)

    def departs(self) -> None:
        """Begin a sign-in, and go on from our page with the work e-mail."""
        self._leaves_by("signIn")
        self.page.get_by_label(WORK_EMAIL).fill(self._person.email)
        self.page.keyboard.press("Enter")

    def cancels(self) -> None:
        self.page.click("#cancel")
        expect(self.page).to_have_url(re.compile(f"^{self._application.url}"))

    def does(self, action: str) -> Any:
        self.page.wait_for_function("globalThis.application")
        return self.page.evaluate(f"globalThis.application.{action}()")

    def _leaves_by(self, action: str) -> None:
        self.page.wait_for_function("globalThis.application")
        self.page.evaluate(f"globalThis.isLeft = true; void globalThis.application.{action}()")
        self.page.wait_for_function("!globalThis.isLeft")  # the address may stay the same

    def _proves_it(self) -> None:
        if self._way == "sso":
            self.page.click(f"#sign-in-as-{self._person.email.partition('@')[0]}")
        else:
            self.page.get_by_label("Username").fill(self._person.email)
            self.page.get_by_label(PASSWORD).fill(self._person.password)
            self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(re.compile(f"^{self._application.url}"))

    def _asked_again_for(self) -> list[str]:
        self.departs()
        if self._way == "sso":
            return [WORK_EMAIL]  # the provider's own session is the organisation's, and goes on
        expect(self.page).to_have_url(re.compile(f"^{self._stack.cognito_domain_url}/"))
        expect(self.page.get_by_label(PASSWORD)).to_be_visible()
        return [WORK_EMAIL, PASSWORD]
