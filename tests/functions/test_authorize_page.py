"""The page of /oauth2/authorize: who asks, what it remembers, in which language (E02-E17, H11)."""

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from authsso.errors import UnavailableError
from harness.sign_in_world import (
    ISSUERS,
    REQUEST,
    change_connection,
    connect,
)

EVIL = """"'><script>alert(1)</script>"""
PASSWORD_PAGE = "https://saas.auth.eu-central-1.amazoncognito.com/oauth2/authorize"


def is_sent_to(answer, kind):
    return answer.status == 303 and answer.location.startswith(f"{ISSUERS[kind]}/authorize?")


# --- the page for people whose organisation is not known yet


def fields(page):
    names = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in names}


def test_without_a_hint_the_page_asks_for_the_address(browser, world):
    answer = browser.authorize()
    assert answer.status == 200
    assert 'type="email"' in answer.body
    assert not world.sign_ins.kept
    assert "form-action 'self' https:;" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({}, id="no-hint"),
        pytest.param({"state": EVIL}, id="H11-state"),
        pytest.param({"login_hint": EVIL}, id="H11-login-hint"),
        pytest.param({"lang": EVIL, EVIL: EVIL}, id="H11-anything-else"),
    ],
)
def test_the_form_goes_round_with_all_that_the_application_asked(browser, change):
    page = browser.authorize(**change).body
    assert "<script>" not in page
    expected = {n: v for n, v in (REQUEST | change).items() if n != "login_hint"}
    assert fields(page) == expected
    again = browser.authorize(**fields(page) | {"login_hint": "ada@acme.example"})
    assert is_sent_to(again, "azure")


def test_what_is_no_address_is_asked_for_again(browser):
    answer = browser.authorize(login_hint="ada")
    assert answer.status == 200
    assert 'role="alert"' in answer.body
    assert 'value="ada"' in answer.body


def test_an_unknown_domain_leads_to_the_password_page(browser):
    answer = browser.authorize(login_hint="x@nobody.example")
    url = urlsplit(answer.location)
    assert (answer.status, answer.location.partition("?")[0]) == (303, PASSWORD_PAGE)
    expected = REQUEST | {"login_hint": "x@nobody.example", "identity_provider": "COGNITO"}
    assert dict(parse_qsl(url.query)) == expected


def test_known_and_unknown_domains_are_answered_alike(browser):
    known = browser.authorize(login_hint="ada@acme.example")
    unknown = browser.authorize(login_hint="ada@nobody.example")
    assert (known.status, known.body) == (unknown.status, unknown.body)
    never = browser.authorize(login_hint="ada@nobody.example", identity_provider="azure")
    assert never.location == unknown.location


def test_the_password_link_of_the_page_asks_for_no_provider(browser):
    page = browser.authorize(login_hint="ada").body
    (link,) = re.findall(r'href="([^"]*)"', page)
    url = urlsplit(html.unescape(link))
    assert dict(parse_qsl(url.query)) == REQUEST | {"identity_provider": "COGNITO"}


def test_several_connections_are_for_the_person_to_choose(browser, world):
    connect(world, "acme", "okta")
    answer = browser.authorize(login_hint="ada@acme.example", state=EVIL)
    assert answer.status == 200
    assert "<script>" not in answer.body
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', answer.body)]
    assert len(links) == 3
    for link, kind in zip(links[:2], ("azure", "okta"), strict=True):
        url = urlsplit(link)
        assert (url.netloc, url.path) == ("", "/oauth2/authorize")
        assert is_sent_to(browser.authorize(**dict(parse_qsl(url.query))), kind)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({}, id="page"),
        pytest.param({"idp_identifier": "acme"}, id="redirect"),
        pytest.param({"client_id": "x"}, id="error-page"),
        pytest.param({"scope": "x"}, id="error-redirect"),
    ],
)
def test_every_answer_has_the_careful_headers__H09(browser, change):
    headers = browser.authorize(**change).headers
    for name in ("Strict-Transport-Security", "Content-Security-Policy", "X-Frame-Options"):
        assert name in headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


# --- what the browser remembers


@pytest.fixture
def returning(browser):
    """A browser in which Ada of acme has signed in."""
    assert "code" in browser.sign_in().query
    return browser


def offered(answer):
    """The address behind the button, and what stands on it."""
    found = re.search(r'<a class="button" href="([^"]*)">([^<]*)</a>', answer.body)
    return found and (html.unescape(found[1]), html.unescape(found[2]))


def test_the_last_organisation_is_one_press_away(returning):
    link, text = offered(returning.authorize())
    assert text == "Continue with acme.example"
    url = urlsplit(link)
    assert (url.netloc, url.path) == ("", "/oauth2/authorize")
    assert is_sent_to(returning.authorize(**dict(parse_qsl(url.query))), "azure")


def test_beside_it_there_is_room_for_another_organisation(returning):
    page = returning.authorize().body
    assert fields(page) == REQUEST
    assert "autofocus" not in page
    assert "ada" not in page


def test_a_hint_skips_the_page(returning, world):
    connect(world, "globex", "oidc")
    assert is_sent_to(returning.authorize(login_hint="ada@acme.example"), "azure")
    assert is_sent_to(returning.authorize(idp_identifier="globex"), "oidc")
    unknown = returning.authorize(login_hint="x@nobody.example")
    assert unknown.location.startswith(f"{PASSWORD_PAGE}?")


def test_it_can_be_forgotten(returning):
    page = returning.authorize().body
    (link,) = [html.unescape(u) for u in re.findall(r'href="([^"]*)"', page) if "forget" in u]
    answer = returning.authorize(**dict(parse_qsl(urlsplit(link).query)))
    assert offered(answer) is None
    assert "__Host-organisation" not in returning.cookies
    assert fields(answer.body) == REQUEST
    assert "forget" not in answer.body
    assert offered(returning.authorize()) is None


def test_only_a_sign_in_that_succeeded_is_remembered(browser, world):
    """A link from a stranger that names an organisation must not put theirs on the page."""
    connect(world, "globex", "oidc")
    browser.authorize(idp_identifier="globex")
    browser.come_back({"state": "x", "error": "access_denied"})
    assert offered(browser.authorize()) is None


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"enabled": False}, id="switched-off"),
        pytest.param({"live": None}, id="nothing-live"),
        pytest.param({"connection_id": "a" * 26}, id="made-anew"),
    ],
)
def test_what_leads_nowhere_any_more_is_not_offered(returning, world, change):
    change_connection(world, world.connections.connection("acme", "azure"), **change)
    assert offered(returning.authorize()) is None


def test_while_another_connection_is_enforced_it_is_not_offered(returning, world):
    connect(world, "acme", "okta", enforced=True)
    assert offered(returning.authorize()) is None


@pytest.mark.parametrize("owner", [None, "globex"], ids=["nobody's", "another-tenant's"])
def test_a_domain_that_is_not_theirs_is_not_shown(returning, world, owner):
    world.domains.owners = {"acme.example": owner} if owner else {}
    _, text = offered(returning.authorize())
    assert text == "Continue with Microsoft Azure"


def test_without_our_tables_the_page_does_without_it(returning, world):
    world.failures["connections.by_connection_id"] = UnavailableError("aws_unavailable")
    answer = returning.authorize()
    assert answer.status == 200
    assert offered(answer) is None


# --- in the person's language


def test_the_page_speaks_the_persons_language(browser):
    german = browser.authorize(lang="de")
    assert "Geschäftliche E-Mail-Adresse" in german.body
    assert german.headers["Content-Language"] == "de"
    assert fields(german.body)["lang"] == "de"
    assert "Work e-mail" in browser.authorize(lang="tlh").body


def test_an_error_page_does_too(browser):
    page = browser.authorize(client_id="x", lang="de").body
    assert '<html lang="de">' in page
    assert "Diese Anwendung ist hier nicht bekannt" in page
