"""`python -m package_audit`: is a package that we pin known to be vulnerable?

pip-audit asks PyPI about every package of every lock file. It calls a package that the service
does not know "skipped", ends well, and prints "No known vulnerabilities found"; where nothing can
be asked, that would be a lie. So its answer is counted here, and what was not audited is said.
`PIP_AUDIT=required` makes that an error, for a place that must reach PyPI.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PIP_AUDIT = ROOT / ".local/checks/bin/pip-audit"
# What Lambda runs with comes first: where nothing can be asked, one file is enough to know it.
LOCKS = (
    "layers/dependencies/requirements.txt",
    "requirements-dev.txt",
    "local/requirements-emulator.txt",
    "local/requirements-sam.txt",
    "local/requirements-checks.txt",
)
# Known, and not reachable here: id -> why. SECURITY.md names those of what Lambda runs with.
ACCEPTED = {
    "GHSA-wj6h-64fc-37mp": "ecdsa comes with python-jose and is never used; there is no fix",
}
_NOT_REACHED = re.compile(r"^requests\.exceptions\.|Could not connect", re.MULTILINE)


class AuditError(Exception):
    """pip-audit itself failed; says its own last line."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What the service said.

    Args:
        audited: Names of packages that it knows.
        unknown: Those that it does not know; all of them, where it cannot be reached.
        vulnerable: One line for each vulnerability that is not accepted.
    """

    audited: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    vulnerable: tuple[str, ...] = ()

    def and_also(self, other: "Audit") -> "Audit":
        """Return both together; a package is in several lock files."""
        return Audit(
            self.audited | other.audited,
            (self.unknown | other.unknown) - self.audited - other.audited,
            tuple(dict.fromkeys(self.vulnerable + other.vulnerable)),
        )


def read(answer: str) -> Audit:
    """Read what pip-audit printed as JSON."""
    packages = json.loads(answer)["dependencies"]
    return Audit(
        frozenset(each["name"] for each in packages if "vulns" in each),
        frozenset(each["name"] for each in packages if "vulns" not in each),
        tuple(
            f"{each['name']} {each['version']}: {vulnerability['id']}, "
            f"mended in {', '.join(vulnerability['fix_versions']) or 'no version yet'}"
            for each in packages
            for vulnerability in each.get("vulns", ())
        ),
    )


def ask(lock: str) -> Audit:
    """Have pip-audit ask about one lock file.

    Raises:
        AuditError: It failed for another reason than that nobody answered.
    """
    command = [str(PIP_AUDIT), "--requirement", lock, "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "5"]
    for vulnerability in ACCEPTED:
        command += ["--ignore-vuln", vulnerability]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.stdout:
        return read(run.stdout)
    if _NOT_REACHED.search(run.stderr):
        return Audit()
    raise AuditError((run.stderr.strip().splitlines() or ["no output"])[-1])


def audit(locks: Iterable[str]) -> Audit:
    """Ask about each lock file, until one shows that nobody answers."""
    found = Audit()
    for lock in locks:
        found = found.and_also(ask(lock))
        if not found.audited:
            break
    return found


def report(found: Audit, *, required: bool) -> tuple[str, int]:
    """Say what was found, and with which exit code to end.

    Args:
        found: By `audit`.
        required: Whether what could not be audited is an error.
    """
    if found.vulnerable:
        return "\n".join(f"audit: {line}" for line in found.vulnerable), 1
    if not found.audited:
        line = (
            "audit: NOT DONE, PyPI's vulnerability service gives no answer about any package here"
        )
        return line, int(required)
    line = f"audit: {len(found.audited)} packages audited, none is known to be vulnerable"
    line += f" but for {len(ACCEPTED)} accepted with a reason"
    if found.unknown:
        line += f"; NOT AUDITED, unknown to the service: {', '.join(sorted(found.unknown))}"
    return line, int(required and bool(found.unknown))


def main(environ: Mapping[str, str]) -> int:
    """Audit, and tell it in a line or a few."""
    try:
        found = audit(LOCKS)
    except AuditError as error:
        print(f"audit: pip-audit failed: {error}", file=sys.stderr)
        return 1
    line, code = report(found, required=environ.get("PIP_AUDIT") == "required")
    print(line)
    return code


if __name__ == "__main__":
    sys.exit(main(os.environ))
