"""An administrator at the settings page; the API behind it is in memory."""

import pytest

from browser.settings_browser import Administrator, new_context
from browser.settings_site import SettingsSite


@pytest.fixture(scope="session")
def served():
    with SettingsSite() as started:
        yield started


@pytest.fixture
def site(served):
    served.forget()
    return served


@pytest.fixture(scope="session")
def context(browser):
    with new_context(browser) as opened:
        yield opened


@pytest.fixture
def anna(newcomer):
    """An administrator who has signed in and opened nothing yet."""
    newcomer.has_signed_in()
    return newcomer


@pytest.fixture
def newcomer(context, site):
    """An administrator who has yet to sign in; at the end nothing was complained about."""
    administrator = Administrator(context, site)
    yield administrator
    for page in context.pages:
        page.close()
    assert context.cookies() == []
    assert administrator.complaints == []
