"""What a redeemed code shows: the application has its tokens, and maybe an administrator came in.

Best effort all of it: the person is signed in all the same.
"""

from typing import TYPE_CHECKING

from authsso.adapters.evidence_table import AdministratorSignIn
from authsso.errors import UnavailableError
from authsso.model import AuthorizationCode
from authsso.protocol import minted_tokens
from authsso.web.entrypoint import log_refusal

if TYPE_CHECKING:
    from authsso.services import Services


def record_administrator(services: "Services", code: AuthorizationCode, access_token: str) -> None:
    """Keep which version of the connection let an administrator in (design.md 5)."""
    if not minted_tokens.is_administrators(access_token):
        return
    sign_in = AdministratorSignIn(version=code.version, username=code.username, at=services.now())
    try:
        services.evidence.record_administrator(code.connection_id, sign_in)
    except UnavailableError as error:
        log_refusal(error)


def record_tokens(services: "Services", code: AuthorizationCode) -> None:
    """Let the trace of the sign-in tell that the application has fetched its tokens."""
    try:
        services.traces.record_tokens(code.tenant_id, code.reference, services.milliseconds())
    except UnavailableError as error:
        log_refusal(error)
