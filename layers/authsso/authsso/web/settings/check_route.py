"""The shape of POST /settings/sso/connections/{provider}/check, which check_connection answers."""

from collections.abc import Callable
from typing import Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from authsso.model import ProviderKind
from authsso.web.settings.check_answer import CheckAnswer
from authsso.web.settings.description import described
from authsso.web.settings.request_models import ConnectionSettings
from authsso.web.settings.resolver import SettingsResolver

type Check = Callable[[ProviderKind, ConnectionSettings | None], CheckAnswer]

_Provider = Annotated[ProviderKind, Path(description="Provider kind.")]
_Settings = Annotated[ConnectionSettings | None, Body(description="As PUT takes it; or none.")]
_REFUSALS = (400, 401, 403, 404, 409, 413, 415)


def add_to(app: SettingsResolver, *, answer: Check | None) -> None:
    """Add the route to an app.

    Args:
        app: Of check_connection, or one that is only described.
        answer: Runs the check; None where the route is described and never called.
    """

    @app.post(
        "/settings/sso/connections/<provider>/check",
        responses=described(CheckAnswer, *_REFUSALS),
        tags=["connections"],
    )
    def check(provider: _Provider, settings: _Settings = None) -> Response[CheckAnswer]:
        """Try out what is typed or saved, without anybody signing in."""
        if answer is None:
            raise AssertionError("described, not answered, here")
        return Response(
            status_code=200,
            content_type=content_types.APPLICATION_JSON,
            body=answer(provider, settings),
        )
