"""Which triggers of a pool we need, and what attaching and detaching make of its LambdaConfig.

Cognito has one function a trigger. A slot that somebody else's function holds is never taken.
"""

from collections.abc import Mapping
from typing import Any

type LambdaConfig = Mapping[str, Any]

# Trigger -> the version of its event; None: the slot holds the ARN alone.
SLOTS: Mapping[str, str | None] = {
    "PreAuthentication": None,
    "PreSignUp": None,
    "InboundFederation": "V1_0",
    "CustomMessage": None,
    "DefineAuthChallenge": None,
    "CreateAuthChallenge": None,
    "VerifyAuthChallengeResponse": None,
    "PreTokenGenerationConfig": "V2_0",
}
# The old name of the same slot; Cognito shows both, and holds them to the same function.
_OLD_NAME = "PreTokenGeneration"
_NEW_NAME = "PreTokenGenerationConfig"


def taken(config: LambdaConfig, function: str) -> dict[str, str]:
    """Return the slots that hold another function, with it.

    Args:
        config: Of the pool.
        function: Ours, as an ARN with its alias.
    """
    held = {name: held_by(config, name) for name in SLOTS}
    return {name: other for name, other in held.items() if other and other != function}


def attached(config: LambdaConfig, function: str) -> dict[str, Any]:
    """Return the configuration with our function in each of our slots; the rest as it is.

    Raises:
        ValueError: A slot is taken.
    """
    if taken(config, function):
        raise ValueError("a trigger is taken")
    ours = {
        name: {"LambdaArn": function, "LambdaVersion": version} if version else function
        for name, version in SLOTS.items()
    }
    return {name: value for name, value in config.items() if name != _OLD_NAME} | ours


def detached(config: LambdaConfig, function: str) -> dict[str, Any]:
    """Return the configuration without our function: only slots that were empty hold it."""
    ours = {name for name in SLOTS if held_by(config, name) == function}
    if _NEW_NAME in ours:
        ours.add(_OLD_NAME)
    return {name: value for name, value in config.items() if name not in ours}


def held_by(config: LambdaConfig, name: str) -> str:
    """Return the ARN in a slot, empty when there is none."""
    value = config.get(name)
    if value is None and name == _NEW_NAME:
        value = config.get(_OLD_NAME)
    arn = value.get("LambdaArn") if isinstance(value, Mapping) else value
    return str(arn or "")
