"""GET /settings/openapi.json: the API describes itself (OpenAPI 3.1)."""

import json
from functools import cache
from typing import Any

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

from authsso.config import Config
from authsso.web.settings import check_route, description
from authsso.web.settings.problems import CONTENT_TYPE
from authsso.web.settings.resolver import OPENAPI_PATH, SettingsResolver

_BEARER = "access_token"


def add_routes(app: SettingsResolver, config: Config) -> None:
    """Add the route to an app, after all others.

    Args:
        app: With every route that it answers itself.
        config: Of the deployment.
    """
    document = cache(lambda: _document(app, config))

    @app.get(OPENAPI_PATH, include_in_schema=False, enable_validation=False)
    def describe() -> Response[str]:
        return Response(
            status_code=200, content_type=content_types.APPLICATION_JSON, body=document()
        )


def _document(app: SettingsResolver, config: Config) -> str:
    document = _described(app)
    # Another function answers this one; callers need not know.
    check = SettingsResolver(config)
    check_route.add_to(check, answer=None)
    described = _described(check)
    document["paths"] |= described["paths"]
    document["components"]["schemas"] |= described["components"]["schemas"]
    _correct(document)
    return json.dumps(document)


def _described(app: SettingsResolver) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(
        app.get_openapi_json_schema(
            title="authsso settings",
            version="1.0.0",
            description="Single sign-on settings of the caller's tenant.",
            security_schemes={_BEARER: HTTPBearer(description="The user pool's access token.")},
            security=[{_BEARER: []}],
        )
    )
    return document


def _correct(document: dict[str, Any]) -> None:
    """Describe what is answered where Powertools describes what it would answer by itself.

    Mistakes in shape are problems with status 400 here, not its 422; a fault is a problem too;
    and 204 has no content.
    """
    fault = description.refusal(500)
    problem = {"schema": {"$ref": f"#/components/schemas/{description.Problem.__name__}"}}
    for operations in document["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            responses.pop("422", None)
            responses["500"] = fault | {"content": {CONTENT_TYPE: problem}}
            responses.get("204", {}).pop("content", None)
    for name in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        document["components"]["schemas"].pop(name, None)
