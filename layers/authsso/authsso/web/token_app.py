"""Answers for callers of the token endpoint and UserInfo: JSON whatever happens (RFC 6749, 5.2)."""

from collections.abc import Callable

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError

from authsso.errors import AuthssoError, TokenError, UnavailableError
from authsso.web import answers
from authsso.web.entrypoint import log_fault, log_refusal
from authsso.web.parameters import MalformedRequestError

_UNAUTHORIZED = 401


def basic_challenge(error: TokenError) -> str:
    """Return how an application is to prove itself, once it has failed to (RFC 6749, 5.2)."""
    return 'Basic realm="authsso"' if error.status == _UNAUTHORIZED else ""


def bearer_challenge(error: TokenError) -> str:
    """Return what is wrong with an access token, in the header for it (RFC 6750, 3)."""
    return f'Bearer error="{error.error}", error_description="{error.description}"'


def token_app(
    challenge: Callable[[TokenError], str] = basic_challenge,
) -> APIGatewayHttpResolver:
    """Return a resolver that answers every error of ours in JSON.

    Args:
        challenge: Gives `WWW-Authenticate` for an error, empty for none.
    """
    app = APIGatewayHttpResolver()

    @app.exception_handler(TokenError)
    def refused(error: TokenError) -> Response[str]:
        log_refusal(error)
        wanted = challenge(error)
        headers = {"WWW-Authenticate": wanted} if wanted else {}
        headers |= answers.retry_after(error)
        return _error(error.status, error.error, error.description, headers)

    @app.exception_handler(MalformedRequestError)
    def malformed(error: MalformedRequestError) -> Response[str]:
        log_refusal(AuthssoError("malformed_request", str(error)))
        return _error(400, "invalid_request", str(error))

    @app.exception_handler(UnavailableError)
    def unavailable(error: UnavailableError) -> Response[str]:
        log_refusal(error)
        return _error(503, "server_error", "unavailable; try again", {"Retry-After": "2"})

    @app.not_found
    def no_such_page(_: NotFoundError) -> Response[str]:
        return _error(404, "invalid_request", "there is nothing at this address")

    @app.exception_handler(Exception)
    def ours(error: Exception) -> Response[str]:
        log_fault(error)
        return _error(500, "server_error", "an unexpected fault; it has been recorded")

    return app


def _error(
    status: int, error: str, description: str, headers: dict[str, str] | None = None
) -> Response[str]:
    body = {"error": error, "error_description": description}
    return answers.json_answer(status, body, headers)
