"""grant_type=authorization_code: redeem our code, then have Cognito mint (RFC 6749, 4.1.3)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from authsso.errors import TokenError
from authsso.model import Application, AuthorizationCode
from authsso.protocol import authorization_code, minted_tokens
from authsso.protocol.custom_challenge import Ticket
from authsso.web.entrypoint import log_sign_in
from token_endpoint.evidence import record_administrator, record_tokens

if TYPE_CHECKING:
    from authsso.adapters.cognito_tokens import Tokens
    from authsso.services import Services


def redeem(
    services: "Services", application: Application, parameters: Mapping[str, str]
) -> "Tokens":
    """Return tokens for a code.

    A code that is tried with anything wrong is burned; a second use of a redeemed one ends every
    session of its user (design.md 6.8).

    Raises:
        TokenError: `invalid_grant`, `unauthorized_client`, or `server_error`.
        UnavailableError: A service failed; the code stays used.
    """
    if not application.allows_custom_authentication:
        raise TokenError(
            "custom_authentication_off",
            application.client_id,
            error="unauthorized_client",
            description="switch on ALLOW_CUSTOM_AUTH for this app client in Cognito",
        )
    wanted = authorization_code.redemption(parameters, application.client_id)
    ticket = services.new_token()
    code, redeemed = services.codes.redeem(wanted, ticket=ticket, now=services.now())
    if code is None or not redeemed:
        raise _refused(services, code, wanted)
    tokens = services.tokens.mint(application, code.username, Ticket(code.code_hash, ticket))
    if tokens is None:
        raise authorization_code.refused("cognito_refused", code.reference)
    minted_tokens.check(
        id_token=tokens.id_token,
        access_token=tokens.access_token,
        client_id=application.client_id,
        user_pool_id=services.config.user_pool_id,
        code=code,
    )
    record_administrator(services, code, tokens.access_token)
    record_tokens(services, code)
    log_sign_in("TokensIssued", code.reference, tenant=code.tenant_id, application=code.client_id)
    return tokens


def _refused(
    services: "Services",
    code: AuthorizationCode | None,
    wanted: authorization_code.Redemption,
) -> TokenError:
    reason = authorization_code.why_refused(code, wanted, services.now())
    if code is None:
        return authorization_code.refused(reason)
    if reason == "code_used_again":
        # Of many uses at once one wins (RFC 9700, 4.13 asks to revoke, not to prevent): what the
        # first has got by now is ended here, a mint that is still under way is not.
        services.tokens.sign_out_everywhere(code.username)
    else:
        services.codes.burn(code.code_hash)
    return authorization_code.refused(reason, code.reference)
