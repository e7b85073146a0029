"""Cognito's triggers: one function, a table from trigger source to what answers it."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import authsso.adapters.aws  # noqa: F401 - into SnapStart's snapshot, not after each restore
from authsso import services
from authsso.errors import AuthssoError, TriggerRefusedError
from authsso.web.counting import count
from authsso.web.entrypoint import carry_anew, log_fault, log_refusal, logger
from cognito_triggers.before_reset import before_reset
from cognito_triggers.before_sign_in import before_sign_in
from cognito_triggers.before_sign_up import before_sign_up
from cognito_triggers.challenge import create_challenge, define_challenge, verify_answer
from cognito_triggers.external_sign_up import before_external_sign_up
from cognito_triggers.federated_sign_in import before_profile
from cognito_triggers.token_generation import before_tokens

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from authsso.services import Services

type Event = dict[str, Any]


def let_pass(_: "Services", __: Event) -> None:
    """Change nothing: Cognito goes on as it would without us."""


ANSWERS: "dict[str, Callable[[Services, Event], None]]" = {
    "PreAuthentication_Authentication": before_sign_in,
    "PreSignUp_SignUp": before_sign_up,
    "PreSignUp_AdminCreateUser": let_pass,
    "CustomMessage_ForgotPassword": before_reset,
    "CustomMessage_SignUp": let_pass,
    "CustomMessage_AdminCreateUser": let_pass,
    "CustomMessage_ResendCode": let_pass,
    "CustomMessage_UpdateUserAttribute": let_pass,
    "CustomMessage_VerifyUserAttribute": let_pass,
    "CustomMessage_Authentication": let_pass,
    "DefineAuthChallenge_Authentication": define_challenge,
    "CreateAuthChallenge_Authentication": create_challenge,
    "VerifyAuthChallengeResponse_Authentication": verify_answer,
    "InboundFederation_ExternalProvider": before_profile,
    "PreSignUp_ExternalProvider": before_external_sign_up,
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
        carry_anew(trigger=source, client=event["callerContext"].get("clientId"))
        try:
            ANSWERS[source](kept(), event)
        except AuthssoError as refused:
            log_refusal(refused)
            if isinstance(refused, TriggerRefusedError):
                count("RefusedByTrigger")
            raise
        except Exception as error:
            log_fault(error)
            raise
        logger.info(source)
        return event

    return handler


handler = create_handler(services.from_environment)
