"""/recover: its pages; what a code does is in tests/flows/test_enforcement.py."""

import re
from types import SimpleNamespace

import pytest

from authsso.web import organisation_cookie
from harness.http_event import http_event
from harness.settings_fakes import CONFIG, FakeAudit
from harness.sign_in_world import FORM, answered
from recover.app import create_app

EVIL = """"'><script>alert(1)</script>"""


def ask(method="GET", *, may_try=True, query="", body=None, language="en", owner=None):
    recovery = SimpleNamespace(
        may_try=lambda *_: may_try, owner=lambda _: owner, spend=lambda *_: True
    )
    services = SimpleNamespace(
        config=CONFIG,
        now=lambda: 0,
        recovery=recovery,
        audit=FakeAudit(),
        new_event_id=lambda: "event",
    )
    headers = {"Accept-Language": language} | (FORM if body else {})
    event = http_event(method, "/recover", query=query, body=body, headers=headers)
    return answered(create_app(services), event)


@pytest.mark.parametrize(
    ("query", "language", "title"),
    [
        pytest.param("", "en", "Get back in with a recovery code", id="en"),
        pytest.param("", "de", "Zugang mit einem Wiederherstellungscode", id="browser"),
        pytest.param("lang=de", "en", "Zugang mit einem Wiederherstellungscode", id="link"),
    ],
)
def test_the_page_asks_for_a_code_in_the_persons_language(query, language, title):
    answer = ask(query=query, language=language)
    assert answer.status == 200
    assert f"<h1>{title}</h1>" in answer.body
    assert "form-action 'self';" in answer.headers["Content-Security-Policy"]


def test_a_wrong_code_is_answered_in_the_language_of_the_form__H11():
    (language,) = re.findall(r'name="lang" value="(\w+)"', ask(query="lang=de").body)
    answer = ask("POST", body=f"lang={language}&code={EVIL}".replace(" ", "+").replace('"', "%22"))
    assert answer.status == 400
    assert "Dieser Code stimmt nicht" in answer.body
    assert 'role="alert"' in answer.body
    assert "<script" not in answer.body


def test_the_language_of_a_form_is_not_repeated__H11():
    answer = ask("POST", body="lang=%22%3E%3Cscript%3E&code=x")
    assert answer.headers["Content-Language"] == "en"
    assert "<script" not in answer.body


@pytest.mark.parametrize(
    ("language", "by_itself", "for_good"),
    [
        ("en", "After the hour passwords stop working again by themselves.", "they go on working"),
        ("de", "Nach der Stunde gelten Passwörter von selbst nicht mehr.", "gelten sie weiter"),
    ],
)
def test_a_right_code_says_what_ends_with_the_hour_and_what_does_not(language, by_itself, for_good):
    """Passwords go on working where Enforce is switched off."""
    answer = ask("POST", body=f"code=x&lang={language}", owner="acme")

    assert answer.status == 200
    assert by_itself in answer.body
    assert for_good in answer.body


def test_too_many_attempts_can_be_made_again_later():
    answer = ask("POST", may_try=False, body="code=x")
    assert answer.status == 429
    assert '<a class="button" href="">Try again</a>' in answer.body
    assert answer.headers["Retry-After"] == "600"


def test_no_cookie_is_needed_or_set():
    assert ask().cookies == ask("POST", body="code=x").cookies == []
    assert organisation_cookie.NAME not in ask().body
