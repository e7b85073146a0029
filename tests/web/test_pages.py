"""Pages: everything from outside escaped, no script, nothing from elsewhere (H11, H16)."""

import re
from base64 import b64encode
from hashlib import sha256
from string import Template

import pytest

from authsso.web import error_texts, pages

EVIL = """"'><script>alert(1)</script>&$style"""


def test_values_are_escaped_and_filled_once__H11():
    html = pages.fill(
        Template('<a title="$value">$value</a>$ours'), {"value": EVIL}, {"ours": "<b>"}
    )
    assert "<script>" not in html
    assert html.count("&#x27;&gt;&lt;script&gt;") == 2
    assert "$style" in html
    assert html.endswith("<b>")


@pytest.mark.parametrize("code", sorted(error_texts.codes()))
def test_an_error_page_says_what_happened_who_must_act_and_what_to_do(code):
    text = error_texts.text_of(code)
    html = pages.error_page(400, code, "REFERENC", "").body
    for part in (text.title, text.explanation, text.action, text.who, code, "REFERENC"):
        assert part in html.replace("&#x27;", "'")


def test_an_unknown_code_reads_as_our_own_fault():
    assert error_texts.text_of("<script>") == error_texts.text_of("server_error")


def test_whatever_the_code_it_is_escaped__H11():
    html = pages.error_page(400, EVIL, EVIL, f"https://help.example/?{EVIL}").body
    assert "<script" not in html
    assert 'href="https://help.example/?&quot;&#x27;&gt;' in html


@pytest.mark.parametrize(
    ("support_url", "shown"),
    [pytest.param("", False, id="none"), pytest.param("https://help.example", True, id="one")],
)
def test_the_way_to_help(support_url, shown):
    html = pages.error_page(400, "server_error", "REFERENC", support_url).body
    assert ("Ask for help" in html) is shown


def test_the_policy_allows_our_style_sheet_alone__H09_H16():
    html = pages.error_page(400, "server_error", "REFERENC", "").body
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in pages.policy()
    assert "form-action 'none'" in pages.policy()
    assert "script-src" not in pages.policy()
    assert not re.search(r"<script|<link|<img|<iframe|\bsrc=|@import|url\(|\son\w+=", html)


def test_the_page_is_html_and_has_a_language():
    answer = pages.error_page(503, "aws_unavailable", "REFERENC", "")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="en">' in answer.body
