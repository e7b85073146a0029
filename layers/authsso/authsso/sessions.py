"""A single sign-on begins a session; the first one since enforcement began ends all others.

Both redirect URIs end here: ours in functions/idpresponse, Cognito's in functions/cognito_triggers.
"""

from typing import TYPE_CHECKING

from authsso.protocol import enforcement

if TYPE_CHECKING:
    from authsso.adapters.cognito_tokens import CognitoTokens
    from authsso.services import Services


def begin_sso(
    services: "Services", tokens: "CognitoTokens", username: str, enforced_since: int | None
) -> None:
    """Sign a person out everywhere else if that is due, and keep that it was done.

    Costs nothing where nothing is enforced, and one read where it has been done.

    Args:
        services: For the marks.
        tokens: Of the pool.
        username: Who has just come through single sign-on.
        enforced_since: When enforcement began; None while nothing is enforced.

    Raises:
        UnavailableError: Cognito or the table failed; the person is not signed in.
    """
    if enforced_since is None or enforcement.is_settled(
        services.identities.sso_since(username), enforced_since
    ):
        return
    now = services.now()
    tokens.sign_out_everywhere(username)
    services.identities.record_sso(username, now)
