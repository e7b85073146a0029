"""What the claims of a sign-in that succeeded tell about the provider's settings.

Sources: Microsoft's pages on optional claims, groups overage and access token claims.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from authsso.findings.catalogue import finding
from authsso.findings.finding import Finding
from authsso.model import Claims, ProviderKind

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_FALSE = (False, 0, "0", "false", "False")


def find(
    claims: Claims,
    provider: ProviderKind,
    *,
    groups_claim: str,
    group_mapping: Mapping[str, str],
) -> tuple[Finding, ...]:
    """Judge validated claims.

    Args:
        claims: Of the ID token, before or after UserInfo was merged in.
        provider: The connection's kind.
        groups_claim: Where the connection reads groups from.
        group_mapping: The provider's group -> ours; empty when no groups are mapped.

    Returns:
        What an administrator should know; none of it refuses anybody.
    """
    names = dict.fromkeys((groups_claim, *(("roles",) if provider == "azure" else ())))
    codes = [*_groups(claims, names, group_mapping)]
    if provider == "azure":
        codes += _entra(claims)
    if not claims.get("name"):
        codes.append("name_missing")
    return tuple(finding(code) for code in codes)


def _groups(claims: Claims, names: Iterable[str], mapping: Mapping[str, str]) -> Iterator[str]:
    elsewhere = claims.get("_claim_names")
    if claims.get("hasgroups") or (isinstance(elsewhere, dict) and "groups" in elsewhere):
        yield "groups_overage"
        return
    if not mapping:
        return
    groups = [group for name in names for group in _texts(claims.get(name))]
    if not groups:
        yield "groups_missing"
    elif all(map(_GUID.fullmatch, groups)) and not set(groups) & set(mapping):
        yield "groups_are_ids"


def _entra(claims: Claims) -> Iterator[str]:
    roles = _texts(claims.get("roles"))
    if roles and all(map(_GUID.fullmatch, roles)):
        yield "roles_hold_groups"
    if str(claims.get("acct")) == "1" or "#EXT#" in str(claims.get("upn")):
        yield "entra_guest"
    if claims.get("xms_edov", True) in _FALSE:
        yield "entra_email_not_verified"


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
