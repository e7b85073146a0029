"""The client applications, and a browser to use them with."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser

from harness.client_applications import client_applications
from harness.client_visitor import Visitor
from harness.organisation import Organisation

type Visits = Callable[[str, str], AbstractContextManager[Visitor]]


@pytest.fixture(scope="session")
def applications(stack, aws, tmp_path_factory):
    with client_applications(stack, aws, tmp_path_factory.mktemp("clients")) as served:
        yield served


@pytest.fixture(scope="session")
def password_organisation(stack, aws) -> Organisation:
    """A tenant whose people have passwords: no address of its domain leads to a provider."""
    return Organisation(stack, aws, proves_domain=False)


@pytest.fixture(scope="module")
def visits(
    stack, browser: Browser, applications, password_organisation, demo_provider_of_stack
) -> Visits:
    """Open a browser of their own for somebody who visits an application by one way."""

    @contextmanager
    def opened(name: str, way: str) -> Iterator[Visitor]:
        demo_provider_of_stack.reset()
        person = stack.demo.user if way == "sso" else password_organisation.employee
        # Only the clients insist on TLS; the certificate is of this stack alone.
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            yield Visitor(page, stack, applications[name], person, way)
        finally:
            context.close()
        assert complaints == []

    return opened
