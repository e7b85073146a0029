"""Ten mistakes that are typically made with Azure: the page names each, and its fix."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.fake_sign_ins import found, refused_trial
from browser.settings_browser import CLIENT_ID, SECRET, TENANT_ID, Administrator

pytestmark = pytest.mark.browser

ISSUER_1 = f"https://login.microsoftonline.com/{TENANT_ID}"


@dataclass(frozen=True)
class Mistake:
    """What was done wrong, where the page shows it, and what it must say."""

    name: str
    shown: str
    words: str
    fix: str
    lever: Any = None
    typed: dict[str, str] = field(default_factory=dict)


def checked(probe, finding):
    """What a check answers that found one thing."""
    line = {"name": probe, "state": "finding", "message": finding["message"], "finding": finding}
    return {"probes": [line], "mends": []}


MISTAKES = [
    Mistake(
        "the Secret ID in place of the Value",
        "typed",
        "This looks like the Secret ID, not the secret's Value.",
        "Client secrets: copy the Value column",
        typed={"client_secret": "0d6f8b3e-4c1e-4c1e-9a42-3f1c2a9e5b7d"},
    ),
    Mistake(
        "/v2.0 is missing",
        "typed",
        "/v2.0 is missing at the end",
        f"Use {ISSUER_1}/v2.0",
        typed={"discovery_url": ISSUER_1},
    ),
    Mistake(
        "the wrong tenant",
        "check",
        "There is no tenant with this ID",
        "Copy Directory (tenant) ID again",
        checked("discovery", found("entra_tenant_not_found", 90002)),
    ),
    Mistake(
        "an expired secret",
        "check",
        "The client secret has passed its end date.",
        "New client secret: paste the new Value as Client Secret",
        checked("client", found("entra_secret_expired", 7000222)),
    ),
    Mistake(
        "the wrong Method",
        "check",
        "The UserInfo endpoint does not take this Method.",
        "Choose the other Method, GET or POST.",
        checked("method", found("userinfo_method_refused")),
    ),
    Mistake(
        "the platform Single-page application",
        "test",
        "registered under Single-page application. It must be under Web.",
        "delete the redirect URI under Single-page application and add it under Web",
        refused_trial(found("entra_spa_platform", 9002327), "answer_accepted"),
    ),
    Mistake(
        "no e-mail address",
        "test",
        "The token carries no e-mail address",
        "Token configuration > Add optional claim > ID > email",
        refused_trial(found("entra_email_missing"), "id_token_accepted"),
    ),
    Mistake(
        "the redirect URI is not registered",
        "page",
        "The redirect URI that was sent is not registered at this app",
        "Authentication > Web > Redirect URIs > Add URI",
        "AADSTS50011: The redirect URI specified in the request does not match.",
    ),
    Mistake(
        "the person is not assigned",
        "page",
        "The person is not assigned to the app",
        "Users and groups > Add user/group",
        "50105",
    ),
    Mistake(
        "Conditional Access",
        "page",
        "A Conditional Access policy does not let this person, place or device in.",
        "see which policy refused",
        "AADSTS53003: Access has been blocked by Conditional Access policies.",
    ),
]


class AtTheForm:
    """Makes the mistakes, one after the other, on one page."""

    def __init__(self, administrator: Administrator) -> None:
        self.administrator = administrator
        self.page = administrator.page

    def typed(self, mistake: Mistake) -> Any:
        good = {"client_id": CLIENT_ID, "client_secret": SECRET, "discovery_url": TENANT_ID}
        for name, value in (good | mistake.typed).items():
            self.page.fill(f"#field-{name}", value)
            self.page.locator(f"#field-{name}").blur()
        (name,) = mistake.typed
        return self.page.locator(f"#field-{name}-note")

    def check(self, mistake: Mistake) -> Any:
        self.administrator.site.api.check_answer = mistake.lever
        self.page.get_by_role("button", name="Check", exact=True).click()
        return self.page.locator(".probe", has_text=mistake.words)

    def test(self, mistake: Mistake) -> Any:
        self.administrator.site.api.sign_ins.test_answers = [mistake.lever]
        self.page.locator("#try-it").click()
        return self.page.locator(".trial .trace", has_text=mistake.words)

    def page_of_microsoft(self, mistake: Mistake) -> Any:
        self.page.get_by_label("What did Microsoft show?").fill(mistake.lever)
        self.page.get_by_role("button", name="Explain").click()
        return self.page.locator(".explain .finding", has_text=mistake.words)


def test_ten_typical_mistakes_with_azure_are_named_with_their_fix(anna):
    anna.has_azure(live=False)
    anna.page.add_init_script("window.open = () => null")
    anna.open("#/providers/azure")
    anna.page.get_by_role("button", name="Replace secret").click()
    form = AtTheForm(anna)
    ways = {
        "typed": form.typed,
        "check": form.check,
        "test": form.test,
        "page": form.page_of_microsoft,
    }
    for mistake in MISTAKES:
        shown = ways[mistake.shown](mistake)
        expect(shown, mistake.name).to_contain_text(mistake.words)
        expect(shown, mistake.name).to_contain_text(mistake.fix)
        if mistake.shown != "typed":
            expect(shown, mistake.name).to_contain_text("To be done ")
