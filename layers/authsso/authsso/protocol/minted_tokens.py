"""Do Cognito's fresh tokens say what they must? Looked at before anybody receives them.

Not a signature check: the tokens came from Cognito's API over TLS a moment ago. It guards against
tokens of another person, application, tenant or pool (security case E45).
"""

import base64
import binascii
import json

from authsso.errors import TokenError
from authsso.model import AuthorizationCode, Claims
from authsso.protocol.mapping_rules import ADMINISTRATORS_GROUP
from authsso.protocol.token_claims import TENANT_CLAIM


def check(
    *,
    id_token: str,
    access_token: str,
    client_id: str,
    user_pool_id: str,
    code: AuthorizationCode,
) -> None:
    """Compare both tokens with the code that they were minted for.

    Args:
        id_token: As Cognito answered.
        access_token: As Cognito answered.
        client_id: The application's.
        user_pool_id: The pool's; the issuer ends in it.
        code: Names the user and the tenant.

    Raises:
        TokenError: `server_error`; nothing must be handed out.
    """
    of_identity, of_access = _payload(id_token), _payload(access_token)
    expected = (
        of_identity.get("aud") == client_id
        and of_access.get("client_id") == client_id
        and of_identity.get("cognito:username") == code.username
        and of_access.get("username") == code.username
        and all(
            str(token.get("iss", "")).endswith(f"/{user_pool_id}")
            and token.get(TENANT_CLAIM) == code.tenant_id
            for token in (of_identity, of_access)
        )
    )
    if not expected:
        raise TokenError(
            "tokens_differ",
            code.reference,
            error="server_error",
            description="the tokens were not what was asked for; nothing was handed out",
            status=500,
        )


def is_administrators(access_token: str) -> bool:
    """Tell whether the token says that its person is an administrator."""
    groups = _payload(access_token).get("cognito:groups")
    return isinstance(groups, list) and ADMINISTRATORS_GROUP in groups


def _payload(token: str) -> Claims:
    try:
        part = token.split(".")[1]
        payload = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, binascii.Error, ValueError):
        return {}
    return payload if isinstance(payload, dict) else {}
