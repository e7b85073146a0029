"""Custom authentication: ask once, and take nothing but a live ticket (design.md 6.8)."""

from typing import TYPE_CHECKING, Any

from authsso.protocol import custom_challenge

if TYPE_CHECKING:
    from authsso.services import Services


def define_challenge(_: "Services", event: dict[str, Any]) -> None:
    """DefineAuthChallenge: what comes next."""
    request = event["request"]
    definition = custom_challenge.define(
        request.get("session") or [], user_not_found=bool(request.get("userNotFound"))
    )
    event["response"] = {
        "challengeName": definition.challenge,
        "issueTokens": definition.issue_tokens,
        "failAuthentication": definition.fail,
    }


def create_challenge(services: "Services", event: dict[str, Any]) -> None:
    """CreateAuthChallenge: name this challenge, so that its answer is told from any other's."""
    event["response"] = {
        "publicChallengeParameters": {},
        "privateChallengeParameters": {"challenge": services.new_token()},
        "challengeMetadata": custom_challenge.CHALLENGE,
    }


def verify_answer(services: "Services", event: dict[str, Any]) -> None:
    """VerifyAuthChallengeResponse: spend the ticket. Nothing else in the event is believed."""
    request = event["request"]
    ticket = custom_challenge.parse_ticket(request.get("challengeAnswer"))
    challenge = (request.get("privateChallengeParameters") or {}).get("challenge")
    correct = (
        ticket is not None
        and isinstance(challenge, str)
        and services.codes.spend(
            ticket,
            username=event["userName"],
            client_id=event["callerContext"]["clientId"],
            challenge=challenge,
            now=services.now(),
        )
    )
    event["response"] = {"answerCorrect": correct}
