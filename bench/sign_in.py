"""What a sign-in costs, as ratios within one run: `make bench`.

The three functions and the triggers run in this process over the tests' fakes: no network, no AWS,
no JSON over a wire. What is left is our own work, and that is measured in verifications of one
RS256 signature, so that the figures mean the same on every machine. Nothing is asserted.
"""

import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ |= {"POWERTOOLS_SERVICE_NAME": "authsso", "POWERTOOLS_LOG_LEVEL": "CRITICAL"}

from authorize import app as authorize
from authsso.model import KeySet
from authsso.protocol import signature
from cognito_triggers.app import create_handler
from harness.fakes import NOW, FakeServices
from harness.sign_in_world import (
    CALLBACK,
    FORM,
    REQUEST,
    VERIFIER,
    Browser,
    connect,
    services,
    user,
)
from harness.tokens import rsa_jwk, rsa_key, sign
from idpresponse import app as idpresponse
from token_endpoint import app as token_endpoint

ROOT = Path(__file__).parents[1]
ROUNDS = 300
VERIFICATIONS_A_ROUND = 5
IMPORTS_EACH = 3
ASKED = REQUEST | {"login_hint": "ada@acme.example"}
STEPS = ("authorize", "idpresponse", "token", "triggers")

# Answered from memory in a warm function: app clients for a minute, secrets for five, policies for
# five seconds, versions and keys for longer.
KEPT = {
    "applications.find",
    "client_secrets.get",
    "connections.version",
    "policies.of",
    "provider_keys.keys",
}
# Methods that make more than one call of AWS.
MORE_THAN_ONE = {"tokens.mint": 2, "users.create": 2}


class Watch:
    """Processor time by name; what is measured inside something else is not counted twice."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._running: list[str] = []
        self._since = 0

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        self._turn()
        self._running.append(name)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def _turn(self) -> None:
        now = time.process_time_ns()
        if self._running:
            self.spent[self._running[-1]] += now - self._since
        self._since = now


class SignIns:
    """A deployment that has been warm for a while, and people who sign in to it."""

    def __init__(self, world: FakeServices) -> None:
        outside: Any = world  # the fakes stand for Services
        self.world = outside
        self.watch = Watch()
        self.calls: dict[str, list[str]] = {step: [] for step in STEPS}
        self._apps = {
            "authorize": authorize.create_app(outside),
            "idpresponse": idpresponse.create_app(outside),
            "token": token_endpoint.create_app(outside),
        }
        self._triggers = create_handler(lambda: outside)
        # What the fake itself does; world.provider and world.tokens write each call down.
        self._exchange = vars(outside.provider)["_thing"].exchange
        self._mint = vars(outside.tokens)["_thing"].mint
        outside.provider.exchange = self._at_the_provider
        outside.tokens.mint = self._at_cognito

    def one(self) -> None:
        """Sign in once, from the application and back to it with tokens."""
        browser = Browser(self.world)
        left = browser.send(self._app("authorize"), "GET", "/oauth2/authorize", ASKED)
        answer = self.world.provider.sign_in(left.location)
        back = browser.send(self._app("idpresponse"), "GET", "/oauth2/idpresponse", answer)
        redemption = {
            "grant_type": "authorization_code",
            "client_id": "portal",
            "code": back.query["code"],
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        }
        done = browser.send(self._app("token"), "POST", "/oauth2/token", redemption, **FORM)
        if done.status != 200:
            raise SystemExit(f"the sign-in failed: {done.body}")

    def _app(self, step: str) -> Callable[[FakeServices], Any]:
        def resolve(event: dict[str, Any], context: Any) -> Any:
            self.world.calls.clear()
            with self.watch.on(step):
                answer = self._apps[step].resolve(event, context)
            self.calls[step] = list(self.world.calls)
            return answer

        return lambda _: SimpleNamespace(resolve=resolve)

    def _at_the_provider(self, *arguments: Any, **named: Any) -> Any:
        with self.watch.on("the provider, which signs"):
            return self._exchange(*arguments, **named)

    def _at_cognito(self, application: Any, username: str, ticket: Any) -> Any:
        """Mint as Cognito does: through six events of our triggers."""
        before = list(self.world.calls)
        with self.watch.on("triggers"):
            for source, request in _trigger_events(str(ticket)):
                self._triggers(self._event(source, request, username), SimpleNamespace())
        self.calls["triggers"] = self.world.calls[len(before) :]
        self.world.calls[:] = before
        with self.watch.on("Cognito, which mints"):
            return self._mint(application, username, ticket)

    def _event(self, source: str, request: dict[str, Any], username: str) -> dict[str, Any]:
        attributes = {"custom:tenant_id": "acme", "email": "ada@acme.example"}
        return {
            "triggerSource": source,
            "userPoolId": self.world.config.user_pool_id,
            "userName": username,
            "callerContext": {"clientId": "portal"},
            "request": {"userAttributes": attributes} | request,
            "response": {},
        }


def _trigger_events(ticket: str) -> list[tuple[str, dict[str, Any]]]:
    passed = [{"challengeName": "CUSTOM_CHALLENGE", "challengeResult": True}]
    return [
        ("PreAuthentication_Authentication", {"validationData": {"ticket": ticket}}),
        ("DefineAuthChallenge_Authentication", {"session": []}),
        ("CreateAuthChallenge_Authentication", {"session": []}),
        (
            "VerifyAuthChallengeResponse_Authentication",
            {"challengeAnswer": ticket, "privateChallengeParameters": {"challenge": "one"}},
        ),
        ("DefineAuthChallenge_Authentication", {"session": passed}),
        (
            "TokenGeneration_Authentication",
            {"clientMetadata": {"ticket": ticket}, "scopes": ["aws.cognito.signin.user.admin"]},
        ),
    ]


def main() -> None:
    known = SignIns(services(users=[user()]))
    known.one()  # links the person to the user; from here on it is known
    first = SignIns(services())
    first.one()
    required = SignIns(services(users=[user()]))
    required.one()
    connect(required.world, "acme", "azure", enforced=True)
    required.one()  # ends all other sessions
    first_required = dict(required.calls)
    required.one()

    _print_time(known)
    _print_calls(
        {
            "known person": known.calls,
            "first time, user made": first.calls,
            "enforced": required.calls,
            "enforced just now": first_required,
        }
    )
    _print_imports()


# --- processor time


def _print_time(known: SignIns) -> None:
    verifications, whole, spent = _measured(known)
    unit = statistics.median(verifications)
    ours = statistics.median(whole)
    print("\nProcessor time of a warm sign-in of a known person, in RS256 verifications\n")
    _row("", "verifications", "share")
    for step in STEPS:
        cost = statistics.median(spent[step])
        _row(step, f"{cost / unit:.1f}", f"{cost / ours:.0%}")
    _row("whole", f"{ours / unit:.1f}", "100%")


def _measured(known: SignIns) -> tuple[list[float], list[float], dict[str, list[float]]]:
    """Turn by turn, so that a machine that is slower for a while is slower for both."""
    verify = _verification()
    verifications: list[float] = []
    whole: list[float] = []
    spent: dict[str, list[float]] = {step: [] for step in STEPS}
    for _ in range(ROUNDS):
        began = time.process_time_ns()
        for _ in range(VERIFICATIONS_A_ROUND):
            verify()
        verifications.append((time.process_time_ns() - began) / VERIFICATIONS_A_ROUND)
        known.watch.spent.clear()
        known.one()
        for step in STEPS:
            spent[step].append(known.watch.spent[step])
        whole.append(sum(known.watch.spent[step] for step in STEPS))
    return verifications, whole, spent


def _verification() -> Callable[[], object]:
    """One signature, with a key that has been built already."""
    key = rsa_key("provider")
    token = sign({"iss": "https://idp.example", "sub": "ada"}, key, header={"kid": "provider"})
    keys = KeySet((rsa_jwk(key, kid="provider"),), fetched_at=NOW)
    return lambda: signature.verify(token, keys=keys, algorithms=["RS256"])


# --- calls of AWS


def _print_calls(of_people: dict[str, dict[str, list[str]]]) -> None:
    print("\nCalls of AWS a sign-in, in warm functions; in brackets what cold ones add at most\n")
    _row("", *of_people)
    for step in STEPS:
        _row(step, *(_counted(calls[step]) for calls in of_people.values()))
    _row(
        "whole",
        *(_counted([c for step in STEPS for c in calls[step]]) for calls in of_people.values()),
    )
    print("\nA known person's, by name; (kept) ones are answered from memory:")
    for step, calls in next(iter(of_people.values())).items():
        named = (f"({call})" if call in KEPT else call for call in calls)
        print(f"  {step:<12} {' '.join(named)}")


def _counted(calls: list[str]) -> str:
    ours = [call for call in calls if not call.startswith("provider.")]
    made = sum(MORE_THAN_ONE.get(call, 1) for call in ours if call not in KEPT)
    kept = len({call for call in ours if call in KEPT})
    return f"{made} (+{kept})" if kept else str(made)


# --- cold imports


def _print_imports() -> None:
    functions = sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py"))
    _import("authorize")  # writes what bytecode is missing
    rounds = [{name: _import(name) for name in functions} for _ in range(IMPORTS_EACH)]
    taken = {name: min(one[name] for one in rounds) for name in functions}
    smallest = min(taken.values())
    print("\nImport of each function in a fresh interpreter, relative to the smallest\n")
    for name, cost in sorted(taken.items(), key=lambda one: one[1]):
        _row(name, f"{cost / smallest:.2f}")


def _import(function: str) -> int:
    """Return the processor time that importing a handler takes, without starting Python."""
    timed = (
        "import time; began = time.process_time_ns(); "
        f"import {function}.app; print(time.process_time_ns() - began)"
    )
    done = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True)
    return int(done.stdout)


def _row(name: str, *cells: str) -> None:
    print(f"  {name:<20}" + "".join(f"{cell:>24}" for cell in cells))


if __name__ == "__main__":
    main()
