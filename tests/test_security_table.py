"""No row of the attack catalogue is forgotten, and no reason outlives its truth."""

from dataclasses import replace

import pytest

from harness import security_rows

TABLE = security_rows.load()
# Spelled so that this file does not count as their test.
A_ROW, NO_ROW = "a01".upper(), "k99".upper()


def test_every_row_has_tests_or_a_reason():
    assert TABLE.problems() == []
    assert len(TABLE.rows) > 300


def test_every_reason_says_what_would_show_it():
    for row, (reason, shown) in TABLE.reasons.items():
        assert len(reason) > 20, row
        assert len(shown) > 20, row


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({"tests": {}, "reasons": {}}, "neither a test nor a reason", id="forgotten"),
        pytest.param({"reasons": {A_ROW: ("", "")}}, "has a reason not to be", id="both"),
        pytest.param({"rows": {A_ROW: ""}}, "stands in a test and not in", id="unknown-id"),
        pytest.param({"tests": {}, "reasons": {NO_ROW: ("", "")}}, "is no row", id="no-row"),
        pytest.param({"catalogue": "| A99 | new | x |"}, "of the catalogue is not in", id="new"),
        pytest.param({"catalogue": f"| {A_ROW} | old | x |"}, "is not in the catalogue", id="gone"),
    ],
)
def test_what_is_wrong_is_said(change, problem):
    assert any(problem in said for said in replace(TABLE, **change).problems())


SOURCE = """
LISTED = [pytest.param(1, id="K98-listed"), "no K97 here"]

@pytest.mark.parametrize("x", [pytest.param(1, id="A98-B97-two"), pytest.param(2, id="XA96")])
@pytest.mark.parametrize("y", LISTED)
def test_c95_small_and_large__D94(x, y):
    "E93 is told of, and shown by nobody."

def helper_F92(): ...
"""


def test_ids_are_read_from_names_and_from_the_beginning_of_parametrised_ids():
    found = {row for row, _ in security_rows.rows_in(SOURCE)}
    assert found == {"K98", "A98", "B97", "C95", "D94"}


REPORT = """<testsuites><testsuite>
<testcase classname="tests.web.test_x" name="test_b[fake-B03-none]"/>
<testcase classname="tests.web.test_x" name="test_b[real-B03-none]"><failure/></testcase>
<testcase classname="tests.web.test_x" name="test_b[B04-other]"/>
</testsuite></testsuites>"""


@pytest.mark.parametrize(
    ("test", "result"),
    [
        ("web/test_x.py::test_b[B03-none]", "failure"),
        ("web/test_x.py::test_b[B04-other]", "passed"),
        ("web/test_x.py::test_b", "failure"),
        ("web/test_x.py::test_c", "not run"),
    ],
)
def test_a_report_tells_how_each_ended(tmp_path, test, result):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert security_rows.result_of(test, security_rows.results_of(report)) == result
