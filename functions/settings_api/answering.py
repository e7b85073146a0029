"""Answers of the routes: JSON with its ETag, or nothing."""

from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import Response, content_types

if TYPE_CHECKING:
    from pydantic import BaseModel

    from settings_api.answer_models import ConnectionAnswer, EmergencyAccessAnswer

ETAG_OF_CONNECTION = "ETag of the connection as it was loaded."


def shown[Answer: BaseModel](body: Answer, status: int = 200) -> Response[Answer]:
    """Answer with a body."""
    return Response(status_code=status, content_type=content_types.APPLICATION_JSON, body=body)


def with_etag[Answer: ConnectionAnswer | EmergencyAccessAnswer](body: Answer) -> Response[Answer]:
    """Answer with a body and its ETag, once there is one."""
    answer = shown(body)
    if body.etag is not None:
        answer.headers["ETag"] = body.etag
    return answer


def nothing_left() -> Response[None]:
    """Answer that something is gone."""
    return Response(status_code=204, body=None)
