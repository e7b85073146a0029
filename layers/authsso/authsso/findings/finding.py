"""What a finding is, and by which signs it is recognised."""

from dataclasses import dataclass
from typing import Literal

from authsso.model import ProviderKind

type Severity = Literal["error", "warning", "note"]
# Who has to act: at the provider, on our settings page, the person who signs in, the makers of
# the product, or nobody: it passes.
type Who = Literal["provider_administrator", "administrator", "employee", "saas", "nobody"]
type Place = Literal[
    "discovery", "keys", "authorize", "token", "client_check", "id_token", "userinfo", "pasted"
]
type SettingsField = Literal[
    "client_id",
    "client_secret",
    "discovery_url",
    "method",
    "redirect_uris",
    "scopes",
    "attribute_mapping",
    "group_mapping",
    "client_authentication",
    "domains",
]


@dataclass(frozen=True, slots=True)
class Sign:
    """One condition; all that is given must hold, of each tuple one member.

    Args:
        numbers: Microsoft's AADSTS numbers.
        phrases: Parts of the provider's text, in lower case.
        codes: Our own error codes, as docs/errors.md lists them.
        errors: OAuth `error` values (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6).
        statuses: HTTP statuses.
        places: Where it was seen; empty for anywhere.
        providers: Provider kinds; empty for any.
    """

    numbers: tuple[int, ...] = ()
    phrases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    providers: tuple[ProviderKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody reads: what happened, and what to do."""

    explanation: str
    fix: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake or event, named.

    What the person who signs in is told of it stands in texts/, for every language.

    Args:
        code: Stable; the operator's log line carries it.
        who: Who must act.
        explanation: For the administrator.
        fix: For the administrator, in the provider's own menu names.
        signs: Any one of them is enough; none: another rule of ours finds it.
        severity: `error` stops people from signing in; `warning` some of them, or soon.
        field: The setting that it concerns.
    """

    code: str
    who: Who
    explanation: str
    fix: str
    signs: tuple[Sign, ...] = ()
    severity: Severity = "error"
    field: SettingsField | None = None
