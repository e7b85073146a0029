"""`error_description`: what happened, who must act, the reference; in the characters allowed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.errors import RedirectedError
from authsso.findings.catalogue import ALL
from authsso.people import REASONS
from authsso.web import error_description
from authsso.web.error_description import LONGEST, description

# RFC 6749, 4.1.2.1.
ALLOWED = re.compile(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+")


def refused(code="user_disabled", text="the user is disabled", finding=None):
    error = RedirectedError(
        code, error="access_denied", description=text, redirect_uri="https://a.example", state=None
    )
    error.finding = finding
    return error


def test_without_a_finding_it_says_what_the_refusal_says():
    assert description(refused(), "REFERENC") == (
        "The user is disabled. Ask the people who run this service, and give the reference. "
        "(user_disabled, reference REFERENC)"
    )


def test_with_a_finding_it_speaks_in_its_voice_for_the_person():
    told = description(refused("provider_refused", "x", "entra_user_not_assigned"), "REFERENC")
    assert told == (
        "Your organisation has not given you access to this application. Ask your IT administrator "
        "to assign you to it, and give the reference. "
        "(provider_refused, entra_user_not_assigned, reference REFERENC)"
    )


def test_a_developers_mistake_is_told_as_it_is():
    told = description(refused("response_type", "response_type must be code"), "REFERENC")
    assert told == "Response_type must be code. (response_type, reference REFERENC)"


def test_a_finding_that_nobody_wrote_down_is_none():
    assert description(refused(finding="gone"), "R") == description(refused(), "R")


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_refusal_of_a_person_says_who_must_act(code):
    is_found = any(code in sign.codes for finding in ALL for sign in finding.signs)
    assert is_found or code in error_description._WHO


@pytest.mark.parametrize("found", ALL, ids=lambda found: found.code)
def test_every_finding_fits__E09(found):
    told = description(refused("provider_refused", "x", found.code), "REFERENC")
    assert ALLOWED.fullmatch(told)
    assert len(told) <= LONGEST
    assert "..." not in told


@settings(max_examples=200)
@given(st.text(min_size=1, max_size=1000))
def test_whatever_the_text_is_it_fits_and_keeps_the_reference__H12(text):
    told = description(refused(text=text), "REFERENC")
    assert ALLOWED.fullmatch(told)
    assert len(told) <= LONGEST
    assert told.endswith("(user_disabled, reference REFERENC)")
