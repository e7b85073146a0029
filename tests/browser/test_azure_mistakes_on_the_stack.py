"""Ten mistakes that are typically made with Azure, made by hand on the page of the deployed stack.

The demo provider makes them (docs/demo-provider.md): some by the Discovery URL that is entered,
some by the person who signs in at the test sign-in.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from authsso.findings.catalogue import finding
from browser.stack_administrator import Administrator
from harness.organisation import Organisation

WAITS = 30_000


@dataclass(frozen=True)
class Mistake:
    """What somebody did wrong, where the provider shows it, and what the page must call it."""

    what: str
    name: str
    finding: str


# Seen before anybody signs in, by what stands in the form.
CHECKED = (
    Mistake("the wrong tenant", "DI-01", "entra_tenant_not_found"),
    Mistake("/v2.0 is missing", "DI-05", "entra_issuer_differs"),
    Mistake("the secret has expired", "CP-02", "entra_secret_expired"),
    Mistake("the redirect URI is not registered", "AU-01", "entra_redirect_uri_not_registered"),
)
# Seen by somebody who tries the draft.
TRIED = (
    Mistake("the platform is Single-page application", "TK-07", "entra_spa_platform"),
    Mistake("no e-mail address", "ID-01", "entra_email_missing"),
    Mistake("the wrong Method", "GN-04", "userinfo_method_refused"),
)
# Microsoft keeps the person on a page of its own.
SHOWN = (
    Mistake("the person is not assigned", "AU-05", "entra_user_not_assigned"),
    Mistake("Conditional Access", "AU-13", "entra_conditional_access"),
)


class AtTheForm(Administrator):
    """Somebody who sets a provider up wrongly, again and again."""

    def __init__(self, browser, organisation, chosen):
        super().__init__(browser, organisation)
        self.chosen = chosen

    def fills_in(self, name, **changes):
        for field in ("client_id", "client_secret", "discovery_url"):
            self.page.fill(f"#field-{field}", changes.get(field, self.chosen[name][field]))

    def connects(self, kind):
        """Save the provider that goes well, unless it is saved already."""
        self.go(f"#/providers/{kind}")
        if self.page.locator("button#field-client_secret").count():
            return
        self.fills_in(f"well-{kind}")
        self.press("Save draft")
        self.hears("Draft saved.")

    def tries_as(self, name):
        """Open the test sign-in and sign in as the person who meets this mistake."""
        self.page.context.clear_cookies(domain="localhost")
        with self.page.context.expect_page() as opened:
            self.page.locator("#try-again:visible, #try-it:visible").first.click()
        tab = opened.value
        tab.locator("summary").click()
        tab.fill("#login", f"{name}@{self.organisation.tenant.domain}".lower())
        tab.fill("#password", "any will do")
        tab.click("#sign-in-with-password")
        return tab

    def reads(self, where, mistake):
        """The page names the mistake, who must act, and the fix."""
        told = finding(mistake.finding)
        shown = self.page.locator(where).filter(has_text=told.explanation).first
        expect(shown, mistake.what).to_contain_text(told.fix, timeout=WAITS)
        expect(shown, mistake.what).to_contain_text("To be done ")


@pytest.fixture(scope="module")
def anna(stack, aws, demo_provider_of_stack, browser):
    chosen = {row["name"]: row for row in demo_provider_of_stack.scenarios()}
    somebody = AtTheForm(browser, Organisation(stack, aws), chosen)
    somebody.open()
    yield somebody
    somebody.page.context.close()


def test_a_secret_id_in_place_of_the_value_is_named_as_it_is_typed(anna):
    anna.go("#/providers/azure")
    anna.fills_in("well-azure", client_secret="0d6f8b3e-4c1e-4c1e-9a42-3f1c2a9e5b7d")
    note = anna.page.locator("#field-client_secret-note")
    expect(note).to_contain_text("This looks like the Secret ID, not the secret's Value.")
    expect(note).to_contain_text("copy the Value column")


@pytest.mark.parametrize("mistake", CHECKED, ids=lambda mistake: mistake.name)
def test_a_check_names_what_stands_in_the_form(anna, mistake):
    anna.go("#/providers/azure")
    anna.fills_in(mistake.name)
    anna.press("Check")
    anna.reads(".probe", mistake)
    anna.look(f"mistake-{mistake.name}")


@pytest.mark.parametrize("mistake", TRIED, ids=lambda mistake: mistake.name)
def test_a_test_sign_in_names_what_only_a_sign_in_shows(anna, mistake):
    anna.connects(anna.chosen[mistake.name]["kind"])
    tab = anna.tries_as(mistake.name)
    expect(tab.locator("h1")).to_contain_text("did not come through", timeout=WAITS)
    tab.close()
    anna.reads(".trial .finding", mistake)
    anna.look(f"mistake-{mistake.name}")


@pytest.mark.parametrize("mistake", SHOWN, ids=lambda mistake: mistake.name)
def test_what_microsoft_shows_is_explained_when_it_is_pasted(anna, mistake):
    anna.connects("azure")
    tab = anna.tries_as(mistake.name)
    expect(tab.locator("body")).to_contain_text("AADSTS", timeout=WAITS)
    shown = tab.inner_text("body")
    tab.close()
    anna.page.get_by_label("What did Microsoft show?").first.fill(shown)
    anna.page.get_by_role("button", name="Explain").first.click()
    anna.reads(".explain .finding", mistake)
    anna.look(f"mistake-{mistake.name}")
