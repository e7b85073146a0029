"""What UserInfo tells of a user: within the token's scopes and what the application may read.

As the Cognito domain's UserInfo endpoint documents it (OpenID Connect Core 1.0, 5.3.2 and 5.4).
"""

from collections.abc import Collection, Mapping

_PROFILE = frozenset(
    {
        "name",
        "family_name",
        "given_name",
        "middle_name",
        "nickname",
        "preferred_username",
        "profile",
        "picture",
        "website",
        "gender",
        "birthdate",
        "zoneinfo",
        "locale",
        "updated_at",
    }
)
_BY_SCOPE = {
    "profile": _PROFILE,
    "email": frozenset({"email", "email_verified"}),
    "phone": frozenset({"phone_number", "phone_number_verified"}),
}
_STANDARD = frozenset({"address"}).union(*_BY_SCOPE.values())
_CUSTOM = "custom:"


def claims(
    attributes: Mapping[str, str],
    *,
    username: str,
    scopes: Collection[str],
    readable: frozenset[str],
) -> dict[str, str]:
    """Return the claims; every value is text, `email_verified` too, as Cognito has it.

    Args:
        attributes: Of the user.
        username: In the pool.
        scopes: Of the access token. `openid` alone means all; others narrow it down.
        readable: Attributes that the application client may read; empty: Cognito's default, which
            is all standard ones and no custom one.
    """
    narrowing = [scope for scope in _BY_SCOPE if scope in scopes]
    told = {
        name: value
        for name, value in attributes.items()
        if (name in readable if readable else name in _STANDARD)
        and (not narrowing or any(_is_in(name, scope) for scope in narrowing))
    }
    return {**told, "sub": attributes.get("sub", ""), "username": username}


def _is_in(name: str, scope: str) -> bool:
    return name in _BY_SCOPE[scope] or (scope == "profile" and name.startswith(_CUSTOM))
