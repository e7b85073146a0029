"""The one function of the repairs' stack: answers the API, and acts as every trigger of the pool.

Deployed as text (AWS::Lambda::Function, ZipFile), so it imports nothing but the standard library.
"""

import json


def handler(event, _context):
    source = event.get("triggerSource")
    if source is None:
        return answer(event)
    print("CALL", json.dumps(event))  # noqa: T201  # what the tests read
    metadata = event["request"].get("clientMetadata") or {}
    validation = event["request"].get("validationData") or {}
    if "refuse" in metadata or "refuse" in validation:
        raise ValueError("refused by the test")
    event["response"] = TRIGGERS.get(source.split("_")[0], lambda _request: {})(event["request"])
    return event


def answer(event):
    if event["rawPath"] == "/fail":
        raise ValueError("a secret detail")
    if event["rawPath"] == "/silent":
        return {"statusCode": 200, "body": ""}
    return {"statusCode": 200, "body": json.dumps(event)}


def define(request):
    session = request["session"]
    passed = bool(session) and session[-1]["challengeResult"]
    return {
        "issueTokens": passed,
        "failAuthentication": bool(session) and not passed,
        "challengeName": None if session else "CUSTOM_CHALLENGE",
    }


def pre_token(_request):
    return {
        "claimsAndScopeOverrideDetails": {
            "accessTokenGeneration": {"scopesToAdd": ["extra"]},
            "groupOverrideDetails": {"groupsToOverride": ["from-trigger"]},
        }
    }


TRIGGERS = {
    "DefineAuthChallenge": define,
    "CreateAuthChallenge": lambda _request: {
        "publicChallengeParameters": {},
        "privateChallengeParameters": {},
        "challengeMetadata": "test",
    },
    "VerifyAuthChallengeResponse": lambda request: {
        "answerCorrect": request["challengeAnswer"] == "right"
    },
    "TokenGeneration": pre_token,
}
