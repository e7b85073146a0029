"""From Lambda event to answer: binding an app to the real services, and one log line a refusal."""

import functools
import hashlib
import json
from base64 import b32encode
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging import correlation_paths

from authsso import services
from authsso.adapters.deadline import within
from authsso.errors import AuthssoError
from authsso.web.counting import count

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from authsso.services import Services

# Of Lambda's own time, for the answer.
RESERVED_SECONDS = 2.0

logger = Logger()

type Handler = Callable[[dict[str, Any], "LambdaContext"], Any]


def lambda_handler(create_app: "Callable[[Services], APIGatewayHttpResolver]") -> Handler:
    """Bind an app to the real services, built on the first request and kept."""
    app = functools.cache(lambda: create_app(services.from_environment()))

    @logger.inject_lambda_context(
        correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True
    )
    def handler(event: dict[str, Any], context: "LambdaContext") -> Any:  # noqa: ANN401
        logger.append_keys(reference=reference_of(event), route=event.get("routeKey"))
        with within(context.get_remaining_time_in_millis() / 1000 - RESERVED_SECONDS):
            return app().resolve(event, context)

    return handler


def reference_of(event: Mapping[str, Any]) -> str:
    """Return the short reference of a request: eight letters and digits from its request id.

    People read it to support; it finds the log line, and the sign-in that this request began.
    """
    request_id = json.dumps(event.get("requestContext", {}).get("requestId", ""))
    return b32encode(hashlib.sha256(request_id.encode()).digest()).decode()[:8]


def log_refusal(error: AuthssoError) -> None:
    """Write the one log line of a refusal, and count it."""
    logger.warning(error.code, detail=error.detail, kind=type(error).__name__)
    count("Refused", code=error.code)


def carry_anew(**facts: object) -> None:
    """Forget what the lines of the event before carried, and begin with these facts."""
    logger.clear_state()
    logger.append_keys(**facts)


def carry(**facts: object) -> None:
    """Put facts on every later log line of this request.

    Args:
        facts: Codes and numbers; never a token, code, secret or a provider's text.
    """
    logger.append_keys(**facts)


def log_fault(error: Exception) -> None:
    """Write the one log line of a fault of ours, with its trace, and count it."""
    logger.error("server_error", exc_info=error)
    count("Faults")


def log_sign_in(
    step: Literal["SentToProvider", "SignedIn", "TokensIssued"], reference: str, **facts: str
) -> None:
    """Write the one log line of a completed step of a sign-in, and count it.

    Args:
        step: What is done.
        reference: Of the sign-in.
        facts: Tenant, connection and the like; never a token, code, secret or address.
    """
    logger.info(step, extra={"sign_in": reference, **facts})
    count(step)
