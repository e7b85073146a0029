"""The catalogue names what was collected: row by row, and at least 95 % of it."""

import json

import pytest

from authsso.findings.catalogue import ALL
from findings_book import cases, coverage

CASES = cases.read()
IN_REACH = [case for case in CASES if case.named]


@pytest.mark.parametrize("case", IN_REACH, ids=lambda case: case.id)
def test_every_failure_that_can_reach_us_has_its_name(case):
    assert case.named in cases.names(case)


def test_at_least_95_per_cent_of_what_can_reach_us_is_named():
    counted = coverage.count()
    assert counted.share >= 95
    assert counted.total >= 232
    assert len(counted.out_of_reach) <= 60  # not a way out of naming something


def test_every_entry_that_cannot_reach_us_says_why():
    assert all(case.place for case in CASES if not case.named)
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.skipif(not cases.COLLECTED.exists(), reason="the collection is not beside the clone")
def test_the_table_knows_every_entry_and_the_catalogue_every_number():
    entries = json.loads(cases.COLLECTED.read_text())
    assert {entry["id"] for entry in entries} == {case.id for case in CASES}

    in_reach = {case.id for case in IN_REACH if case.place != "typed"}
    known = {number for finding in ALL for sign in finding.signs for number in sign.numbers}
    collected = {entry["aadsts"] for entry in entries if entry["id"] in in_reach}
    assert collected - {None} <= known


def test_the_report_says_how_much_and_what_not():
    text = coverage.report(coverage.count())
    assert "100.0 %" in text
    assert "Not named: none" in text
