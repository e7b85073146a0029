"""Which better Discovery URL is offered, and when none is."""

import pytest

from authsso.providers import PROFILES
from authsso.providers.forms import FORMS, mends
from authsso.providers.forms.typed import Surroundings

TENANT = "9d2f6c1a-7e35-4b0c-8a91-5c4e2d7f1b60"
ENTRA = f"https://login.microsoftonline.com/{TENANT}/v2.0"


def offered(provider, typed):
    around = Surroundings(PROFILES[provider].pinned_hosts)
    return [mend.value for mend in mends.find(provider, FORMS[provider], typed, around)]


@pytest.mark.parametrize(
    ("provider", "typed", "value"),
    [
        ("azure", f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize", ENTRA),
        ("azure", f"https://login.microsoftonline.com/{TENANT.upper()}", ENTRA),
        ("azure", f"https://entra.microsoft.com/?tid={TENANT}#home", ENTRA),
        ("okta", "acme.okta.com/", "https://acme.okta.com"),
        ("onelogin", "https://acme.onelogin.com", "https://acme.onelogin.com/oidc/2"),
    ],
)
def test_what_can_be_read_off_is_offered(provider, typed, value):
    assert offered(provider, typed) == [value]


@pytest.mark.parametrize(
    ("provider", "typed"),
    [
        ("azure", ENTRA),
        ("azure", f"https://portal.azure.com/#view/Overview/appId/{TENANT}"),
        ("azure", "https://login.microsoftonline.com/common/v2.0"),
        ("azure", f"https://evil.example/{TENANT}"),
        ("okta", f"https://portal.azure.com/?tid={TENANT}"),
    ],
)
def test_nothing_is_offered_where_nothing_can_be_read_off(provider, typed):
    assert offered(provider, typed) == []
