"""What a probe found out: it is right, it is wrong in a way with a name, or nobody can tell."""

from dataclasses import dataclass

from authsso.findings.finding import Finding


@dataclass(frozen=True, slots=True)
class Right:
    """As it should be.

    Args:
        message: What was seen.
    """

    message: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A finding.

    Args:
        finding: Which.
        provider_text: The provider's own words, bounded; empty when there are none.
        look_up_url: Its page about them.
        correlation_id: For its support.
        issuer: The other issuer that a discovery document names, where that is what is wrong.
    """

    finding: Finding
    provider_text: str = ""
    look_up_url: str | None = None
    correlation_id: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Neither.

    Args:
        reason: Why it cannot be told.
    """

    reason: str


type Outcome = Right | Wrong | Unclear
