"""Answers to browsers and applications, all with the same careful headers."""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.shared.cookies import Cookie

from authsso.errors import AuthssoError

# Every answer: nothing is stored, framed, sniffed, or told where the browser came from.
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Pragma": "no-cache",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def retry_after(error: AuthssoError) -> dict[str, str]:
    """Return the header that says when to come back, if the error knows (RFC 9110, 10.2.3)."""
    return {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}


def redirect(location: str, cookies: Sequence[Cookie] = ()) -> Response[str]:
    """Send the browser on with 303: a POST never goes on as a POST (RFC 9700, 4.12)."""
    return Response(
        status_code=303,
        headers={**HEADERS, "Location": location},
        cookies=list(cookies),
        body="",
    )


def to_application(redirect_uri: str, answer: Mapping[str, str | None]) -> str:
    """Return a registered redirect URI with an answer added to its query (RFC 6749, 4.1.2)."""
    filled = {name: value for name, value in answer.items() if value is not None}
    joint = "&" if "?" in redirect_uri else "?"
    return f"{redirect_uri}{joint}{urlencode(filled)}"


def json_answer(
    status: int, body: Mapping[str, object], headers: Mapping[str, str] | None = None
) -> Response[str]:
    """Answer in JSON (RFC 6749, 5.1 and 5.2)."""
    return Response(
        status_code=status,
        content_type=content_types.APPLICATION_JSON,
        headers={**HEADERS, **(headers or {})},
        body=json.dumps(body),
    )


def nothing() -> Response[str]:
    """Answer that it is done, with an empty body (RFC 7009, 2.2)."""
    return Response(status_code=200, headers={**HEADERS}, body="")


def page(
    status: int, html: str, policy: str, cookies: Sequence[Cookie] = (), *, language: str
) -> Response[str]:
    """Show a page of ours.

    Args:
        status: HTTP status.
        html: Complete, with everything from outside escaped.
        policy: Content-Security-Policy that fits this page.
        cookies: To be set.
        language: Of the page; browsers that ask for another one may get another.
    """
    return Response(
        status_code=status,
        content_type="text/html; charset=utf-8",
        headers={
            **HEADERS,
            "Content-Security-Policy": policy,
            "Content-Language": language,
            "Vary": "Accept-Language, Cookie",
        },
        cookies=list(cookies),
        body=html,
    )
