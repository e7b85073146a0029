"""A whole site on this machine: the page as its Lambda serves it, a sign-in, the API in memory.

The sign-in is our authorize and token endpoint in short: PKCE is checked, a code is good once.
`python -m browser.settings_site` (with tests/ on the path) serves it for looking at.
"""

import base64
import hashlib
import json
import secrets
import sys
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from browser.fake_settings_api import FakeSettingsApi
from harness.http_event import http_event
from settings_page.app import create_app

CLIENT_ID = "settings-page-client"
PRODUCT = "Callwell"


class SettingsSite:
    """One site with one tenant; use it as a context manager."""

    def __init__(self, dashboard_origins: Sequence[str] = (), port: int = 0) -> None:
        self.server = _Server(self, port)
        self.base_url = f"http://127.0.0.1:{self.server.server_port}"
        self.url = f"{self.base_url}/settings"
        self.forget()
        config = SimpleNamespace(
            settings_page_client_id=CLIENT_ID,
            dashboard_origins=tuple(dashboard_origins),
            base_url=self.base_url,
            product_name=PRODUCT,
            logo_url="",
            accent_colour="",
            support_url="",
            application_start_urls={},
        )
        self.one_at_a_time = threading.Lock()  # as a Lambda function's instance is asked
        self.page_app = create_app(SimpleNamespace(config=config))  # type: ignore[arg-type]

    def forget(self) -> None:
        """Be as at the start, at the same address: browsers keep what is served there."""
        self.api = FakeSettingsApi(self.base_url)
        self.tokens: set[str] = set()
        self.codes: dict[str, dict[str, str]] = {}
        self.authorizations: list[dict[str, str]] = []
        self.refusal = {"error": "access_denied"}
        self.other_pages: dict[str, str] = {}  # what else this origin shows

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def new_token(self) -> str:
        token = secrets.token_urlsafe(16)
        self.tokens.add(token)
        return token

    # The sign-in

    def authorize(self, query: dict[str, str]) -> str:
        """Return the page of /oauth2/authorize: one link that signs Ada in."""
        assert query["client_id"] == CLIENT_ID
        assert query["redirect_uri"] == self.url
        assert query["code_challenge_method"] == "S256"
        self.authorizations.append(query)
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        answer = urlencode({"code": code, "state": query["state"]})
        denied = urlencode(self.refusal | {"state": query["state"]})
        return (
            "<!doctype html><html lang=en><link rel=icon href=data:,><title>Sign in</title>"
            "<h1>Sign in</h1>"
            f'<a href="{self.url}?{answer}">Continue as Ada</a> '
            f'<a href="{self.url}?{denied}">Refuse</a>'
        )

    def redeem(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        request = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if request is None or request["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant", "error_description": "the code is not good"}
        self.api.signed_in_at = self.api.now()
        return 200, {"access_token": self.new_token(), "expires_in": 3600, "token_type": "Bearer"}


class _Server(ThreadingHTTPServer):
    """Knows its site."""

    def __init__(self, site: SettingsSite, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.site = site


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        path, _, query = self.path.partition("?")
        site = self.server.site
        if path == "/oauth2/authorize":
            self._send_html(site.authorize(_first_values(query)))
        elif path == "/oauth2/token":
            self._send_json(*site.redeem(_first_values(body)))
        elif path.startswith("/settings/sso"):
            self._call_api(body)
        elif path in site.other_pages:
            self._send_html(site.other_pages[path])
        else:
            self._serve_page(path, query)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - http.server's names

    def _call_api(self, body: str) -> None:
        site = self.server.site
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in site.tokens:
            self._send_json(401, {"message": "Unauthorized"})  # as API Gateway says it
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = self.path.removeprefix("/settings/sso")
        sent = json.loads(body) if body else None
        self._send_json(*site.api.call(self.command, path, sent, headers))

    def _serve_page(self, path: str, query: str) -> None:
        event = http_event("GET", path, query=query, headers=dict(self.headers))
        site = self.server.site
        with site.one_at_a_time:
            answer = site.page_app.resolve(event, None)  # type: ignore[arg-type]
        content = answer["body"] or ""
        raw = base64.b64decode(content) if answer["isBase64Encoded"] else content.encode()
        self._send(answer["statusCode"], answer["headers"], raw)

    def _send_html(self, html: str) -> None:
        self._send(200, {"Content-Type": "text/html; charset=utf-8"}, html.encode())

    def _send_json(self, status: int, body: Any) -> None:
        raw = b"" if body is None else json.dumps(body).encode()
        self._send(status, {"Content-Type": "application/json"}, raw)

    def _send(self, status: int, headers: dict[str, str], raw: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in {204, 304}:
            self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _first_values(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


def main() -> None:
    with SettingsSite(port=int(sys.argv[1])) as site:
        print(site.url)  # noqa: T201 - for whoever started it
        threading.Event().wait()


if __name__ == "__main__":
    main()
