"""Pages: everything from outside escaped, no script but ours, nothing from elsewhere (H11, H16)."""

import re
from string import Template

import pytest

from authsso.texts.catalogue import ENGLISH, choose
from authsso.web import error_texts, pages
from authsso.web.brand import Brand, hash_source
from authsso.web.pages import ErrorPage, Paper

EVIL = """"'><script>alert(1)</script>&$style"""
PLAIN = Paper(Brand("Portal"), ENGLISH)
LOGO = "https://cdn.example/logo.svg?a=1&b=2"
BRANDED = Paper(Brand("Portal", LOGO, "#ffcc00"), choose(["de"]))


def shown(code="server_error", paper=PLAIN, status=400, **changes):
    page = {"text": error_texts.text_of(code, paper.texts), "code": code, "reference": "REFERENC"}
    return pages.error_page(paper, status, ErrorPage(**page | changes))


def links(html):
    return re.findall(r'<a class="([^"]*)" href="([^"]*)">([^<]*)</a>', html)


def test_values_are_escaped_and_filled_once__H11():
    html = pages.fill(
        Template('<a title="$value">$value</a>$ours'), {"value": EVIL}, {"ours": "<b>"}
    )
    assert "<script>" not in html
    assert html.count("&#x27;&gt;&lt;script&gt;") == 2
    assert "$style" in html
    assert html.endswith("<b>")


@pytest.mark.parametrize("paper", [PLAIN, BRANDED], ids=["en", "de"])
@pytest.mark.parametrize("code", sorted(error_texts.codes()))
def test_an_error_page_says_what_happened_who_must_act_and_what_to_do(code, paper):
    text = error_texts.text_of(code, paper.texts)
    html = shown(code, paper).body.replace("&#x27;", "'")
    for part in (text.title, text.explanation, text.action, text.who, code, "REFERENC"):
        assert part in html


def test_an_unknown_code_reads_as_our_own_fault():
    assert error_texts.text_of("<script>", ENGLISH) == error_texts.text_of("server_error", ENGLISH)


def test_an_error_that_belongs_to_a_finding_speaks_in_its_voice():
    text = error_texts.text_of("issuer_mismatch", ENGLISH, "entra_user_not_assigned")
    assert text.title == "The answer came from somebody else"
    assert text.explanation.startswith("Your organisation has not given you access")
    assert text.action.startswith("Ask your IT administrator")
    assert text.who == "Your organisation's administrator"
    german = error_texts.text_of("provider_refused", choose(["de"]), "provider_said_otherwise")
    assert german.title == "Sie konnten nicht angemeldet werden"
    assert (
        german.explanation == "Der Anmeldedienst Ihrer Organisation hat diese Anmeldung abgelehnt."
    )


def test_a_finding_that_nobody_wrote_down_changes_nothing():
    plain = error_texts.text_of("issuer_mismatch", ENGLISH)
    assert error_texts.text_of("issuer_mismatch", ENGLISH, "gone") == plain


def test_whatever_is_in_it_it_is_escaped__H11():
    paper = Paper(Brand(EVIL, LOGO), ENGLISH)
    html = shown(
        paper=paper,
        code=EVIL,
        reference=EVIL,
        support_url=f"https://help.example/?{EVIL}",
        start_url=f"https://portal.example/?{EVIL}",
        text=error_texts.ErrorText(EVIL, EVIL, EVIL, EVIL),
    ).body
    assert "<script>" not in html
    assert html.count("<script") == 1
    assert 'href="https://help.example/?&quot;&#x27;&gt;' in html
    assert 'src="https://cdn.example/logo.svg?a=1&amp;b=2"' in html


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        pytest.param({}, [], id="none"),
        pytest.param(
            {"support_url": "https://help.example"},
            [("button quiet", "https://help.example", "Ask for help")],
            id="help-alone",
        ),
        pytest.param({"again_url": ""}, [("button", "", "Try again")], id="this-very-address"),
        pytest.param(
            {
                "again_url": "",
                "start_url": "https://portal.example/start",
                "support_url": "mailto:help@saas.example",
            },
            [
                ("button", "", "Try again"),
                ("button quiet", "https://portal.example/start", "Start again"),
                ("button quiet", "mailto:help@saas.example", "Ask for help"),
            ],
            id="all",
        ),
    ],
)
def test_the_ways_on(ways, expected):
    assert links(shown(**ways).body) == expected


@pytest.mark.parametrize("paper", [PLAIN, BRANDED], ids=["plain", "branded"])
def test_the_policy_allows_our_style_and_script_alone__H09_H16(paper):
    answer = shown(paper=paper)
    directives = answer.headers["Content-Security-Policy"].split("; ")
    (style,) = re.findall(r"<style>(.*?)</style>", answer.body, re.DOTALL)
    (script,) = re.findall(r'<script type="module">(.*?)</script>', answer.body, re.DOTALL)
    assert f"style-src '{hash_source(style)}'" in directives
    assert f"script-src '{hash_source(script)}'" in directives
    assert script == pages.SCRIPT
    assert "form-action 'none'" in directives
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<link|<iframe|@import|url\(|\son\w+=|\sstyle=", answer.body)


def test_nothing_comes_from_elsewhere_but_the_logo__H16():
    assert not re.search(r"<img|\ssrc=", shown().body)
    assert "img-src" not in shown().headers["Content-Security-Policy"]
    branded = shown(paper=BRANDED)
    assert re.findall(r'\ssrc="([^"]*)"', branded.body) == [LOGO.replace("&", "&amp;")]
    assert 'referrerpolicy="no-referrer"' in branded.body
    assert "img-src https://cdn.example;" in branded.headers["Content-Security-Policy"]


def test_a_page_without_a_script_may_run_none__H16():
    answer = pages.show(PLAIN, "Title", "<p>")
    assert "<script" not in answer.body
    assert "script-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("paper", "language"), [(PLAIN, "en"), (BRANDED, "de")])
def test_the_page_is_html_and_has_a_language(paper, language):
    answer = shown("aws_unavailable", paper, 503)
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Language"] == language
    assert answer.headers["Vary"] == "Accept-Language, Cookie"
    assert f'<html lang="{language}">' in answer.body


def test_the_reference_can_be_copied_without_the_script():
    html = shown().body
    assert '<code id="reference">REFERENC</code>' in html
    assert re.search(r'<button id="copy"[^>]* hidden', html)
