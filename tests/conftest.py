"""One deployed stack for the whole run, and what the tests reach it by."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.demo_provider import DemoProvider
from harness.organisation import Aws, Organisation
from harness.person import Person
from local_stack import record
from local_stack import stack as local_stack
from local_stack.record import Stack


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all that share the stack in one worker: they tell its provider how to misbehave."""
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("stack"))


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real template in the emulator, on free ports of its own.

    AUTHSSO_STACK names the stack.json of one that is up already, to save the start while
    developing.
    """
    if running := os.environ.get("AUTHSSO_STACK"):
        yield record.load(Path(running))
        return
    started = local_stack.up(tmp_path_factory.mktemp("stack"))
    try:
        yield started
    finally:
        started.down()


@pytest.fixture(scope="session")
def aws(stack: Stack) -> Iterator[Aws]:
    clients = Aws(stack)
    yield clients
    clients.close()


@pytest.fixture
def organisation(stack: Stack, aws: Aws) -> Organisation:
    """A tenant of the test's own, whose domain is proven and that has no connection."""
    return Organisation(stack, aws)


@pytest.fixture(scope="session")
def demo_provider_of_stack(stack: Stack) -> Iterator[DemoProvider]:
    provider = DemoProvider(stack)
    yield provider
    provider.close()


@pytest.fixture
def demo_provider(demo_provider_of_stack: DemoProvider) -> DemoProvider:
    """The demo provider, with nobody signed in and nothing asked yet."""
    demo_provider_of_stack.reset()
    return demo_provider_of_stack


@pytest.fixture
def person(stack: Stack) -> Iterator[Person]:
    with Person(stack) as someone:
        yield someone
