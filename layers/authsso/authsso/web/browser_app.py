"""Answers for browsers: which error shows our page, and which goes back to the application."""

from collections.abc import Iterator
from contextlib import contextmanager

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.shared.cookies import Cookie

from authsso.config import Config
from authsso.errors import (
    AuthssoError,
    DisplayedError,
    ProviderError,
    RedirectedError,
    UnavailableError,
)
from authsso.model import AuthorizationRequest, SignIn
from authsso.protocol import initiated_login
from authsso.web import answers, pages
from authsso.web.brand import Brand
from authsso.web.entrypoint import carry, log_fault, log_refusal, reference_of
from authsso.web.error_description import description
from authsso.web.error_texts import text_of
from authsso.web.language import texts_of
from authsso.web.pages import ErrorPage, Paper
from authsso.web.parameters import MalformedRequestError, query

# What passes by itself; the same address then gives another answer. At the callback it does not:
# what the provider sent works once.
_PASSING = ("aws_unavailable", "server_error", "too_many_attempts")
_WORKS_ONCE = "/oauth2/idpresponse"


def browser_app(config: Config) -> APIGatewayHttpResolver:
    """Return a resolver that answers every error of ours as a browser needs it.

    Args:
        config: Of the deployment: how its pages look, and where people find help.
    """
    app = APIGatewayHttpResolver()

    def show(status: int, code: str, finding: str | None = None) -> Response[str]:
        paper = paper_of(app, config)
        page = ErrorPage(
            text_of(code, paper.texts, finding),
            code,
            _reference(app),
            config.support_url,
            _again_url(app, code),
            initiated_login.start_url(config.application_start_urls, _client_id(app)),
        )
        return pages.error_page(paper, status, page, _left_over(app))

    @app.exception_handler(DisplayedError)
    def to_the_person(error: DisplayedError) -> Response[str]:
        log_refusal(error)
        answer = show(error.status, error.code, error.finding)
        answer.headers |= answers.retry_after(error)
        return answer

    @app.exception_handler(RedirectedError)
    def to_the_application(error: RedirectedError) -> Response[str]:
        log_refusal(error)
        answer = {
            "error": error.error,
            "error_description": description(error, _reference(app)),
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
        return show(503, error.code, error.finding)

    @app.not_found
    def no_such_page(_: NotFoundError) -> Response[str]:
        return show(404, "no_such_page")

    @app.exception_handler(Exception)
    def ours(error: Exception) -> Response[str]:
        log_fault(error)
        return show(500, "server_error")

    return app


def paper_of(app: APIGatewayHttpResolver, config: Config, language: str | None = None) -> Paper:
    """Return what an answer to this request is written on.

    Args:
        app: That answers this request.
        config: Of the deployment.
        language: That the person wants, when the request cannot say it.
    """
    said = language or app.context.get("language")
    return Paper(Brand.of(config), texts_of(app.current_event.raw_event, said))


def belongs_to(app: APIGatewayHttpResolver, started: SignIn) -> None:
    """Let every refusal of this request speak for the sign-in that it belongs to.

    It then carries that sign-in's reference, in the language that the application chose, and
    leads back to that application.

    Args:
        app: That answers this request.
        started: The sign-in, once it has been taken.
    """
    app.context.update(
        reference=started.reference,
        language=started.request.lang,
        client_id=started.request.client_id,
    )
    carry(sign_in=started.reference, tenant=started.tenant_id, connection=started.connection_id)


def forget_if_it_fails(app: APIGatewayHttpResolver, cookie: Cookie) -> None:
    """Let every refusal of this request remove a cookie that is worth nothing any more (H19).

    Args:
        app: That answers this request.
        cookie: Removes it.
    """
    app.context["left_over"] = [cookie]


def _left_over(app: APIGatewayHttpResolver) -> list[Cookie]:
    return list(app.context.get("left_over", ()))


def _reference(app: APIGatewayHttpResolver) -> str:
    return app.context.get("reference") or reference_of(app.current_event.raw_event)


def _again_url(app: APIGatewayHttpResolver, code: str) -> str | None:
    is_callback = app.current_event.path.startswith(_WORKS_ONCE)
    return "" if code in _PASSING and not is_callback else None


def _client_id(app: APIGatewayHttpResolver) -> str:
    """Return which application this is about, for a look into our own configuration alone."""
    known: str | None = app.context.get("client_id")
    if known is not None:
        return known
    try:
        return query(app.current_event.raw_event).get("client_id", "")
    except MalformedRequestError:
        return ""


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
            request,
            error,
            "invalid_request",
            "the organisation's sign-in service failed. Tell your IT administrator, and give the "
            "reference.",
        ) from error
    except UnavailableError as error:
        raise _redirected(
            request,
            error,
            "server_error",
            "the service is unavailable. Wait a minute, then sign in again.",
        ) from error


def _redirected(
    request: AuthorizationRequest, cause: AuthssoError, error: str, description: str
) -> RedirectedError:
    told = RedirectedError(
        cause.code,
        cause.detail,
        error=error,
        description=description,
        redirect_uri=request.redirect_uri,
        state=request.state,
    )
    told.finding = cause.finding
    return told
