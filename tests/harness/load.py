"""Mixed sign-ins of several tenants at once, and what became of each of them."""

import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from threading import Condition, Event
from typing import Any, Literal

import httpx

from harness.person import Person as Browser
from harness.person import answer_of, error_shown
from harness.token_payload import payload
from local_stack.people import Tenant
from local_stack.record import Stack

type Way = Literal["sso", "password"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in.

    Args:
        tenant_id: Whose.
        way: How the person proved who it is.
        began_at: Monotonic seconds.
        ended_at: Likewise.
        error: What the application was told instead of a code; None: the person is signed in.
        tokens: Payloads of the ID token, and of the access token after a refresh.
        token_seconds: How long our code took to become tokens; None when it did not.
    """

    tenant_id: str
    way: "Way"
    began_at: float
    ended_at: float
    error: str | None
    tokens: tuple[dict[str, Any], ...] = ()
    token_seconds: float | None = None

    @property
    def seconds(self) -> float:
        return self.ended_at - self.began_at

    @property
    def is_crossed(self) -> bool:
        """Whether a token is of another tenant than the person."""
        return any(token["custom:tenant_id"] != self.tenant_id for token in self.tokens)


class Load:
    """Sign-ins that go on and on.

    Args:
        stack: Where.
        tenants: Whose people sign in, each through the tenant's own connection.
        passwords: Whose administrators sign in with a password at Cognito, beside them.
    """

    def __init__(
        self, stack: Stack, tenants: Sequence[Tenant], passwords: Sequence[Tenant] = ()
    ) -> None:
        self._stack = stack
        self._turns: list[tuple[Tenant, Way]] = [
            *((tenant, "sso") for tenant in tenants),
            *((tenant, "password") for tenant in passwords),
        ]
        self._over, self._grown = Event(), Condition()
        self.attempts: list[Attempt] = []

    @contextmanager
    def going_on(self, *, at_once: int) -> Iterator[None]:
        """Keep so many sign-ins under way; those under way at the end are brought to theirs."""
        with ThreadPoolExecutor(at_once) as pool:
            turns = itertools.cycle(self._turns)
            workers = [pool.submit(self._go_on, *next(turns)) for _ in range(at_once)]
            try:
                yield
            finally:
                self._over.set()
        for worker in workers:
            worker.result()  # raises what it met

    def wait_for(self, holds: Callable[[], bool], *, seconds: float) -> bool:
        """Tell whether something becomes true while the load goes on."""
        with self._grown:
            return self._grown.wait_for(holds, seconds)

    def of(
        self,
        tenant_id: str,
        *,
        way: Way = "sso",
        since: float = 0,
        until: float = float("inf"),
    ) -> list[Attempt]:
        """Return the sign-ins of a tenant that began and ended between two moments."""
        return [
            attempt
            for attempt in list(self.attempts)
            if (attempt.tenant_id, attempt.way) == (tenant_id, way)
            and since <= attempt.began_at
            and attempt.ended_at <= until
        ]

    def _go_on(self, tenant: Tenant, way: Way) -> None:
        while not self._over.is_set():
            attempt = self._attempt(tenant, way)
            with self._grown:
                self.attempts.append(attempt)
                self._grown.notify_all()

    def _attempt(self, tenant: Tenant, way: Way) -> Attempt:
        began_at = time.monotonic()
        tokens: tuple[dict[str, Any], ...] = ()
        error, token_seconds = None, None
        with Browser(self._stack) as browser:
            try:
                code = _WAYS[way](browser, tenant)
                tokens, token_seconds = _tokens(browser, code)
            except RefusedError as refused:
                error = str(refused)
        ended_at = time.monotonic()
        return Attempt(tenant.tenant_id, way, began_at, ended_at, error, tokens, token_seconds)


class RefusedError(Exception):
    """Somebody was not signed in; the text is what the application or the person was told."""


def _by_single_sign_on(browser: Browser, tenant: Tenant) -> str:
    email = tenant.user.email
    departure = _redirect(browser.authorize(login_hint=email))
    if departure.headers["location"].startswith(browser.stack.app_redirect_uri):
        raise RefusedError(answer_of(departure)["error_description"])
    callback = browser.at_provider(departure.headers["location"], email)
    told = answer_of(_redirect(browser.send(callback)))
    if "code" not in told:
        raise RefusedError(told["error_description"])
    return told["code"]


def _by_password(browser: Browser, tenant: Tenant) -> str:
    who = tenant.administrator
    page = browser.authorize()
    if page.status_code != HTTPStatus.OK:
        raise RefusedError(error_shown(page))
    arrival = browser.with_password(page, who.email, who.password)
    if arrival.status_code != HTTPStatus.FOUND:
        raise RefusedError(f"Cognito's login answers {arrival.status_code}")
    return httpx.URL(arrival.headers["location"]).params["code"]


_WAYS: Mapping[Way, Callable[[Browser, Tenant], str]] = {
    "sso": _by_single_sign_on,
    "password": _by_password,
}


def _tokens(browser: Browser, code: str) -> tuple[tuple[dict[str, Any], ...], float]:
    began_at = time.monotonic()
    first = browser.token_request(code)
    seconds = time.monotonic() - began_at
    if first.status_code != HTTPStatus.OK:
        raise RefusedError(first.json()["error"])
    again = browser.token_request(
        "", grant_type="refresh_token", code=None, refresh_token=first.json()["refresh_token"]
    )
    if again.status_code != HTTPStatus.OK:
        raise RefusedError(again.json()["error"])
    claims = payload(first.json()["id_token"]), payload(again.json()["access_token"])
    return claims, seconds


def _redirect(answer: httpx.Response) -> httpx.Response:
    """An error page has a code of ours; anything else is a fault of ours, and no refusal."""
    if answer.status_code != HTTPStatus.SEE_OTHER:
        raise RefusedError(error_shown(answer))
    return answer
