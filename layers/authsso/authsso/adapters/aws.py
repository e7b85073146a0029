"""How AWS is called: kept clients, bounded time, few retries, and errors that are ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from authsso.adapters import deadline
from authsso.errors import UnavailableError

CONNECT_SECONDS = 1.0
READ_SECONDS = 3.0
# Cognito's calls wait for its triggers, five seconds each at the worst; and a challenge that is
# answered twice is refused, so patience serves better there than another attempt.
PATIENCE_SECONDS = {"cognito-idp": 10.0}
_ATTEMPTS = {"cognito-idp": 2}


class DeadlinePassedError(BotoCoreError):
    """The request has too little time left; the call was not made."""

    fmt = "too little is left of the request's time"


def client(service: str) -> Any:  # noqa: ANN401 - boto3 makes the class at run time
    """Build a low-level client; callers keep it for the life of the function."""
    patience = PATIENCE_SECONDS.get(service, READ_SECONDS)
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=patience,
        retries={"mode": "standard", "total_max_attempts": _ATTEMPTS.get(service, 3)},
        tcp_keepalive=True,
    )
    made = boto3.session.Session().client(service, config=config)  # type: ignore[call-overload]
    made.meta.events.register("before-send", partial(_in_time, CONNECT_SECONDS + patience))
    return made


def _in_time(seconds: float, **_: object) -> None:
    """Stop before an attempt, first or not, that could outlast the function."""
    if not deadline.has_left(seconds):
        raise DeadlinePassedError


def error_code(error: ClientError) -> str:
    """Return the code of a service's error answer."""
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def calling(what: str, *answers: str) -> Iterator[None]:
    """Turn what AWS raises into UnavailableError, but for the error codes that are answers.

    Args:
        what: The call, for the log: `sign-in table: take`.
        answers: Codes that the caller handles itself.
    """
    try:
        yield
    except ClientError as error:
        if error_code(error) in answers:
            raise
        raise UnavailableError("aws_unavailable", f"{what}: {error_code(error)}") from error
    except BotoCoreError as error:
        raise UnavailableError("aws_unavailable", f"{what}: {type(error).__name__}") from error
