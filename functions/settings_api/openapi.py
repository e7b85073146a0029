"""GET /settings/openapi.json: the API describes itself (OpenAPI 3.1)."""

import json
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

from settings_api.answer_models import Problem
from settings_api.problems import CONTENT_TYPE
from settings_api.resolver import OPENAPI_PATH, SettingsResolver

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse
    from pydantic import BaseModel

_BEARER = "access_token"


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
    return {status: _refusal(status) for status in (*statuses, 500, 503)}


def _refusal(status: int) -> "OpenAPIResponse":
    return {
        "description": HTTPStatus(status).phrase,
        "content": {CONTENT_TYPE: {"model": Problem}},
    }


def add_routes(app: SettingsResolver) -> None:
    """Add the route to an app, after all others."""
    document = cache(lambda: _document(app))

    @app.get(OPENAPI_PATH, include_in_schema=False, enable_validation=False)
    def describe() -> Response[str]:
        return Response(
            status_code=200, content_type=content_types.APPLICATION_JSON, body=document()
        )


def _document(app: SettingsResolver) -> str:
    document = json.loads(
        app.get_openapi_json_schema(
            title="authsso settings",
            version="1.0.0",
            description="Single sign-on settings of the caller's tenant.",
            security_schemes={_BEARER: HTTPBearer(description="The user pool's access token.")},
            security=[{_BEARER: []}],
        )
    )
    _correct(document)
    return json.dumps(document)


def _correct(document: dict[str, Any]) -> None:
    """Describe what is answered where Powertools describes what it would answer by itself.

    Mistakes in shape are problems with status 400 here, not its 422; a fault is a problem too;
    and 204 has no content.
    """
    fault = _refusal(500)
    problem = {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}
    for operations in document["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            responses.pop("422", None)
            responses["500"] = fault | {"content": {CONTENT_TYPE: problem}}
            responses.get("204", {}).pop("content", None)
    for name in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        document["components"]["schemas"].pop(name, None)
