"""One deployed stack for each worker, and what the tests reach it by."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from harness.demo_provider import DemoProvider
from harness.organisation import Aws, Organisation
from harness.person import Person
from local_stack import record
from local_stack import stack as local_stack
from local_stack.record import Stack

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUNNING = "AUTHSSO_STACK"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all of a file that share the stack in one worker; a stack that is up has one worker.

    They tell its provider how to misbehave, so every worker has a stack of its own.
    """
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):
            group = "stack" if os.environ.get(RUNNING) else f"stack {item.path.stem}"
            item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real template in the emulator, on free ports of its own.

    AUTHSSO_STACK names the stack.json of one that is up already, to save the start while
    developing.
    """
    if running := os.environ.get(RUNNING):
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


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One Chromium for the whole run: Playwright has one at a time, and starting it costs."""
    from harness.chromium import chromium  # noqa: PLC0415 - most tests need no Playwright

    with chromium() as opened:
        yield opened


@pytest.fixture
def person(stack: Stack) -> Iterator[Person]:
    with Person(stack) as someone:
        yield someone
