"""Outages on demand: a service of AWS that is throttled, or down, for the functions alone.

Nothing of ministack's is mended here. `PUT /_outages/{service}?answer=throttled` (or `down`) begins
one, `DELETE /_outages/{service}` ends it. Who calls with the emulator's own key (tests, the page of
the pool) is served all the while, so that what the functions did can be looked at.
"""

import json

from ministack import app
from ministack.core.router import extract_access_key_id

from emulator.repair import Foreign, Function, replaces

Answer = tuple[int, dict[str, str], bytes]

_PATH = "/_outages/"
_OWN_KEY = "test"
_PREFIXES = {
    "dynamodb": "DynamoDB_",
    "cognito-idp": "AWSCognitoIdentityProviderService.",
    "secretsmanager": "secretsmanager.",
}
# As each service says it (their API references, "Common errors" and "Throttling").
_THROTTLED = {
    "dynamodb": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
    "cognito-idp": "TooManyRequestsException",
    "secretsmanager": "ThrottlingException",
}
_under_way: dict[str, str] = {}


def _json(status: int, body: dict[str, str]) -> Answer:
    return status, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(body).encode()


def _controlled(method: str, path: str, query: Foreign) -> Answer:
    service = path.removeprefix(_PATH)
    if service not in _PREFIXES:
        return _json(404, {"message": f"no outages of {service}"})
    if method == "DELETE":
        _under_way.pop(service, None)
    else:
        (_under_way[service],) = query.get("answer", ["down"])
    return _json(200, {"under_way": ", ".join(_under_way)})


def _refusal(headers: dict[str, str], query: Foreign) -> Answer | None:
    target = headers.get("x-amz-target", "")
    for service, answer in _under_way.items():
        if not target.startswith(_PREFIXES[service]):
            continue
        if extract_access_key_id(headers, query) == _OWN_KEY:
            return None
        if answer == "throttled":
            return _json(400, {"__type": _THROTTLED[service], "message": "Slow down."})
        return _json(503, {"__type": "ServiceUnavailable", "message": "Down."})
    return None


@replaces(app, "_handle_pre_body_request")
async def outages(
    handle: Function,
    method: str,
    path: str,
    headers: dict[str, str],
    *rest: Foreign,
) -> Foreign:
    """Answer in the place of a service that is out."""
    if path.startswith(_PATH):
        return _controlled(method, path, rest[0])
    refused = _refusal(headers, rest[0]) if _under_way else None
    return refused or await handle(method, path, headers, *rest)
