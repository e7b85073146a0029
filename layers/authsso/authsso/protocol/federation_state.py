"""What is said of a connection at the Cognito domain: a state, and a sentence for its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

type State = Literal["off", "on", "working", "unavailable"]

_PATIENCE_SECONDS = 15 * 60

# By cognito_provider.Obstacle, PoolRefusedError.code, and what else may have come of it.
_SENTENCES: Mapping[str, tuple[State, str]] = {
    "offered": ("on", "Applications that still use the Cognito domain offer this connection."),
    "begun": ("working", "Being set up; ready in a moment."),
    "busy": ("working", "Cognito is busy; the change is tried again by itself."),
    "imported": ("off", "The user pool's own provider serves the Cognito domain, as before."),
    "not_offered": ("off", "No application here still uses the Cognito domain."),
    "own_callback": ("off", "This kind of provider answers at a redirect URI of its own only."),
    "not_enabled": ("off", "Used once the connection is on; register it now all the same."),
    "not_enforced": ("off", "Another connection is enforced; people sign in through that one."),
}
_UNAVAILABLE = "The Cognito domain is not available for this connection: "
_CAUSES: Mapping[str, str] = {
    "not_pinned": "the provider's addresses are not those that are known for this kind.",
    "late": "Cognito has not taken the last change yet. It is tried again once a day.",
    "limit": "the user pool holds as many providers as Cognito allows.",
    "duplicate": "one of your e-mail domains already leads to another provider there.",
    "refused": "Cognito could not use the provider's addresses.",
    "secret": "its client secret has to be entered again.",
}


@dataclass(frozen=True, slots=True)
class FederationState:
    """How a connection stands at the Cognito domain.

    Args:
        state: `on`: it is offered there.
        message: One sentence for the administrator.
        at: When it was found so.
    """

    state: State
    message: str
    at: int


def state_of(reason: str, *, at: int) -> FederationState:
    """Put a reason into words."""
    if cause := _CAUSES.get(reason):
        return FederationState("unavailable", f"{_UNAVAILABLE}{cause}", at)
    state, message = _SENTENCES[reason]
    return FederationState(state, message, at)


_FORMERLY = "The connection is not enabled."  # what was stored for `not_enabled` once


def shown(
    found: FederationState | None, *, now: int, is_offered: bool, on_since: int | None
) -> FederationState:
    """Return what the page shows: nobody is left with "working" for ever.

    What is stored follows a toggle by some seconds, since it is written by who changes the pool.

    Args:
        found: As stored, None while nothing is known.
        now: The time.
        is_offered: At least one application still uses the Cognito domain.
        on_since: When the connection was last written; None while it is off.
    """
    if found is None and not is_offered:
        return state_of("not_offered", at=now)
    if on_since is None:
        return found if found and found.state == "off" else state_of("not_enabled", at=now)
    if found is None or found.message in {state_of("not_enabled", at=now).message, _FORMERLY}:
        found = state_of("begun", at=on_since)
    if found.state == "working" and now - found.at > _PATIENCE_SECONDS:
        return state_of("late", at=found.at)
    return found
