"""The catalogue's part of docs/errors.md."""

from authsso.findings.catalogue import AREAS
from authsso.findings.finding import Finding, Who
from authsso.findings.unknown import UNKNOWN
from findings_book.cases import ROOT

DOCUMENT = ROOT / "docs/errors.md"
BEGIN = "<!-- findings: written by `make docs` from layers/authsso/authsso/findings -->"
END = "<!-- end of findings -->"

_HEAD = "| code | AADSTS | what happened | who acts | what to do |\n" + "| --- " * 5 + "|"
_WHO: dict[Who, str] = {
    "provider_administrator": "the administrator, at the provider",
    "administrator": "the administrator, on the settings page",
    "employee": "the person",
    "saas": "the SaaS",
    "nobody": "nobody: wait",
}


def with_findings(text: str) -> str:
    """Return a document with the part between the markers written anew.

    Raises:
        ValueError: A marker is missing.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{BEGIN} or {END} is missing")
    return f"{before}{BEGIN}\n\n{_tables()}\n{END}{after}"


def _tables() -> str:
    parts = []
    for area, findings in {**AREAS, "Anything else": (UNKNOWN,)}.items():
        rows = "\n".join(map(_row, findings))
        parts.append(f"### {area}\n\n{_HEAD}\n{rows}\n")
    return "\n".join(parts)


def _row(finding: Finding) -> str:
    numbers = " ".join(str(number) for sign in finding.signs for number in sign.numbers)
    shown = (
        f"`{finding.code}`",
        numbers,
        finding.explanation,
        _WHO[finding.who],
        finding.fix,
    )
    return "| " + " | ".join(part.replace("|", "\\|") for part in shown) + " |"
