"""Every answer carries the same careful headers, and every redirect is a 303 (H09, H12, H13)."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.texts.catalogue import ENGLISH
from authsso.web import answers, pages
from authsso.web.brand import Brand
from authsso.web.error_texts import text_of
from authsso.web.pages import ErrorPage, Paper

BRAND = Brand("Portal", "https://cdn.example/logo.svg", "#ffcc00")
WRONG_BROWSER = ErrorPage(text_of("wrong_browser", ENGLISH), "wrong_browser", "REFERENC")
EVERY = {
    "redirect": answers.redirect("https://portal.example/cb?code=x"),
    "json": answers.json_answer(200, {"a": 1}),
    "page": pages.show(Paper(BRAND, ENGLISH), "Title", "<p>", form_action="'self'"),
    "error page": pages.error_page(Paper(BRAND, ENGLISH), 400, WRONG_BROWSER),
}


@pytest.mark.parametrize("kind", EVERY)
def test_the_headers_of_every_answer__H09_H10_H15(kind):
    headers = EVERY[kind].headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Pragma"] == "no-cache"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    max_age = headers["Strict-Transport-Security"].split(";")[0].removeprefix("max-age=")
    assert int(max_age) >= 31_536_000
    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert not any("unsafe" in directive for directive in policy)
    assert "Server" not in headers
    assert not any(name.startswith("Access-Control") for name in headers)


def test_a_redirect_never_repeats_a_post__H13():
    assert EVERY["redirect"].status_code == 303
    assert EVERY["redirect"].headers["Location"] == "https://portal.example/cb?code=x"
    assert EVERY["redirect"].body == ""


@pytest.mark.parametrize(
    ("redirect_uri", "location"),
    [
        pytest.param("https://a.example/cb", "https://a.example/cb?code=x", id="plain"),
        pytest.param("https://a.example/cb?y=1", "https://a.example/cb?y=1&code=x", id="query"),
        pytest.param("https://a.example/cb?", "https://a.example/cb?&code=x", id="empty-query"),
        pytest.param("portal:/cb", "portal:/cb?code=x", id="mobile"),
    ],
)
def test_a_redirect_uri_keeps_what_it_has(redirect_uri, location):
    answer = {"code": "x", "state": None}
    assert answers.to_application(redirect_uri, answer) == location
    assert parse_qs(urlsplit(location).query)["code"] == ["x"]


@settings(max_examples=100)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_a_state_comes_back_byte_for_byte_and_ends_no_header__E09_H12_K48(state):
    location = answers.to_application("https://a.example/cb", {"state": state})
    assert parse_qs(urlsplit(location).query, keep_blank_values=True)["state"] == [state]
    assert location.isascii()
    assert location.isprintable()


def test_json():
    answer = answers.json_answer(401, {"error": "x"}, {"WWW-Authenticate": "Basic"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Basic"
    assert json.loads(answer.body) == {"error": "x"}
