"""What Cognito's tokens say beyond what Cognito puts there (pre token generation, V2)."""

from collections.abc import Sequence
from dataclasses import dataclass

TENANT_CLAIM = "custom:tenant_id"
_SELF_SERVICE = "aws.cognito.signin.user.admin"


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """Claims for both tokens, and how the access token's scopes change."""

    claims: dict[str, str]
    scopes_to_add: tuple[str, ...]
    scopes_to_suppress: tuple[str, ...]


def decide(
    *, tenant_id: str | None, scopes: Sequence[str], allowed: Sequence[str], hosted: bool
) -> TokenClaims:
    """Decide what is added to the tokens of one person (design.md 6b).

    Tokens minted through Cognito's API carry the self-service scope alone; the application
    client's allowed scopes are put in its place. Tokens of Cognito's own pages keep the scopes
    that were asked for there, when they are refreshed, too.

    Args:
        tenant_id: The user's `custom:tenant_id`, None when there is none.
        scopes: Those that Cognito would put into the access token.
        allowed: The application client's allowed OAuth scopes.
        hosted: The person signed in on Cognito's own pages.
    """
    claims = {TENANT_CLAIM: tenant_id} if tenant_id else {}
    if hosted:
        return TokenClaims(claims, (), ())
    of_the_api = set(scopes) <= {_SELF_SERVICE}
    missing = tuple(scope for scope in allowed if of_the_api and scope not in scopes)
    suppressed = () if _SELF_SERVICE in allowed else (_SELF_SERVICE,)
    return TokenClaims(claims, missing, suppressed)
