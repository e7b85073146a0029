"""Answers for browsers: which error shows our page, and which goes back to the application."""

from collections.abc import Iterator
from contextlib import contextmanager

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.shared.cookies import Cookie

from authsso.errors import (
    AuthssoError,
    DisplayedError,
    ProviderError,
    RedirectedError,
    UnavailableError,
)
from authsso.model import AuthorizationRequest
from authsso.web import answers, pages
from authsso.web.entrypoint import log_fault, log_refusal, reference_of
from authsso.web.parameters import MalformedRequestError


def browser_app(support_url: str) -> APIGatewayHttpResolver:
    """Return a resolver that answers every error of ours as a browser needs it.

    Args:
        support_url: The way to help on error pages, or empty.
    """
    app = APIGatewayHttpResolver()

    def show(status: int, code: str) -> Response[str]:
        reference = reference_of(app.current_event.raw_event)
        return pages.error_page(status, code, reference, support_url, _left_over(app))

    @app.exception_handler(DisplayedError)
    def to_the_person(error: DisplayedError) -> Response[str]:
        log_refusal(error)
        return show(error.status, error.code)

    @app.exception_handler(RedirectedError)
    def to_the_application(error: RedirectedError) -> Response[str]:
        log_refusal(error)
        answer = {
            "error": error.error,
            "error_description": error.description,
            "state": error.state,
        }
        location = answers.to_application(error.redirect_uri, answer)
        return answers.redirect(location, _left_over(app))

    @app.exception_handler(MalformedRequestError)
    def malformed(error: MalformedRequestError) -> Response[str]:
        log_refusal(AuthssoError("malformed_request", str(error)))
        return show(400, "malformed_request")

    @app.exception_handler(UnavailableError)
    def unavailable(error: UnavailableError) -> Response[str]:
        log_refusal(error)
        return show(503, error.code)

    @app.not_found
    def no_such_page(_: NotFoundError) -> Response[str]:
        return show(404, "no_such_page")

    @app.exception_handler(Exception)
    def ours(error: Exception) -> Response[str]:
        log_fault(error)
        return show(500, "server_error")

    return app


def forget_if_it_fails(app: APIGatewayHttpResolver, cookie: Cookie) -> None:
    """Let every refusal of this request remove a cookie that is worth nothing any more (H19).

    Args:
        app: That answers this request.
        cookie: Removes it.
    """
    app.context["left_over"] = [cookie]


def _left_over(app: APIGatewayHttpResolver) -> list[Cookie]:
    return list(app.context.get("left_over", ()))


@contextmanager
def telling(request: AuthorizationRequest) -> Iterator[None]:
    """Let the application hear of what fails from here on: its redirect URI is proven.

    The provider's failures are `invalid_request`, as Cognito says them; ours are `server_error`.
    """
    try:
        yield
    except ProviderError as error:
        if error.code == "provider_paused":
            raise _redirected(
                request,
                error,
                "temporarily_unavailable",
                "the organisation's sign-in service does not answer; try again in a minute",
            ) from error
        raise _redirected(
            request, error, "invalid_request", "the organisation's sign-in service failed"
        ) from error
    except UnavailableError as error:
        raise _redirected(
            request, error, "server_error", "the service is unavailable; try again"
        ) from error


def _redirected(
    request: AuthorizationRequest, cause: AuthssoError, error: str, description: str
) -> RedirectedError:
    return RedirectedError(
        cause.code,
        cause.detail,
        error=error,
        description=f"{description} ({cause.code})",
        redirect_uri=request.redirect_uri,
        state=request.state,
    )
