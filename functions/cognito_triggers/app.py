"""Cognito's triggers: one function, a table from trigger source to what answers it."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from authsso import services
from cognito_triggers.challenge import create_challenge, define_challenge, verify_answer
from cognito_triggers.token_generation import before_tokens

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from authsso.services import Services

type Event = dict[str, Any]

logger = Logger()

ANSWERS: "dict[str, Callable[[Services, Event], None]]" = {
    "DefineAuthChallenge_Authentication": define_challenge,
    "CreateAuthChallenge_Authentication": create_challenge,
    "VerifyAuthChallengeResponse_Authentication": verify_answer,
    "TokenGeneration_Authentication": before_tokens,
    "TokenGeneration_HostedAuth": before_tokens,
    "TokenGeneration_NewPasswordChallenge": before_tokens,
    "TokenGeneration_AuthenticateDevice": before_tokens,
    "TokenGeneration_RefreshTokens": before_tokens,
}


def create_handler(make_services: "Callable[[], Services]") -> Callable[[Event, Any], Event]:
    """Return a handler on services that are made on the first event and kept."""
    kept = functools.cache(make_services)

    def handler(event: Event, _context: "LambdaContext") -> Event:
        source = event["triggerSource"]
        ANSWERS[source](kept(), event)
        logger.info(source, client=event["callerContext"].get("clientId"))
        return event

    return handler


handler = create_handler(services.from_environment)
