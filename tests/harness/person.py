"""A person with a browser, without the browser: follows redirects, keeps cookies, fills forms."""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from html import unescape
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urljoin, urlsplit

import httpx

from harness.no_tls import NO_TLS
from local_stack.record import Stack

_FORM = re.compile(r"<form[^>]*>(.*?)</form>", re.DOTALL)
_PASSWORD_LINK = re.compile(r'href="(https?://[^"]*identity_provider=COGNITO[^"]*)"')
_ACTION = re.compile(r"<form[^>]*action=\"([^\"]*)\"")
_INPUT = re.compile(r"<input[^>]*name=\"([^\"]*)\"[^>]*value=\"([^\"]*)\"")
_MOST_HOPS = 12
# Twenty requests at once start as many functions, on a machine that may have two cores.
_PATIENCE_SECONDS = 60


class _ThisMachine(httpx.HTTPTransport):
    """Resolve every name to this machine, as browsers do with *.localhost."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        here = httpx.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1"),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return super().handle_request(here)


@dataclass(frozen=True)
class Callback:
    """What the provider sends the browser back with, not sent yet."""

    method: str
    url: str
    form: dict[str, str]

    @property
    def parameters(self) -> dict[str, str]:
        return self.form or dict(parse_qsl(urlsplit(self.url).query))

    def with_(self, **changes: str | None) -> Self:
        """Return the callback with some parameters changed, None takes one away."""
        changed = {n: v for n, v in (self.parameters | changes).items() if v is not None}
        if self.method == "POST":
            return type(self)("POST", self.url, changed)
        base = self.url.partition("?")[0]
        return type(self)("GET", str(httpx.URL(base, params=changed)), {})


class Person:
    """One browser with its own cookies."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.verifier = secrets.token_urlsafe(48)
        self.state = secrets.token_urlsafe(16)
        # The servers' TLS is not on the way here: http://*.localhost is a secure context.
        self.http = httpx.Client(
            transport=_ThisMachine(verify=NO_TLS),
            event_hooks={"response": [self._keep_secure_cookies]},
            timeout=_PATIENCE_SECONDS,
        )

    def _keep_secure_cookies(self, _: httpx.Response) -> None:
        for cookie in self.http.cookies.jar:
            cookie.secure = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def authorization_request(self, **changes: str | None) -> dict[str, str]:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        request = {
            "client_id": self.stack.app_client_id,
            "redirect_uri": self.stack.app_redirect_uri,
            "response_type": "code",
            "scope": "openid email profile",
            "state": self.state,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return {n: v for n, v in (request | changes).items() if v is not None}

    def authorize(self, **changes: str | None) -> httpx.Response:
        url = f"{self.stack.base_url}/oauth2/authorize"
        return self.http.get(url, params=self.authorization_request(**changes))

    def at_provider(self, url: str, login: str) -> Callback:
        """Sign in at the provider; stop before the browser goes back to us."""
        response = self.http.get(url)
        for _ in range(_MOST_HOPS):
            if response.is_redirect:
                target = urljoin(str(response.url), response.headers["location"])
                if self._is_callback(target):
                    return Callback("GET", target, {})
                response = self.http.get(target)
                continue
            action = unescape(_ACTION.search(response.text)[1])  # type: ignore[index]
            if self._is_callback(action):
                return Callback("POST", action, _inputs(response.text))
            target = urljoin(str(response.url), action)
            response = self.http.post(target, data={"pick": login})
        raise AssertionError(f"the provider leads nowhere: {response.text[:500]}")

    def signed_out_at_provider(self, url: str) -> str:
        """Let the provider end its session; return where it sends the browser."""
        response = self.http.get(url)
        for _ in range(_MOST_HOPS):
            if response.is_redirect:
                target = urljoin(str(response.url), response.headers["location"])
                if target.startswith(self.stack.base_url):
                    return target
                response = self.http.get(target)
                continue
            action = unescape(_ACTION.search(response.text)[1])  # type: ignore[index]
            form = _inputs(response.text) | {"logout": "yes"}
            response = self.http.post(urljoin(str(response.url), action), data=form)
        raise AssertionError(f"the provider leads nowhere: {response.text[:500]}")

    def stranded_at_provider(self, url: str, login: str) -> str:
        """Sign in at a provider that keeps the person, and return its last page."""
        response = self.http.get(url)
        for _ in range(_MOST_HOPS):
            if response.is_redirect:
                target = urljoin(str(response.url), response.headers["location"])
                assert not self._is_callback(target), target
                response = self.http.get(target)
            elif action := _ACTION.search(response.text):
                target = urljoin(str(response.url), unescape(action[1]))
                response = self.http.post(target, data={"pick": login})
            else:
                break
        return response.text

    def _is_callback(self, url: str) -> bool:
        return "/oauth2/idpresponse" in url

    def send(self, callback: Callback, **kwargs: Any) -> httpx.Response:
        if callback.method == "GET":
            return self.http.get(callback.url, **kwargs)
        return self.http.post(callback.url, data=callback.form, **kwargs)

    def back_from_provider(self, login: str, **hints: str | None) -> Callback:
        """Begin, sign in at the provider, and stop before the callback."""
        departure = self.authorize(**({"login_hint": login} | hints))
        assert departure.status_code == 303, departure.text
        return self.at_provider(departure.headers["location"], login)

    def code(self, login: str, **hints: str | None) -> str:
        """Sign in up to our code at the application."""
        arrival = self.send(self.back_from_provider(login, **hints))
        answer = answer_of(arrival)
        assert "code" in answer, answer
        return answer["code"]

    def with_password(self, page: httpx.Response, email: str, password: str) -> httpx.Response:
        """Go on from our page to Cognito's own login, and send it an address and a password."""
        link = unescape(_PASSWORD_LINK.search(page.text)[1])  # type: ignore[index]
        response = self.http.get(link)
        for _ in range(_MOST_HOPS):
            if not response.is_redirect:
                break
            response = self.http.get(urljoin(str(response.url), response.headers["location"]))
        form = _inputs(response.text) | {"username": email, "password": password}
        action = unescape(_ACTION.search(response.text)[1])  # type: ignore[index]
        return self.http.post(urljoin(str(response.url), action), data=form)

    def token_request(self, code: str, /, **changes: str | None) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self.stack.app_client_id,
            "redirect_uri": self.stack.app_redirect_uri,
            "code_verifier": self.verifier,
        }
        kept = {n: v for n, v in (form | changes).items() if v is not None}
        return self.http.post(f"{self.stack.base_url}/oauth2/token", data=kept)

    def sign_in(self, login: str, **hints: str | None) -> dict[str, Any]:
        """Sign in whole, and return the token answer."""
        response = self.token_request(self.code(login, **hints))
        assert response.status_code == 200, response.text
        tokens: dict[str, Any] = response.json()
        return tokens


def answer_of(response: httpx.Response) -> dict[str, str]:
    """Return what the application is told in its redirect URI's query."""
    assert response.status_code == 303, response.text
    query = parse_qs(urlsplit(response.headers["location"]).query, strict_parsing=True)
    return {name: values[0] for name, values in query.items()}


def error_shown(response: httpx.Response) -> str:
    """Return the code on our own error page."""
    assert "location" not in response.headers
    found = re.search(r"<dt>Error</dt><dd><code>([a-z_]+)</code>", response.text)
    assert found, response.text
    return found[1]


def _inputs(html: str) -> dict[str, str]:
    return {unescape(name): unescape(value) for name, value in _INPUT.findall(html)}
