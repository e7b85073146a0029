"""E-mail domains: what may be claimed, what proves a claim, and when a proof has lapsed.

A proof is a TXT record `_authsso.<domain>` with the claim's own token, random and new for each
claim: what one tenant was asked to publish proves nothing for another (F17, F18). It proves that
domain alone, none above or below it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from authsso.errors import FieldError, SettingsError
from authsso.protocol import domain_name, public_mail

type DomainState = Literal["pending", "proven", "lapsing"]

MOST_DOMAINS = 50
GRACE_SECONDS = 7 * 24 * 60 * 60
_LABEL = "_authsso"
_PREFIX = "authsso-verification="
_QUOTES = "\"'`\\\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_QUOTES += "\N{DOUBLE LOW-9 QUOTATION MARK}"
_SHOWN_VALUES = 3
_SHOWN_LENGTH = 80


@dataclass(frozen=True, slots=True)
class ClaimedDomain:
    """An e-mail domain that a tenant says is its own.

    Args:
        domain: As an A-label, lower case.
        proven_at: When DNS proved it; None while nothing does.
        token: What the record must carry; empty when the SaaS's operator vouches for the domain,
            which is then not looked up.
        checked_at: When the record was last looked up, or None.
        missing_since: Since when a proven domain's record is gone, or None.
    """

    domain: str
    proven_at: int | None
    token: str = ""
    checked_at: int | None = None
    missing_since: int | None = None

    @property
    def state(self) -> DomainState:
        """How it stands."""
        if self.proven_at is None:
            return "pending"
        return "proven" if self.missing_since is None else "lapsing"

    @property
    def record_name(self) -> str:
        """Where the record belongs."""
        return f"{_LABEL}.{self.domain}"

    @property
    def doubled_name(self) -> str:
        """Where the record stands when a DNS panel adds the domain to a name that has it."""
        return f"{self.record_name}.{self.domain}"

    @property
    def record_value(self) -> str:
        """What the record says."""
        return f"{_PREFIX}{self.token}" if self.token else ""


def read(text: str) -> str:
    """Return the one spelling of a domain that may be claimed.

    Raises:
        SettingsError: 400 `invalid_domain`.
    """
    typed = text.strip().removeprefix("@").removesuffix(".")
    try:
        domain = domain_name.normalise(typed)
    except ValueError as error:
        raise _refused(
            "domain_malformed", "This is not a domain.", "Enter what stands behind the @."
        ) from error
    if public_mail.is_public(domain):
        raise _refused(
            "domain_public",
            f"{domain} gives addresses to everybody.",
            "Enter a domain that is your organisation's own.",
        )
    return domain


def claim(domain: str, standing: Collection[ClaimedDomain], *, token: str) -> ClaimedDomain:
    """Begin a claim.

    Args:
        domain: From `read`.
        standing: What the tenant has claimed already.
        token: Random.

    Raises:
        SettingsError: 409 `too_many_domains`.
    """
    if len(standing) >= MOST_DOMAINS:
        raise SettingsError(
            "too_many_domains", status=409, title=f"At most {MOST_DOMAINS} domains can be added."
        )
    return ClaimedDomain(domain, None, token)


def is_proof(claimed: ClaimedDomain, texts: Collection[str]) -> bool:
    """Tell whether the record is among the TXT records that were found at its name."""
    return bool(claimed.token) and claimed.record_value in {text.strip() for text in texts}


def proven(claimed: ClaimedDomain, *, now: int) -> ClaimedDomain:
    """Return the domain once its record has been seen."""
    since = now if claimed.proven_at is None else claimed.proven_at
    return replace(claimed, proven_at=since, checked_at=now, missing_since=None)


def missing(claimed: ClaimedDomain, *, now: int) -> ClaimedDomain:
    """Return the domain once its record has not been seen.

    A proven one goes on for seven days, so that a slip in a DNS zone locks nobody out; then it is
    a claim again.
    """
    if claimed.proven_at is None:
        return replace(claimed, checked_at=now)
    since = now if claimed.missing_since is None else claimed.missing_since
    if now - since >= GRACE_SECONDS:
        return replace(claimed, proven_at=None, checked_at=now, missing_since=None)
    return replace(claimed, checked_at=now, missing_since=since)


def record_missing(
    claimed: ClaimedDomain, texts: Sequence[str], *, doubled: Collection[str] = ()
) -> SettingsError:
    """Build the refusal of a proof that was not found; it says what was found instead.

    Args:
        claimed: The domain.
        texts: What stands at the record's name.
        doubled: What stands at `doubled_name`. It proves nothing, and explains much.
    """
    message, fix = _what_is_wrong(claimed, texts, doubled)
    return SettingsError(
        "domain_record_missing",
        claimed.domain,
        status=409,
        title="The record was not found.",
        fields=[FieldError("domain", "domain_record_missing", message, fix)],
    )


def _what_is_wrong(
    claimed: ClaimedDomain, texts: Sequence[str], doubled: Collection[str]
) -> tuple[str, str]:
    name, value = claimed.record_name, claimed.record_value
    if is_proof(claimed, [_without_quotes(text) for text in texts]):
        return (
            f"The value at {name} stands in quotation marks.",
            "Remove the quotation marks: your DNS panel adds what DNS needs by itself.",
        )
    if is_proof(claimed, [_without_quotes(text) for text in doubled]):
        return (
            f"The record stands at {claimed.doubled_name}: your DNS panel adds the domain itself.",
            f"Enter only {_LABEL} as the record's name there.",
        )
    message = f"{name} has no TXT record that can be seen yet."
    if texts:
        shown = ", ".join(f'"{text[:_SHOWN_LENGTH]}"' for text in texts[:_SHOWN_VALUES])
        message = f"{name} says {shown} instead."
    fix = (
        f"Publish a TXT record {name} with the value {value} and no quotation marks. Many DNS "
        f"panels want only {_LABEL} as the name. DNS may take some minutes, or up to a day."
    )
    return message, fix


def _without_quotes(text: str) -> str:
    return text.strip().strip(_QUOTES).strip()


def taken(domain: str) -> SettingsError:
    """Build the refusal of a proof for a domain that another tenant has proven."""
    return SettingsError(
        "domain_taken",
        domain,
        status=409,
        title=f"Another organisation has proven {domain} and its record still stands, or stood "
        "within the last days. Remove that record, or ask support.",
    )


def needed(domain: str) -> SettingsError:
    """Build the refusal to give up the last domain that leads people to where they must go."""
    return SettingsError(
        "domain_needed",
        domain,
        status=409,
        title="This is your last proven domain, and people must use single sign-on. Switch "
        "Enforce off first.",
    )


def _refused(code: str, message: str, fix: str) -> SettingsError:
    return SettingsError(
        "invalid_domain",
        code,
        status=400,
        title="The domain cannot be added.",
        fields=[FieldError("domain", code, message, fix)],
    )
