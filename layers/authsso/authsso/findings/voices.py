"""One finding, three voices: the person who signs in, the administrator, the operator's log.

The administrator reads the finding itself. The words for the person are in texts/.
"""

from authsso.findings.finding import Finding, Voice
from authsso.texts.catalogue import ENGLISH, Texts


def for_employee(finding: Finding, texts: Texts = ENGLISH) -> Voice:
    """Return what the person who signs in is told.

    Args:
        finding: What was found.
        texts: In the person's language.

    Returns:
        The finding's own words for them, else the usual words for whoever must act.
    """
    own = f"finding.{finding.code}"
    key = own if texts.find(f"{own}.explanation") else f"usual.{finding.who}"
    return Voice(texts.say(f"{key}.explanation"), texts.say(f"{key}.fix"))


def for_operator(finding: Finding, detail: str = "") -> str:
    """Return the operator's log line: the code and, where there is one, the detail."""
    return f"{finding.code}: {detail}" if detail else finding.code
