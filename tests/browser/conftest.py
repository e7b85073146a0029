"""An administrator at the settings page; the API behind it is in memory."""

import pytest

from browser.settings_browser import Administrator
from browser.settings_site import SettingsSite
from harness.chromium import chromium


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture
def site():
    with SettingsSite() as started:
        yield started


@pytest.fixture
def anna(browser, site):
    """An administrator who has opened nothing yet; at the end nothing was complained about."""
    administrator = Administrator(browser, site)
    yield administrator
    administrator.context.close()
    assert administrator.complaints == []
