"""All findings, and one by its code."""

from authsso.findings import (
    authorization,
    discovery,
    entra_consent,
    entra_exchange,
    entra_people,
    entra_registration,
    identity_claims,
    our_rules,
    token_endpoint,
    userinfo,
)
from authsso.findings.finding import Finding
from authsso.findings.unknown import UNKNOWN

# What docs/errors.md calls each area, in its order.
AREAS: dict[str, tuple[Finding, ...]] = {
    "Discovery URL and keys": discovery.FINDINGS,
    "Microsoft Entra: registration and tenant": entra_registration.FINDINGS,
    "Microsoft Entra: consent and scopes": entra_consent.FINDINGS,
    "Microsoft Entra: people and devices": entra_people.FINDINGS,
    "Microsoft Entra: the sign-in's own requests": entra_exchange.FINDINGS,
    "The provider's answer to the browser, and its own pages": authorization.FINDINGS,
    "Token endpoint": token_endpoint.FINDINGS,
    "ID token and claims": identity_claims.FINDINGS,
    "UserInfo": userinfo.FINDINGS,
    "Our own rules and services": our_rules.FINDINGS,
}
ALL: tuple[Finding, ...] = tuple(finding for area in AREAS.values() for finding in area)
_BY_CODE = {finding.code: finding for finding in ALL}


def finding(code: str) -> Finding:
    """Return a finding by its code.

    Raises:
        KeyError: There is none; a code in our own source is misspelled.
    """
    return _BY_CODE[code]


def named(code: str) -> Finding | None:
    """Return a finding by a code that was written down earlier, None when it is no more."""
    return UNKNOWN if code == UNKNOWN.code else _BY_CODE.get(code)
