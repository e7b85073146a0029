"""What a tenant may ask of its provider, and map from its claims and groups.

Allow-lists only: what decides about tenants, roles and verified addresses is never read from a
claim that the tenant's own administrator controls (design.md 6.4; D09, F23).
"""

import re
from collections.abc import Collection, Mapping, Sequence

from authsso.errors import FieldError

ADMINISTRATORS_GROUP = "tenant-admins"
MAPPABLE_ATTRIBUTES = ("email", "name", "given_name", "family_name", "groups")

_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")  # RFC 6749, 3.3
_CLAIM = re.compile(r"[\x21-\x7e]{1,255}")
_PROTECTED = re.compile(
    r"(custom|cognito|dev):.*|email_verified|phone_number_verified|identities|sub|username"
)


def scope_mistakes(scopes: Sequence[str]) -> list[FieldError]:
    """Judge the scopes: well-formed, and `openid` among them (OpenID Connect Core, 3.1.2.1)."""
    malformed = [scope for scope in scopes if not _SCOPE.fullmatch(scope)]
    found = []
    if malformed:
        found.append(
            FieldError(
                "scopes",
                "scope_malformed",
                "A scope is empty or holds a sign that no scope has.",
                "Give a list of single words.",
            )
        )
    if "openid" not in scopes:
        found.append(
            FieldError(
                "scopes",
                "scope_openid_missing",
                "Without the scope openid the provider sends no ID token.",
                "Add openid.",
            )
        )
    return found


def attribute_mistakes(mapping: Mapping[str, str]) -> list[FieldError]:
    """Judge the mapping from our attributes to the provider's claims."""
    found = []
    for attribute, claim in mapping.items():
        name = f"attribute_mapping.{attribute}"
        if _PROTECTED.fullmatch(attribute):
            found.append(
                FieldError(
                    name,
                    "attribute_protected",
                    f"{attribute} is never read from a provider's claims.",
                    "Leave it out.",
                )
            )
        elif attribute not in MAPPABLE_ATTRIBUTES:
            found.append(
                FieldError(
                    name,
                    "attribute_unknown",
                    f"There is no attribute {attribute}.",
                    f"Use {', '.join(MAPPABLE_ATTRIBUTES)}.",
                )
            )
        elif not _CLAIM.fullmatch(claim):
            found.append(
                FieldError(
                    name,
                    "claim_malformed",
                    "The claim's name is empty, too long, or holds a blank.",
                    "Copy the claim's name from your provider.",
                )
            )
    return found


def grantable(allowed: Collection[str]) -> frozenset[str]:
    """Return the Cognito groups that a provider's groups may lead to.

    Args:
        allowed: By the SaaS; the administrators' group never counts, even when it is listed.
    """
    return frozenset(allowed) - {ADMINISTRATORS_GROUP}


def group_mistakes(mapping: Mapping[str, str], allowed: Collection[str]) -> list[FieldError]:
    """Judge the mapping from the provider's groups to Cognito groups.

    Args:
        mapping: As submitted.
        allowed: As in `grantable`.
    """
    granted = sorted(grantable(allowed))
    fix = f"Use {', '.join(granted)}." if granted else "Leave the group mapping empty."
    return [
        FieldError(
            f"group_mapping.{theirs}",
            "group_not_allowed",
            f"People cannot be put into {ours} by a provider's groups.",
            fix,
        )
        for theirs, ours in mapping.items()
        if ours not in granted
    ]
