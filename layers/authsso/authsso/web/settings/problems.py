"""Refusals as problem details (RFC 9457): one shape for every error of the settings API."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from authsso.errors import FieldError, SettingsError, UnavailableError
from authsso.web import answers
from authsso.web.entrypoint import log_fault, log_refusal, reference_of
from authsso.web.settings import first_save, shape_mistakes

CONTENT_TYPE = "application/problem+json"
_UNAUTHORIZED = 401
_UNAVAILABLE = {"dns_unavailable": "DNS gave no answer; try again in a minute."}


def answer_errors(app: APIGatewayHttpResolver) -> None:
    """Teach an app how each error is answered."""

    @app.exception_handler(SettingsError)
    def to_the_administrator(error: SettingsError) -> Response[str]:
        return refused(error)

    @app.exception_handler(RequestValidationError)
    def of_wrong_shape(error: RequestValidationError) -> Response[str]:
        more = first_save.missing_secret(app.current_event)
        return refused(shape_mistakes.as_settings_error(error.errors(), more))

    @app.exception_handler(UnavailableError)
    def unavailable(error: UnavailableError) -> Response[str]:
        log_refusal(error)
        title = _UNAVAILABLE.get(error.code, "The service is unavailable; try again in a minute.")
        return problem(503, error.code, title)

    @app.not_found
    def no_such_route(_: NotFoundError) -> Response[str]:
        return problem(404, "not_found", "There is nothing at this address.")

    @app.exception_handler(Exception)
    def ours(error: Exception) -> Response[str]:
        log_fault(error)
        reference = reference_of(app.current_event.raw_event)
        detail = f"Nothing is known to have changed. Tell support the reference {reference}."
        return problem(500, "server_error", "Something went wrong on our side.", detail=detail)


def refused(error: SettingsError) -> Response[str]:
    """Answer a refusal, and log it once."""
    log_refusal(error)
    answer = problem(error.status, error.code, error.title, fields=error.fields)
    answer.headers |= answers.retry_after(error)
    return answer


def problem(
    status: int,
    code: str,
    title: str,
    *,
    detail: str | None = None,
    fields: Iterable[FieldError] = (),
) -> Response[str]:
    """Build problem details.

    Args:
        status: HTTP status.
        code: Stable; docs/errors.md.
        title: One sentence for the administrator.
        detail: One more, about this occurrence.
        fields: The mistakes, each with the field and the fix.
    """
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code,
        **({"detail": detail} if detail else {}),
        "errors": [asdict(mistake) for mistake in fields],
    }
    # RFC 6750, 3.1: a token that is not taken is `invalid_token`.
    challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
    return Response(
        status_code=status,
        content_type=CONTENT_TYPE,
        headers=challenge if status == _UNAUTHORIZED else {},
        body=json.dumps(body, ensure_ascii=False),
    )
