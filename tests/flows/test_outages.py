"""AWS itself is throttled or down under the deployed functions, and is well again (J10-J15).

The emulator answers the functions' calls as a service does that is out (local/emulator/outages.py);
our functions run as they are.
"""

import functools
import time

import pytest

from harness.organisation import Organisation
from harness.outage import outage
from harness.person import answer_of

RECOVERY_SECONDS = 10
GATEWAY_SECONDS = 29


@pytest.fixture
def out(stack):
    return functools.partial(outage, stack)


class Employee:
    """Somebody of an organisation through whose connection nobody has come yet.

    So no function keeps its client secret.
    """

    def __init__(self, organisation, person, demo_provider):
        self.organisation, self.browser, self._provider = organisation, person, demo_provider
        self._login = organisation.stack.demo.user.email
        self.hints = {"login_hint": None, "idp_identifier": organisation.tenant.tenant_id}

    def at_the_provider(self):
        """Sign in there, and stop before the callback; what it was asked is forgotten."""
        callback = self.browser.back_from_provider(self._login, **self.hints)
        self._provider.forget()
        return callback

    def code(self):
        return self.browser.code(self._login, **self.hints)

    def provider_was_asked_for_tokens(self):
        return any(asked["path"].endswith("/token") for asked in self._provider.requests())

    def signs_in_again(self):
        """Tell whether a whole sign-in succeeds within the seconds that recovery may take."""
        begun = time.monotonic()
        while time.monotonic() - begun < RECOVERY_SECONDS:
            answer = self.browser.send(self.at_the_provider())
            if code := answer_of(answer).get("code"):
                return "access_token" in self.browser.token_request(code).json()
        return False


@pytest.fixture
def employee(stack, aws, person, demo_provider):
    made = Organisation(stack, aws)
    made.connect()
    with made.at_the_provider(demo_provider, made.employee):
        yield Employee(made, person, demo_provider)


HOW = pytest.mark.parametrize("answer", ["throttled", "down"])


@HOW
def test_J10_who_cannot_be_remembered_is_not_sent_to_the_provider(out, employee, answer):
    with out("dynamodb", answer):
        shown = employee.browser.authorize(**employee.hints)
    if shown.status_code == 303:
        assert answer_of(shown)["error"] == "server_error"
    else:
        assert shown.status_code == 503
    assert employee.signs_in_again()


@HOW
def test_J11_what_cannot_be_taken_ends_before_the_provider_is_asked(out, employee, answer):
    callback = employee.at_the_provider()
    with out("dynamodb", answer):
        begun = time.monotonic()
        shown = employee.browser.send(callback)
        assert time.monotonic() - begun < GATEWAY_SECONDS
    assert (shown.status_code, "location" in shown.headers) == (503, False)
    assert not employee.provider_was_asked_for_tokens()
    assert employee.signs_in_again()


@HOW
def test_J14_without_the_secret_nobody_asks_the_token_endpoint(out, employee, answer):
    callback = employee.at_the_provider()
    with out("secretsmanager", answer):
        told = answer_of(employee.browser.send(callback))
    assert told["error"] == "server_error"
    assert not employee.provider_was_asked_for_tokens()
    assert employee.signs_in_again()


@HOW
def test_J15_what_cannot_be_minted_is_not_minted_later(out, employee, answer):
    code = employee.code()
    with out("cognito-idp", answer):
        begun = time.monotonic()
        refused = employee.browser.token_request(code)
        assert time.monotonic() - begun < GATEWAY_SECONDS
    assert refused.status_code == 503
    assert employee.browser.token_request(code).json()["error"] == "invalid_grant"
    assert employee.signs_in_again()
