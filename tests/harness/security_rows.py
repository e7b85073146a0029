"""Which tests show which row of the catalogue of attacks: `make security-table`.

A test carries a row's id in its name (`test_B08_...`, `test_...__F37`) or at the beginning of a
parametrised id (`id="A10-alg-none"`). The sources are read, so that no stack has to be up.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
ROWS = ROOT / "docs/security-rows.md"
REASONS = ROOT / "SECURITY.md"
SECTION = "## Not tested here"
# The catalogue itself, where the project's shared folder lies beside the clone.
CATALOGUE = ROOT.parent / "shared/security_cases.md"

_ENDS = ("failure", "error", "skipped")
_ID = r"[A-K]\d\d"
_ROW = re.compile(rf"^\| ({_ID})(?: \(N/A\))? \| (.*?) \|", re.MULTILINE)
_IN_NAME = re.compile(rf"(?<![A-Za-z0-9])({_ID})(?![A-Za-z0-9])", re.IGNORECASE)
_AT_BEGINNING = re.compile(rf"{_ID}(?:-{_ID})*(?![A-Za-z0-9])")
_REASON = re.compile(rf"^\| ({_ID}(?:, {_ID})*) \| (.+?) \| (.+?) \|$", re.MULTILINE)

type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Table:
    """Every row, and what is said of it.

    Args:
        rows: Title of each id.
        tests: Tests that carry an id.
        reasons: Why a row is not tested here, and what would show it on AWS.
        catalogue: The text of the catalogue, empty where it is not at hand.
    """

    rows: Mapping[str, str]
    tests: Mapping[str, list[str]]
    reasons: Mapping[str, tuple[str, str]]
    catalogue: str

    def problems(self) -> list[str]:
        """Tell what is wrong with it, a sentence each."""
        tested, reasoned, known = set(self.tests), set(self.reasons), set(self.rows)
        listed = {row for row, _ in _ROW.findall(self.catalogue)}
        beside = set(re.findall(_ID, self.catalogue)) if self.catalogue else known
        return [
            *(
                f"{row} has neither a test nor a reason"
                for row in sorted(known - tested - reasoned)
            ),
            *(f"{row} is tested and has a reason not to be" for row in sorted(tested & reasoned)),
            *(f"{row} stands in a test and not in {ROWS.name}" for row in sorted(tested - known)),
            *(f"{row} has a reason and is no row" for row in sorted(reasoned - known)),
            *(f"{row} of the catalogue is not in {ROWS.name}" for row in sorted(listed - known)),
            *(f"{row} of {ROWS.name} is not in the catalogue" for row in sorted(known - beside)),
        ]


def load() -> Table:
    """Read the rows, the tests and the reasons as they stand."""
    _, _, section = REASONS.read_text().partition(SECTION)
    section = section.split("\n## ")[0]
    return Table(
        rows=dict(_ROW.findall(ROWS.read_text())),
        tests=tests_by_row(ROOT / "tests"),
        reasons={
            row: (reason, shown)
            for ids, reason, shown in _REASON.findall(section)
            for row in ids.split(", ")
        },
        catalogue=CATALOGUE.read_text() if CATALOGUE.exists() else "",
    )


def tests_by_row(folder: Path) -> dict[str, list[str]]:
    """Find the tests that carry an id."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        for row, test in rows_in(path.read_text()):
            tests = found.setdefault(row, [])
            name = f"{path.relative_to(folder)}::{test}"
            if name not in tests:
                tests.append(name)
    return found


def rows_in(source: str) -> Iterator[tuple[str, str]]:
    """Yield row and test for each id that a test file's tests carry."""
    for name, texts in tests_in(source):
        for row in _IN_NAME.findall(name):
            yield row.upper(), name
        for text in texts:
            if beginning := _AT_BEGINNING.match(text):
                for row in beginning[0].split("-"):
                    yield row, f"{name}[{text}]"


def tests_in(source: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each test of a file, and the texts that it is parametrised with."""
    tree = ast.parse(source)
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, Function.__value__) and node.name.startswith("test_"):
            yield node.name, list(_texts(node, tables))


def _texts(function: Function, tables: Mapping[str, ast.expr]) -> Iterator[str]:
    """Yield the texts that a test is parametrised with, those of the module's tables too."""
    waiting: list[ast.AST] = list(function.decorator_list)
    seen: set[str] = set()
    while waiting:
        for node in ast.walk(waiting.pop()):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.Name) and node.id in tables and node.id not in seen:
                seen.add(node.id)
                waiting.append(tables[node.id])


def results_of(report: Path) -> dict[str, str]:
    """Read how each test ended, by `file::name[id]`, from what `pytest --junit-xml` wrote."""
    results = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own file
        path = str(case.get("classname")).removeprefix("tests.").replace(".", "/")
        outcome = next((child.tag for child in case if child.tag in _ENDS), "passed")
        results[f"{path}.py::{case.get('name')}"] = outcome
    return results


def result_of(test: str, results: Mapping[str, str]) -> str:
    """Tell how a test of the table ended; one that is parametrised ended as its worst did."""
    function, _, text = test.removesuffix("]").partition("[")
    ends = {
        end
        for case, end in results.items()
        if case.partition("[")[0] == function and text in case.partition("[")[2]
    }
    return next((end for end in (*_ENDS, "passed") if end in ends), "not run")


def main(arguments: Sequence[str]) -> int:
    """Print the table, with results where there is a report; fail when something is wrong."""
    table = load()
    results = results_of(Path(arguments[0])) if arguments else {}
    for row, title in table.rows.items():
        sys.stdout.write(f"{row}  {title}\n")
        for test in table.tests.get(row, ()):
            end = f"{result_of(test, results):8}" if arguments else ""
            sys.stdout.write(f"       {end}{test}\n")
        if row in table.reasons:
            reason, shown = table.reasons[row]
            sys.stdout.write(f"       not tested here: {reason}\n       on AWS: {shown}\n")
    problems = table.problems()
    sys.stdout.write(
        f"\n{len(table.rows)} rows: {len(set(table.tests) & set(table.rows))} tested, "
        f"{len(table.reasons)} with a reason, {len(problems)} problems\n"
    )
    for problem in problems:
        sys.stderr.write(f"security-table: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
