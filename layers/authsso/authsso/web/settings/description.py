"""How the routes describe what they answer (OpenAPI 3.1)."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import content_types
from pydantic import BaseModel

from authsso.web.settings.problems import CONTENT_TYPE

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse


class MistakeAnswer(BaseModel):
    """One mistake in one field."""

    field: str
    code: str
    message: str
    fix: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    errors: list[MistakeAnswer]


def described(
    answer: "type[BaseModel]", *refusals: int, successes: tuple[int, ...] = (200,)
) -> "dict[int, OpenAPIResponse]":
    """Describe what a route answers: one model on success, problem details on each refusal."""
    success: OpenAPIResponse = {
        "description": "Done.",
        "content": {content_types.APPLICATION_JSON: {"model": answer}},
    }
    return dict.fromkeys(successes, success) | _refusals(refusals)


def described_empty(*refusals: int) -> "dict[int, OpenAPIResponse]":
    """Describe a route that answers nothing on success."""
    done: OpenAPIResponse = {"description": "Done."}
    return {204: done} | _refusals(refusals)


def _refusals(statuses: tuple[int, ...]) -> "dict[int, OpenAPIResponse]":
    return {status: refusal(status) for status in (*statuses, 429, 500, 503)}


def refusal(status: int) -> "OpenAPIResponse":
    """Describe one refusal."""
    return {
        "description": HTTPStatus(status).phrase,
        "content": {CONTENT_TYPE: {"model": Problem}},
    }
