"""Mallory's own OpenID Provider: a real server on loopback, as honest or as wicked as she likes."""

import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from harness import tokens

_KEY_NAME, _KEY_ID = "mallory", "mallory-1"
_HOUR = 3600
_WELL_KNOWN = "/.well-known/openid-configuration"

type Query = dict[str, str]


class MaliciousProvider:
    """Issuers without number: whatever path stands before an endpoint's name is one.

    Left alone it behaves as OpenID Connect wants it, and lets everybody in as the person of
    `claims` without asking.

    Args:
        claims: Of the ID token and of UserInfo.
    """

    def __init__(self, **claims: Any) -> None:
        self.claims = claims
        self.metadata: dict[str, Any] = {}
        self.sends_on: Callable[[Query], str] | None = None
        self.answers_with: dict[str, str | None] = {}
        self.id_token: str | None = None
        self.asked: Counter[str] = Counter()
        self.loot: list[Query] = []
        self._grants: dict[str, Query] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @contextmanager
    def turning(self, **attributes: Any) -> Iterator[None]:
        """Be wicked for a while; what was asked before is forgotten.

        Args:
            attributes: `claims`, `metadata` (members of the discovery document in place of the
                honest ones), `sends_on` (query of the authorization request -> where the browser
                is sent instead of back), `answers_with` (parameters of the authorization
                response, None takes one away), `id_token` (instead of one that she signs).
        """
        before = {name: getattr(self, name) for name in attributes}
        self.asked.clear()
        self.loot.clear()
        vars(self).update(attributes)
        try:
            yield
        finally:
            vars(self).update(before)

    # --- the endpoints

    def discovery(self, issuer: str) -> dict[str, Any]:
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        } | self.metadata

    def keys(self) -> dict[str, Any]:
        return {"keys": [tokens.rsa_jwk(tokens.rsa_key(_KEY_NAME), kid=_KEY_ID, alg="RS256")]}

    def departure(self, query: Query) -> str:
        """Where the browser goes that has come to the authorization endpoint."""
        if self.sends_on:
            return self.sends_on(query)
        code = secrets.token_urlsafe(16)
        self._grants[code] = query
        answer: dict[str, str | None] = {"code": code, "state": query.get("state")}
        if query.get("prompt") == "none":
            answer = {"error": "login_required", "state": query.get("state")}
        told = {n: v for n, v in (answer | self.answers_with).items() if v is not None}
        return f"{query['redirect_uri']}?{urlencode(told)}"

    def token(self, issuer: str, form: Query) -> tuple[int, dict[str, Any]]:
        self.loot.append(form)
        granted = self._grants.pop(form.get("code", ""), None)
        if granted is None:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": issuer,
            "aud": granted["client_id"],
            "iat": now,
            "exp": now + _HOUR,
            "nonce": granted["nonce"],
        } | self.claims
        signed = tokens.sign(claims, tokens.rsa_key(_KEY_NAME), header={"kid": _KEY_ID})
        answer = {"access_token": "at", "token_type": "Bearer", "id_token": self.id_token or signed}
        return 200, answer

    def answer(self, target: str, form: Query) -> tuple[int, dict[str, Any], str]:
        """Status, body and Location for a request."""
        address = urlsplit(target)
        path = address.path.removesuffix(_WELL_KNOWN)
        base, _, name = path.rpartition("/")
        endpoint = name if path == address.path else "discovery"
        self.asked[endpoint] += 1
        match endpoint:
            case "authorize":
                return 302, {}, self.departure(dict(parse_qsl(address.query)))
            case "token":
                return *self.token(f"{self.origin}{base}", form), ""
            case "userinfo":
                return 200, self.claims, ""
            case "discovery":
                return 200, self.discovery(f"{self.origin}{path}"), ""
        return 200, self.keys(), ""


def _handler(provider: MaliciousProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            self._answer(dict(parse_qsl(self.rfile.read(length).decode())))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _answer(self, form: Query) -> None:
            status, members, location = provider.answer(self.path, form)
            body = json.dumps(members).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            if location:
                self.send_header("location", location)
            self.end_headers()
            self.wfile.write(body)

    return Handler
