"""The settings page in Chromium: what is judged while typing, at save, and before Enable."""

import pytest
from playwright.sync_api import expect

from authsso.providers import PROFILES
from authsso.providers.forms import FORMS
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.providers.forms.typed_values import find_mistakes
from browser.fake_sign_ins import found
from browser.settings_browser import CLIENT_ID, ISSUER, SECRET, TENANT_ID
from settings_page.assets import modules

pytestmark = pytest.mark.browser

AZURE = "https://login.microsoftonline.com"
VERSION_1 = f"{AZURE}/{TENANT_ID}"
SUFFIX = "/.well-known/openid-configuration"
GOOD = {"client_id": CLIENT_ID, "client_secret": SECRET, "discovery_url": ISSUER}
# What is typed, and the code that the page itself names; None: it leaves it to the server.
TYPED = [
    ("azure", {}, None),
    ("azure", {"discovery_url": TENANT_ID}, None),
    ("azure", {"discovery_url": ISSUER.upper().replace("HTTPS", "https")}, None),
    ("azure", {"discovery_url": ISSUER + SUFFIX}, None),
    ("azure", {"client_secret": TENANT_ID}, "client_secret_is_secret_id"),
    ("azure", {"client_secret": "••••••••"}, "client_secret_masked"),
    ("okta", {"client_secret": "****************"}, "client_secret_masked"),
    ("azure", {"client_secret": f'"{SECRET}"'}, "client_secret_quoted"),
    ("okta", {"client_secret": CLIENT_ID}, "client_secret_is_client_id"),
    ("azure", {"client_secret": f"{SECRET} "}, "client_secret_characters"),
    ("okta", {"client_secret": f" {SECRET}"}, "client_secret_characters"),
    ("okta", {"client_secret": f"{SECRET[:5]}\u200b{SECRET[5:]}"}, "client_secret_characters"),
    ("okta", {"client_secret": "   "}, "client_secret_characters"),
    ("okta", {"client_secret": "two words"}, None),
    ("azure", {"client_id": "my-app"}, "client_id_not_guid"),
    ("azure", {"client_id": "https://acme.example"}, "client_id_address"),
    ("azure", {"client_id": TENANT_ID}, "client_id_is_tenant_id"),
    ("azure", {"discovery_url": f"{AZURE}/{{tenant}}/v2.0"}, "discovery_url_placeholder"),
    ("keycloak", {"discovery_url": "https://id.acme.example/<realm>"}, "discovery_url_placeholder"),
    ("azure", {"discovery_url": f"http{ISSUER[5:]}"}, "discovery_url_not_https"),
    ("okta", {"discovery_url": "http://acme.okta.com"}, "discovery_url_not_https"),
    ("azure", {"discovery_url": "https://portal.azure.com/#home"}, "discovery_url_portal"),
    ("azure", {"discovery_url": f"{AZURE}/common/v2.0"}, "discovery_url_open_to_all"),
    ("azure", {"discovery_url": "contoso.onmicrosoft.com"}, "discovery_url_domain"),
    ("azure", {"discovery_url": "https://Contoso.onmicrosoft.com/"}, "discovery_url_domain"),
    ("azure", {"discovery_url": f"{AZURE}/contoso.com/v2.0"}, "discovery_url_domain"),
    ("azure", {"discovery_url": f"{AZURE}/{SUFFIX}"}, None),
    ("azure", {"discovery_url": VERSION_1}, "discovery_url_version_1"),
    ("azure", {"discovery_url": VERSION_1 + SUFFIX}, "discovery_url_version_1"),
    ("okta", {"client_id": "my-app"}, None),
    ("okta", {"client_secret": TENANT_ID}, None),
]  # fmt: skip


def judged_by_the_server(kind, values):
    form = FORMS[kind]
    typed = TypedValues(
        form.normalise(values["discovery_url"]),
        form.normalise_client_id(values["client_id"]),
        values["client_secret"],
    )
    around = Surroundings(PROFILES[kind].pinned_hosts, False)
    return {mistake.code: mistake for mistake in find_mistakes(form, typed, around)}


def holding(administrator, address):
    """Hold requests back until the test answers them."""
    held = []

    def hold(route):
        held.append(route)

    administrator.page.route(address, hold)
    return held


def _module(route):
    """Serve a module by itself, which the page has as a part of its one script."""
    name = route.request.url.rpartition("/")[2]
    route.fulfill(body=modules()[name], content_type="text/javascript")


def test_the_page_names_typed_mistakes_as_the_server_does(anna):
    anna.open()
    anna.page.route("**/alone/*.js", _module)
    rows = [[kind, GOOD | changes] for kind, changes, _ in TYPED]
    judged = anna.page.evaluate(
        "async (rows) => {"
        " const { typedMistakes } = await import('/alone/typed_rules.js');"
        " return rows.map(([kind, values]) => typedMistakes(kind, values)) }",
        rows,
    )

    for (kind, values), mistakes, (_, changes, code) in zip(rows, judged, TYPED, strict=True):
        assert [mistake["code"] for mistake in mistakes] == ([code] if code else []), changes
        servers = judged_by_the_server(kind, values)
        for mistake in mistakes:
            named = servers[mistake["code"]]
            assert (mistake["message"], mistake["fix"]) == (named.message, named.fix)


def test_a_mistake_is_named_while_it_is_typed_and_the_address_when_it_is_left(anna):
    address = {"name": "discovery", "state": "ok", "message": "It is there.", "finding": None}
    anna.site.api.check_answer = {"probes": [address], "mends": []}
    anna.open("#/providers/azure")
    secret, url = (anna.page.get_by_label(name) for name in ("Client Secret", "Discovery URL"))
    anna.page.fill("#field-client_id", CLIENT_ID)
    secret.fill(TENANT_ID)
    anna.sees("This looks like the Secret ID, not the secret's Value.")
    expect(secret).to_have_attribute("aria-invalid", "true")
    assert anna.find_barriers() == []
    secret.fill(SECRET)
    expect(anna.page.locator(".note .mistake")).to_have_count(0)

    url.fill(VERSION_1)
    expect(anna.page.locator(".note .mistake")).to_have_count(0)
    url.blur()
    anna.sees("/v2.0 is missing at the end")
    assert anna.sent("POST") == []
    anna.page.get_by_role("button", name="Use this address").click()
    expect(url).to_have_value(ISSUER)
    anna.sees("It is there.")
    assert anna.sent("POST") == [
        {"client_id": CLIENT_ID, "discovery_url": ISSUER, "method": "POST"}
    ]
    expect(secret).to_have_value(SECRET)


def test_a_tenants_domain_is_replaced_by_what_microsoft_names_with_one_press(anna):
    named = {"name": "discovery", "state": "cannot_tell", "message": "No.", "finding": None}
    mend = {"field": "discovery_url", "value": ISSUER}
    anna.site.api.check_answer = {"probes": [named], "mends": [mend]}
    anna.open("#/providers/azure")
    anna.page.fill("#field-client_id", CLIENT_ID)
    url = anna.page.get_by_label("Discovery URL")
    url.fill("contoso.onmicrosoft.com")
    url.blur()
    anna.sees("The tenant is named by its domain, contoso.onmicrosoft.com.")
    anna.page.get_by_role("button", name=f"Use this address: {ISSUER}").click()
    expect(url).to_have_value(ISSUER)
    expect(anna.page.locator(".note .mistake")).to_have_count(0)


def test_blanks_around_a_secret_are_named_and_removed_with_one_press(anna):
    anna.open("#/providers/azure")
    secret = anna.page.get_by_label("Client Secret", exact=True)
    secret.fill("another ")
    anna.sees("The Client Secret is empty, or has a blank at an end")
    secret.fill(f"{SECRET} ")
    assert SECRET not in anna.page.content()

    anna.page.get_by_role("button", name="Remove the blanks").click()
    expect(secret).to_have_value(SECRET)
    expect(secret).to_be_focused()
    expect(anna.page.locator(".note .mistake")).to_have_count(0)


def test_an_answer_about_an_address_that_is_no_more_there_is_thrown_away(anna):
    anna.open("#/providers/okta")
    held = holding(anna, "**/check")
    anna.page.fill("#field-client_id", "app")
    url = anna.page.get_by_label("Discovery URL")
    url.fill("https://old.okta.com")
    url.blur()
    anna.sees("The address is being looked at.")
    url.fill("https://new.okta.com")
    probe = {"name": "discovery", "state": "ok", "message": "Old.", "finding": None}
    held[0].fulfill(json={"probes": [probe], "mends": []})
    url.blur()
    anna.sees("The address is being looked at.")
    held[1].fulfill(json={"probes": [probe | {"message": "New."}], "mends": []})

    anna.sees("New.")
    expect(anna.page.locator("#field-discovery_url-note")).not_to_contain_text("Old.")


def test_saving_checks_the_draft_as_a_list_that_fills_in(anna):
    wrong = found("entra_secret_expired", 7000222)
    probe = {"name": "client", "state": "finding", "message": wrong["message"], "finding": wrong}
    anna.site.api.check_answer = {"probes": [probe], "mends": []}
    anna.open("#/providers/azure")
    anna.fill_azure()
    held = holding(anna, "**/check")
    anna.save()
    lines = anna.page.locator(".probes li")
    expect(lines).to_have_count(8)
    expect(lines.first).to_contain_text("Discovery URLAsking…")
    assert held[0].request.post_data is None
    field = anna.page.get_by_label("Client ID")
    field.fill("typed on")
    held[0].continue_()

    expect(lines).to_have_count(1)
    expect(lines.first).to_contain_text("Client ID and Client SecretMend this")
    expect(lines.first).to_contain_text("To be done by you, on this page.")
    expect(field).to_have_value("typed on")
    expect(field).to_be_focused()
    expect(anna.page.get_by_role("row", name="Last check")).to_contain_text("1 thing to mend")
    assert anna.find_barriers() == []
    anna.page.get_by_role("link", name="Go to Client Secret").click()
    expect(anna.page.get_by_label("Client Secret", exact=True)).to_be_focused()


def test_the_first_enable_checks_by_itself_and_stays_off_when_something_is_wrong(anna):
    anna.has_azure(live=False)
    wrong = found("entra_secret_expired", 7000222)
    probe = {"name": "client", "state": "finding", "message": wrong["message"], "finding": wrong}
    anna.site.api.check_answer = {"probes": [probe], "mends": []}
    anna.open("#/providers/azure")
    anna.switch("Enable").click()

    alert = anna.page.get_by_role("alert")
    expect(alert).to_contain_text("Microsoft Azure stays off: the check found something to mend.")
    expect(anna.switch("Enable")).not_to_be_checked()
    alert.get_by_role("link", name="See what was found").click()
    expect(anna.page.get_by_role("heading", name="Check", exact=True)).to_be_focused()

    anna.site.api.check_answer = {"probes": [], "mends": []}
    anna.switch("Enable").click()
    anna.hears("Microsoft Azure is on.")
    expect(anna.switch("Enable")).to_be_checked()
    assert anna.site.api.connections["azure"]["live"]
