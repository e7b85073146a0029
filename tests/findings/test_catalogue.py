"""The catalogue holds together: codes, texts, voices, and its part of the docs."""

import re

import pytest

from authsso.findings import voices
from authsso.findings.catalogue import ALL, AREAS, finding
from authsso.findings.finding import Voice
from authsso.findings.unknown import UNKNOWN
from authsso.texts.catalogue import ENGLISH, WRITTEN
from findings_book import document

EVERY = (*ALL, UNKNOWN)


def test_a_code_names_one_finding():
    assert len({found.code for found in EVERY}) == len(EVERY)
    assert all(finding(found.code) is found for found in ALL)


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.code)
def test_every_text_is_plain_and_whole(found):
    employee = voices.for_employee(found)
    for text in (found.explanation, found.fix, employee.explanation, employee.fix):
        assert text[0] == text[0].upper()
        assert text.endswith((".", "?"))
        assert "something went wrong" not in text.lower()
        assert not re.search(r"\*\*|`|\s\s|\byou (?:failed|forgot)\b", text)
    assert re.fullmatch(r"[a-z0-9_]+", found.code)


@pytest.mark.parametrize("found", EVERY, ids=lambda found: found.code)
def test_an_employee_is_never_sent_into_an_admin_console(found):
    voice = voices.for_employee(found)
    assert " > " not in voice.fix + voice.explanation
    assert not re.search(r"\bperson\b|\bredirect|\bPKCE\b|\btoken\b", voice.explanation + voice.fix)


def test_two_findings_never_share_a_sign():
    signs = [(sign, found.code) for found in ALL for sign in found.signs]
    assert len({sign for sign, _ in signs}) == len(signs)


def test_the_operator_reads_the_code_and_the_detail():
    assert voices.for_operator(UNKNOWN) == "provider_said_otherwise"
    assert voices.for_operator(UNKNOWN, "HTTP 400") == "provider_said_otherwise: HTTP 400"


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_who_must_act_themselves_is_told_in_words_of_their_own(language):
    words = WRITTEN[language]
    theirs = [found.code for found in ALL if found.who == "employee"]
    assert all(f"finding.{code}.explanation" in words for code in theirs)


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_no_words_are_about_a_finding_that_is_gone(language):
    told = {key.split(".")[1] for key in WRITTEN[language] if key.startswith("finding.")}
    assert told <= {found.code for found in EVERY}


def test_what_has_no_words_of_its_own_is_told_in_the_usual_ones():
    assert voices.for_employee(finding("entra_spa_platform")) == Voice(
        ENGLISH.say("usual.provider_administrator.explanation"),
        ENGLISH.say("usual.provider_administrator.fix"),
    )


def test_the_document_is_what_the_catalogue_says():
    text = document.DOCUMENT.read_text()
    assert document.with_findings(text) == text, "run `make docs`"
    assert all(f"### {area}" in text for area in AREAS)


def test_a_document_without_the_markers_is_left_alone():
    with pytest.raises(ValueError, match="missing"):
        document.with_findings("# Errors")
