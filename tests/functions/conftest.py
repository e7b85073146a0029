"""The world that most of these tests begin with: tenant acme, connected to Entra."""

import pytest

from harness.sign_in_world import Browser, services


@pytest.fixture
def world():
    return services()


@pytest.fixture
def browser(world):
    return Browser(world)


@pytest.fixture
def logged(caplog):
    return lambda: [record.getMessage() for record in caplog.records]


@pytest.fixture
def code(world):
    """Our code of a sign-in that has just ended at the application."""
    return Browser(world).sign_in().query["code"]
