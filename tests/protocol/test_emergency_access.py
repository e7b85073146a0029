"""Who may be named for an emergency: existing people of this tenant, and nobody else."""

import pytest

from authsso.errors import SettingsError
from authsso.protocol.emergency_access import choose, is_usable, readable
from harness.settings_outside import member

ANNA = member("anna", email="anna@a.example")
FOREIGN = member("carl", "tenant-b", email="carl@b.example")
DISABLED = member("dora", email="dora@a.example", enabled=False)
INVITED = member("emil", email="emil@a.example", confirmed=False)
TWIN = member("fred", email="anna@a.example", email_verified=False)


@pytest.mark.parametrize(
    ("user", "usable"),
    [(ANNA, True), (None, False), (FOREIGN, False), (DISABLED, False), (INVITED, False)],
)
def test_only_who_can_sign_in_here_counts(user, usable):
    assert is_usable(user, "tenant-a") is usable


def test_addresses_become_users_each_once():
    found = {"anna@a.example": [TWIN, ANNA], "Anna@A.example": [ANNA, FOREIGN]}

    assert choose(list(found), found, tenant_id="tenant-a") == (ANNA,)
    assert choose([], {}, tenant_id="tenant-a") == ()


@pytest.mark.parametrize(
    ("found", "code"),
    [
        pytest.param([], "user_unknown", id="nobody"),
        pytest.param([FOREIGN], "user_unknown", id="F05-another tenant's"),
        pytest.param([DISABLED], "user_cannot_sign_in", id="disabled"),
        pytest.param([INVITED], "user_cannot_sign_in", id="has no password yet"),
    ],
)
def test_whoever_cannot_be_named_is_told_by_place(found, code):
    both = {"anna@a.example": [ANNA], "x": found}

    with pytest.raises(SettingsError, match="invalid_settings") as refused:
        choose(["anna@a.example", "x"], both, tenant_id="tenant-a")

    [mistake] = refused.value.fields
    assert (mistake.field, mistake.code) == ("users.1", code)


@pytest.mark.parametrize(
    ("typed", "address"),
    [(" Anna@A.example ", "anna@a.example"), ("anna", None), ('a"@b.example', None), ("", None)],
)
def test_only_addresses_are_looked_for(typed, address):
    assert readable(typed) == address
