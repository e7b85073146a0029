"""Verified claims -> who somebody is at one connection, by the connection's mapping."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from authsso.errors import ProviderError
from authsso.model import Claims, Connection, Identity, ProviderKind
from authsso.protocol import domain_name, email_address

# Our attribute -> the claim it is read from, unless the connection says otherwise.
DEFAULT_MAPPING: Mapping[str, str] = {
    "email": "email",
    "name": "name",
    "given_name": "given_name",
    "family_name": "family_name",
    "groups": "groups",
}
# UserInfo is asked when one of these is mapped and missing (design.md 2).
WANTED = ("email", "name")
_LONGEST_NAME = 256
# As many as Microsoft Graph gives at the most; what a token carries is far less.
_MOST_GROUPS = 11_000
_LONGEST_GROUP = 1024
# Entra's app roles, which may be mapped as groups are.
_APP_ROLES = "roles"


def from_claims(
    claims: Claims, connection: Connection, mapping: Mapping[str, str], *, issuer: str
) -> Identity:
    """Map the claims of a validated ID token, with those of UserInfo merged in.

    Args:
        claims: Validated; `sub` is a non-empty string.
        connection: Through which the person came; it decides the tenant, never a claim.
        mapping: The version's attribute mapping; gaps are filled from DEFAULT_MAPPING.
        issuer: The version's issuer, which the ID token's equals.

    Raises:
        ProviderError: `subject_missing`; `id_token_tenant`: Entra's `tid` is not the issuer's.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        raise ProviderError("subject_missing", connection.connection_id)
    tid, oid = _entra(claims, issuer) if connection.provider == "azure" else (None, None)
    source = {**DEFAULT_MAPPING, **mapping}

    def text(attribute: str) -> str | None:
        return _text(claims.get(source[attribute]))

    return Identity(
        connection_id=connection.connection_id,
        issuer=issuer,
        subject=subject,
        tenant_id=connection.tenant_id,
        email=email_address.normalise(claims.get(source["email"])),
        # Only JSON `true` counts; Entra says nothing, and its administrators own the addresses.
        email_unverified=source["email"] == "email"
        and claims.get("email_verified", True) is not True,
        name=text("name"),
        given_name=text("given_name"),
        family_name=text("family_name"),
        groups=_groups(*(claims.get(name) for name in group_claims(connection.provider, mapping))),
        entra_tenant_id=tid,
        entra_object_id=oid,
        google_hosted_domain=_domain(claims.get("hd")) if connection.provider == "google" else None,
    )


def wanted_claims(mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Return the claims without which UserInfo is asked."""
    source = {**DEFAULT_MAPPING, **mapping}
    return tuple(source[attribute] for attribute in WANTED)


def groups_claim(mapping: Mapping[str, str]) -> str:
    """Return the claim that a version reads groups from."""
    return {**DEFAULT_MAPPING, **mapping}["groups"]


def group_claims(provider: ProviderKind, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Return every claim whose values may be mapped to groups; for azure the app roles, too.

    Args:
        provider: The connection's kind.
        mapping: The version's attribute mapping.
    """
    names = (_APP_ROLES,) if provider == "azure" else ()
    return tuple(dict.fromkeys((*names, groups_claim(mapping))))


def _text(value: object) -> str | None:
    """Return a printable, bounded text; Cognito refuses attributes over 2,048 characters."""
    if not isinstance(value, str):
        return None
    cleaned = "".join(c for c in value if c.isprintable()).strip()[:_LONGEST_NAME]
    return cleaned or None


def _entra(claims: Claims, issuer: str) -> tuple[str | None, str | None]:
    """Read `tid` and `oid`; the issuer of one Entra tenant has its `tid` in the path."""
    tid = _text(claims.get("tid"))
    if tid is not None and tid not in urlsplit(issuer).path.split("/"):
        raise ProviderError("id_token_tenant", "tid is not the issuer's")
    return tid, _text(claims.get("oid"))


def _domain(value: object) -> str | None:
    try:
        return domain_name.normalise(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _groups(*values: object) -> tuple[str, ...]:
    """Read lists of groups, or one group as text; each group once.

    Groups are compared whole, so what is too long for a name is left out, not cut.
    """
    found: dict[str, None] = {}
    for value in values:
        items = [value] if isinstance(value, str) else value
        if isinstance(items, list):
            found |= dict.fromkeys(item for item in items if _is_group(item))
    return tuple(found)[:_MOST_GROUPS]


def _is_group(item: object) -> bool:
    return isinstance(item, str) and 0 < len(item) <= _LONGEST_GROUP
