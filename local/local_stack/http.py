"""Requests to hosts that only browsers resolve: every *.localhost is this machine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from local_stack.plan import HOST

TIMEOUT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401  # JSON is anything
        """The body as JSON."""
        return json.loads(self.body)


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: object = None,
    form: Mapping[str, str] | None = None,
) -> Answer:
    """Send one request to this machine, with JSON or a form in it."""
    where = urlsplit(url)
    connection = HTTPConnection(HOST, where.port or 80, timeout=TIMEOUT_SECONDS)
    sent = {"Host": where.netloc, **(headers or {})}
    content = None
    if body is not None:
        content = json.dumps(body).encode()
        sent.setdefault("Content-Type", "application/json")
    elif form is not None:
        content = urlencode(form).encode()
        sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
    target = where.path or "/"
    if where.query:
        target += f"?{where.query}"
    try:
        connection.request(method, target, content, sent)
        answer = connection.getresponse()
        received = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, received, answer.read())
    finally:
        connection.close()
