"""What the person who signs in reads of a finding; the administrator reads the finding itself."""

from authsso.findings.finding import Finding, Voice, Who

_TELL = "Tell your IT administrator, with the reference on this page."

_USUAL: dict[Who, Voice] = {
    "provider_administrator": Voice(
        "Your organisation's sign-in service did not let this sign-in through.", _TELL
    ),
    "administrator": Voice("Single sign-on is not set up completely.", _TELL),
    "saas": Voice(
        "This sign-in failed on our side.",
        "Sign in again. If it happens again, ask for help with the reference on this page.",
    ),
    "nobody": Voice(
        "Your organisation's sign-in service does not answer as usual at the moment.",
        "Wait a few minutes, then sign in again.",
    ),
}


def for_employee(finding: Finding) -> Voice:
    """Return what the person who signs in is told.

    Args:
        finding: What was found.

    Returns:
        The finding's own words for them, its explanation and fix where they must act themselves,
        else the usual words for whoever must act.
    """
    if finding.employee is not None:
        return finding.employee
    return _USUAL.get(finding.who) or Voice(finding.explanation, finding.fix)


def for_operator(finding: Finding, detail: str = "") -> str:
    """Return the operator's log line: the code and, where there is one, the detail."""
    return f"{finding.code}: {detail}" if detail else finding.code
