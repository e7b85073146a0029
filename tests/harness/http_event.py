"""HTTP API events (payload format 2.0), as API Gateway sends them."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode


def http_event(
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | str | None = None,
    headers: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | str | bytes | None = None,
    cookies: Sequence[str] = (),
    claims: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Build an event.

    Args:
        method: HTTP method.
        path: Without the query.
        query: As pairs, or raw.
        headers: Names are lowered, as HTTP APIs do.
        body: A mapping is sent as JSON, bytes as base64.
        cookies: `name=value` each.
        claims: Of the access token that the JWT authorizer has let through; they are put into the
            Authorization header as a token and, as text, into the authorizer's context.
    """
    raw_query = query if isinstance(query, str) else urlencode(query or {})
    all_headers = {name.lower(): value for name, value in (headers or {}).items()}
    if isinstance(body, Mapping):
        all_headers.setdefault("content-type", "application/json")
        body = json.dumps(body)
    context = _request_context(method, path)
    if claims is not None:
        all_headers.setdefault("authorization", f"Bearer {access_token(claims)}")
        flat = {name: _as_text(value) for name, value in claims.items()}
        context["authorizer"] = {"jwt": {"claims": flat, "scopes": None}}
    return {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": raw_query,
        **({"queryStringParameters": _joined(raw_query)} if raw_query else {}),
        "headers": all_headers,
        "requestContext": context,
        "isBase64Encoded": isinstance(body, bytes),
        **({"cookies": list(cookies)} if cookies else {}),
        **({"body": _encoded(body)} if body is not None else {}),
    }


def access_token(claims: Mapping[str, Any]) -> str:
    """A token of the right shape; its signature is API Gateway's business."""
    header, payload = ({"alg": "RS256", "kid": "pool-key"}, claims)
    return f"{_segment(header)}.{_segment(payload)}.c2lnbmF0dXJl"


def _request_context(method: str, path: str) -> dict[str, Any]:
    return {
        "accountId": "000000000000",
        "apiId": "api",
        "domainName": "authsso.example.com",
        "domainPrefix": "authsso",
        "http": {
            "method": method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": "192.0.2.1",
            "userAgent": "test",
        },
        "requestId": "request-1",
        "routeKey": f"{method} {path}",
        "stage": "$default",
        "time": "25/Nov/2026:10:00:00 +0000",
        "timeEpoch": 1795600800000,
    }


def _as_text(value: Any) -> str:
    """HTTP APIs flatten lists to `[a b]`, which is why groups are not read from here (F08)."""
    return f"[{' '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _segment(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _joined(raw_query: str) -> dict[str, str]:
    """A name that comes twice is one text with a comma, so most functions read the raw."""
    joined: dict[str, str] = {}
    for name, value in parse_qsl(raw_query, keep_blank_values=True):
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _encoded(body: str | bytes) -> str:
    return base64.b64encode(body).decode() if isinstance(body, bytes) else body
