"""The words of each language, and which language somebody gets."""

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.texts import catalogue
from authsso.texts.catalogue import ENGLISH, WRITTEN, Texts, accepted, choose
from authsso.web.language import texts_of
from harness.http_event import http_event
from harness.template import ROOT

SOURCES = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "layers/authsso").rglob("*.py")]
OTHERS = sorted(set(WRITTEN) - {"en"})


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_english_has_every_key_that_is_said():
    said = {
        key
        for path in SOURCES
        for key in re.findall(r"say\(\s*f?[\"']([a-z_.]+)[\"']", path.read_text())
    }
    assert len(said) > 30
    assert said <= set(ENGLISH.words)


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_says_nothing_that_english_does_not(language):
    assert set(WRITTEN[language]) <= set(ENGLISH.words)


def test_german_is_whole():
    assert set(WRITTEN["de"]) == set(ENGLISH.words)


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_the_same_places_in_every_language(language):
    for key, text in WRITTEN[language].items():
        assert places(text) == places(ENGLISH.words[key]), key


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_a_text_is_plain(language):
    """No markup, so that the pages may escape all of it."""
    for key, text in WRITTEN[language].items():
        assert text == text.strip() != "", key
        assert not re.search(r"[<>&]|\s\s|\*\*|`", text), key


def test_what_a_language_lacks_is_said_in_english(monkeypatch):
    half = Texts("xx", {**ENGLISH.words, "page.help": "Hulp"})
    monkeypatch.setitem(catalogue._BY_TAG, "xx", half)
    assert choose(["xx"]).say("page.help") == "Hulp"
    assert choose(["xx"]).say("page.again") == ENGLISH.say("page.again")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        pytest.param([], "en", id="nothing"),
        pytest.param(["de"], "de", id="there"),
        pytest.param(["DE-ch-1996"], "de", id="a-kind-of-it"),
        pytest.param(["nl", "de", "en"], "de", id="the-first-that-there-is"),
        pytest.param(["nl", "tlh"], "en", id="none-that-there-is"),
        pytest.param(["deu", "d", "-", "../de", "de\x00", "", "*"], "en", id="no-tags"),
    ],
)
def test_the_language_that_somebody_gets(wanted, language):
    assert choose(wanted).language == language


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        pytest.param("", [], id="none"),
        pytest.param("de-DE, de;q=0.9, en;q=0.8", ["de-DE", "de", "en"], id="a-browser's"),
        pytest.param("en;q=0.2, de ; q=0.7", ["de", "en"], id="by-weight"),
        pytest.param("de;q=0, en", ["en"], id="never"),
        pytest.param("*, de;q=0.5", ["de"], id="anything"),
        pytest.param("de;q=2, fr;x=1, <b>, de_DE, ,en", ["en"], id="malformed-parts"),
        pytest.param("x," * 500, ["x"] * 20, id="long"),
    ],
)
def test_what_a_browser_accepts(header, tags):
    assert accepted(header) == tags


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_whatever_is_asked_for_there_is_a_language(text):
    assert choose([text, *accepted(text)]).language in WRITTEN


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        pytest.param("", "", "en", id="nothing"),
        pytest.param("", "de", "de", id="browser"),
        pytest.param("lang=de", "en", "de", id="lang-over-browser"),
        pytest.param("ui_locales=nl+de-AT", "en", "de", id="ui_locales"),
        pytest.param("lang=en&ui_locales=de", "de", "en", id="lang-over-ui_locales"),
        pytest.param("lang=tlh", "de", "de", id="unknown-lang"),
        pytest.param("lang=de&lang=en", "de", "de", id="malformed-query"),
        pytest.param("lang=%zz", "", "en", id="malformed-and-no-browser"),
    ],
)
def test_the_application_counts_more_than_the_browser(query, header, language):
    event = http_event("GET", "/x", query=query, headers={"Accept-Language": header})
    assert texts_of(event).language == language


def test_what_was_said_earlier_counts_most_and_a_body_nothing():
    event = http_event("POST", "/x", body="lang=en", headers={"Accept-Language": "de"})
    assert texts_of(event).language == "de"
    assert texts_of(event, "en").language == "en"
    assert texts_of(event, "tlh").language == "de"
