"""`python -m findings_book coverage`, `python -m findings_book docs`."""

import sys

from findings_book import coverage, document


def main(command: str) -> int:
    """Run one of the two.

    Returns:
        The exit code: 1 when something that can reach authsso has no name.
    """
    if command == "docs":
        document.DOCUMENT.write_text(document.with_findings(document.DOCUMENT.read_text()))
        return 0
    counted = coverage.count()
    print(coverage.report(counted))
    return 1 if counted.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
