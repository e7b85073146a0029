"""The settings page in the frame of the SaaS's dashboard."""

import pytest
from playwright.sync_api import expect

from browser.settings_browser import Administrator, new_context
from browser.settings_site import SettingsSite

pytestmark = pytest.mark.browser


class Dashboard:
    """A page of another origin, with the settings page in its frame."""

    def __init__(self, browser, *, is_listed):
        self.own = SettingsSite()
        self.origin = self.own.base_url.replace("127.0.0.1", "localhost")
        listed = self.origin if is_listed else "https://dashboard.example"
        self.site = SettingsSite(dashboard_origins=[listed])
        self.own.other_pages["/dashboard"] = (
            "<!doctype html><title>Dashboard</title><link rel=icon href=data:,>"
            "<script>asked = []; addEventListener('message', (e) => asked.push(e.data))</script>"
            f"<iframe title=Settings src='{self.site.url}' width=1000 height=800></iframe>"
        )
        self.context = new_context(browser)
        self.administrator = Administrator(self.context, self.site)
        self.page = self.administrator.page
        self.frame = self.page.frame_locator("iframe")

    def __enter__(self):
        self.own.__enter__()
        self.site.__enter__()
        return self

    def __exit__(self, *_):
        self.context.close()
        self.site.__exit__()
        self.own.__exit__()

    def open(self):
        self.page.goto(f"{self.origin}/dashboard")

    def hand_over(self, token):
        self.page.wait_for_function("asked.length > 0")
        message = {"type": "authsso:token", "access_token": token}
        self.page.evaluate("message => frames[0].postMessage(message, '*')", message)


def test_framed_by_the_dashboard_it_takes_the_dashboards_token(browser):
    with Dashboard(browser, is_listed=True) as dashboard:
        dashboard.open()
        dashboard.hand_over(dashboard.site.new_token())

        expect(dashboard.frame.get_by_role("link", name="Microsoft Azure")).to_be_visible()
        expect(dashboard.frame.locator(".topbar")).to_be_hidden()
        asked = dashboard.page.evaluate("asked")
        assert asked == [{"type": "authsso:token-request", "reason": "start"}]
        assert dashboard.site.authorizations == []
        assert dashboard.administrator.complaints == []


def test_framed_it_asks_the_dashboard_for_a_fresh_sign_in(browser):
    with Dashboard(browser, is_listed=True) as dashboard:
        dashboard.open()
        dashboard.hand_over(dashboard.site.new_token())
        frame, api = dashboard.frame, dashboard.site.api
        frame.get_by_role("link", name="Emergency access").click()
        api.signed_in_at = 0
        frame.get_by_role("button", name="Make recovery codes").click()
        frame.get_by_role("button", name="Sign in again").click()
        dashboard.page.wait_for_function("asked.at(-1).reason === 'reauth'")
        api.signed_in_at = api.now()
        dashboard.hand_over(dashboard.site.new_token())

        expect(frame.locator("#toasts")).to_contain_text("Now make the change once more.")
        frame.get_by_role("button", name="Make recovery codes").click()
        expect(frame.get_by_role("dialog")).to_contain_text("Your recovery codes")


def test_a_page_that_is_not_listed_cannot_frame_it(browser):
    with Dashboard(browser, is_listed=False) as dashboard:
        with dashboard.page.expect_console_message(lambda m: "frame-ancestors" in m.text):
            dashboard.open()
        assert dashboard.site.api.requests == []


def test_even_framed_a_page_that_is_not_listed_hands_over_no_token(browser):
    """As in a browser that knows no frame-ancestors."""
    with Dashboard(browser, is_listed=False) as dashboard:
        dashboard.page.route(dashboard.site.url, _without_policy)
        dashboard.open()
        dashboard.hand_over(dashboard.site.new_token())
        dashboard.page.wait_for_timeout(500)

        assert dashboard.site.api.requests == []


def _without_policy(route):
    answer = route.fetch()
    kept = {n: v for n, v in answer.headers.items() if n != "content-security-policy"}
    route.fulfill(response=answer, headers=kept)
