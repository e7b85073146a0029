"""Who calls the settings API, by the access token that API Gateway has verified already.

The JWT authorizer has checked signature, issuer and expiry. The claims are read from the token
itself all the same: HTTP APIs hand them on as text, in which a group named `x, tenant-admins`
looks like two (F08).
"""

import base64
import binascii
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from authsso.errors import SettingsError
from authsso.protocol.bounded_json import MalformedJsonError, parse_object
from authsso.protocol.mapping_rules import ADMINISTRATORS_GROUP

TENANT_CLAIM = "custom:tenant_id"
RECENT_SECONDS = 15 * 60
_LARGEST_TOKEN = 16 * 1024


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody who may edit the connections of one tenant.

    Args:
        username: In the user pool.
        tenant_id: Theirs; everything that they reach is scoped to it.
        signed_in_at: When they last proved who they are (`auth_time`).
    """

    username: str
    tenant_id: str
    signed_in_at: int


def identify(event: Mapping[str, Any], *, client_ids: Collection[str]) -> Administrator:
    """Tell who calls.

    Args:
        event: An HTTP API event (payload format 2.0) that passed the JWT authorizer.
        client_ids: App clients whose tokens are taken.

    Raises:
        SettingsError: 401 `token_invalid`; 403 `client_not_allowed`, `no_tenant` or
            `not_administrator`.
    """
    claims = _verified_claims(event)
    if claims.get("token_use") != "access":
        raise _unauthorized("token_use is not access")
    if claims.get("client_id") not in client_ids:
        raise _forbidden("client_not_allowed", "This application may not change the settings.")
    tenant_id = claims.get(TENANT_CLAIM)
    if not isinstance(tenant_id, str) or not tenant_id:
        raise _forbidden("no_tenant", "You do not belong to an organisation here.")
    groups = claims.get("cognito:groups")
    if not isinstance(groups, list) or ADMINISTRATORS_GROUP not in groups:
        raise not_administrator()
    username, auth_time = claims.get("username"), claims.get("auth_time")
    if not isinstance(username, str) or not username:
        raise _unauthorized("no username")
    signed_in_at = auth_time if type(auth_time) is int else 0
    return Administrator(username, tenant_id, signed_in_at)


def require_recent_sign_in(administrator: Administrator, now: int) -> None:
    """Refuse what only somebody who has just signed in may do (F30).

    Raises:
        SettingsError: 403 `reauth_required`.
    """
    if now - administrator.signed_in_at > RECENT_SECONDS:
        raise _forbidden("reauth_required", "Sign in again to make this change.")


def not_administrator() -> SettingsError:
    """Build the refusal of somebody who is no administrator, or is none any more (F31)."""
    return _forbidden("not_administrator", "Only administrators may see and change these settings.")


def _verified_claims(event: Mapping[str, Any]) -> Mapping[str, object]:
    """Read the token's claims, and hold them against those that the authorizer vouches for.

    Without an authorizer's word nothing is believed: a route that lost its authorizer in the
    template must not let forged tokens in.
    """
    authorizer = event.get("requestContext", {}).get("authorizer") or {}
    vouched = (authorizer.get("jwt") or {}).get("claims") or {}
    claims = _claims_of(_bearer_token(event))
    for name in ("sub", "jti", "token_use", "client_id"):
        if claims.get(name) is None or str(claims[name]) != vouched.get(name):
            raise _unauthorized(f"{name} is not what the authorizer saw")
    return claims


def _bearer_token(event: Mapping[str, Any]) -> str:
    scheme, _, token = str((event.get("headers") or {}).get("authorization", "")).partition(" ")
    if scheme.lower() != "bearer" or len(token) > _LARGEST_TOKEN:
        raise _unauthorized("no bearer token")
    return token


def _claims_of(token: str) -> Mapping[str, object]:
    try:
        _, payload, _ = token.split(".")
        padded = payload + "=" * (-len(payload) % 4)
        return parse_object(base64.urlsafe_b64decode(padded), limit=_LARGEST_TOKEN)
    except (ValueError, binascii.Error, MalformedJsonError) as error:
        raise _unauthorized("not a JWT") from error


def _unauthorized(detail: str) -> SettingsError:
    return SettingsError("token_invalid", detail, status=401, title="Sign in again.")


def _forbidden(code: str, title: str) -> SettingsError:
    return SettingsError(code, status=403, title=title)
