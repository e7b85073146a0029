"""What every call of the settings API goes through before and after its route."""

import json
from collections.abc import Mapping
from typing import Any, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from authsso.config import Config
from authsso.errors import SettingsError
from authsso.web import administrator, answers
from authsso.web.administrator import Administrator
from authsso.web.settings import json_body, problems

OPENAPI_PATH = "/settings/openapi.json"


class SettingsResolver(APIGatewayHttpResolver):
    """Powertools' resolver, which lets administrators in and nobody else.

    Powertools judges a body's shape before any middleware runs. Who calls is asked before that,
    so that a stranger learns nothing from it.

    Args:
        config: Of the deployment.
    """

    def __init__(self, config: Config) -> None:
        super().__init__(
            enable_validation=True,
            response_validation_error_http_code=500,
            json_body_deserializer=json_body.parse,
        )
        self._config = config

    @property
    def administrator(self) -> Administrator:
        """Who makes the call that is under way."""
        return cast("Administrator", self.context["administrator"])

    @property
    def source_ip(self) -> str:
        """Where the call comes from, as API Gateway saw it."""
        return str(self.current_event["requestContext"]["http"].get("sourceIp", ""))

    def resolve(self, event: Mapping[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Answer one event of an HTTP API (payload format 2.0)."""
        try:
            self._admit(event)
        except SettingsError as error:
            answer = _as_event_answer(problems.refused(error))
        else:
            answer = super().resolve(event, context)
        answer["headers"] = {**answers.HEADERS, **answer.get("headers", {})}
        answer["body"] = answer.get("body") or ""
        return answer

    def _admit(self, event: Mapping[str, Any]) -> None:
        if event.get("rawPath") == OPENAPI_PATH:  # says nothing about anybody
            return
        caller = administrator.identify(event, client_ids=self._config.settings_client_ids)
        json_body.check(event)
        self.context["administrator"] = caller


def _as_event_answer(response: Response[str]) -> dict[str, Any]:
    return {
        "statusCode": response.status_code,
        "headers": dict(response.headers),
        "body": response.body or json.dumps({}),
        "isBase64Encoded": False,
    }
