"""Is this an access token of our pool, still good and for UserInfo? (RFC 6750; RFC 7519, 7.2).

What Cognito itself knows beyond that, a revocation, cannot be asked of it by those who hold no
self-service scope: a token is taken until it expires, as API Gateway's own authorizer does.
"""

from dataclasses import dataclass

from authsso.errors import ProviderError, TokenError
from authsso.model import KeySet
from authsso.protocol import signature

_ALGORITHMS = ("RS256",)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token that holds.

    Args:
        client_id: The application that it was issued to.
        username: In the user pool.
        subject: `sub` of that user; a name may be given again, a subject never.
        scopes: `openid` is among them.
    """

    client_id: str
    username: str
    subject: str
    scopes: frozenset[str]


def presented(authorization: str) -> str:
    """Return the token of an Authorization header, the only place for it (RFC 6750, 2.1).

    Raises:
        TokenError: `invalid_request`: there is none.
    """
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TokenError(
            "bearer_token_missing",
            error="invalid_request",
            description="send the access token as Authorization: Bearer",
        )
    return token.strip()


def check(token: str, *, keys: KeySet, issuer: str, now: int) -> AccessToken:
    """Check a token and read what UserInfo needs of it.

    Args:
        token: As presented.
        keys: The pool's.
        issuer: The pool's, compared with `==`.
        now: Seconds since the epoch.

    Raises:
        UnknownKeyError: No key of the set goes by the token's name for it.
        TokenError: `invalid_token`.
    """
    try:
        claims = signature.verify(token, keys=keys, algorithms=_ALGORITHMS)
    except signature.UnknownKeyError:
        raise
    except ProviderError as error:
        raise refused(error.code) from error
    if claims.get("iss") != issuer:
        raise refused("iss")
    if claims.get("token_use") != "access":
        raise refused("token_use")
    expires_at = claims.get("exp")
    if type(expires_at) is not int or expires_at <= now:
        raise refused("exp")
    scopes = frozenset(_text(claims.get("scope"), "scope").split())
    if "openid" not in scopes:
        raise TokenError(
            "openid_scope_missing",
            error="invalid_token",
            description="the access token does not contain the scope openid",
            status=401,
        )
    return AccessToken(
        client_id=_text(claims.get("client_id"), "client_id"),
        username=_text(claims.get("username"), "username"),
        subject=_text(claims.get("sub"), "sub"),
        scopes=scopes,
    )


def refused(detail: str) -> TokenError:
    """Build the refusal that every token which is not good gets.

    Args:
        detail: For the log: what does not hold.
    """
    return TokenError(
        "access_token_invalid",
        detail,
        error="invalid_token",
        description="the access token is expired, malformed or of a user who may not sign in",
        status=401,
    )


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise refused(name)
    return value
