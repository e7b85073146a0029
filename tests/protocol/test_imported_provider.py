"""Who the people of an imported provider are, and when they may be moved."""

from dataclasses import replace

import pytest

from authsso.errors import SettingsError
from authsso.model import Connection, Identity, User
from authsso.protocol import account, imported_provider
from authsso.protocol.account import LinkUser, Refusal
from authsso.protocol.imported_provider import MoveEvidence

IMPORTED = Connection(
    "acme",
    "okta",
    "id",
    enabled=True,
    live=1,
    revision=4,
    imported_from="Okta_1",
    imported_issuer="https://acme.okta.com",
    imported_client_id="client",
)
ADA = Identity("id", "https://acme.okta.com", "00u1", "acme", "ada@acme.example")
PROFILE = User(
    username="Okta_1_00u1",
    tenant_id=None,
    email="ada@acme.example",
    email_verified=False,
    enabled=True,
    confirmed=False,
    identities=frozenset({("Okta_1", "00u1")}),
)
READY = MoveEvidence(is_same_client=True, check_passed=True, test_passed=True)


@pytest.mark.parametrize(
    "identities",
    [
        pytest.param((), id="the-name-alone-may-be-anybody's"),
        pytest.param({("Okta", "1_00u1")}, id="another-provider-whose-name-ends-earlier"),
        pytest.param({("Okta_1", "00U1")}, id="another-subject-by-its-case"),
        pytest.param({("okta_1", "00u1")}, id="another-provider-by-its-case"),
        pytest.param({("Okta_2", "00u1")}, id="another-provider"),
    ],
)
def test_F20_a_username_that_fits_proves_nothing(identities):
    user = replace(PROFILE, identities=frozenset(identities))
    assert not imported_provider.is_profile(user, "Okta_1", "00u1")


@pytest.mark.parametrize(
    ("subject", "username"),
    [
        ("00u1", "Okta_1_00u1"),
        ("a" * 121, f"Okta_1_{'a' * 121}"),
        ("a" * 122, None),
        ("a b", None),
        ("a\nb", None),
    ],
)
def test_the_name_that_cognito_gives(subject, username):
    assert imported_provider.profile_username("Okta_1", subject) == username


@pytest.mark.parametrize(
    ("connection", "issuer", "client_id", "is_same"),
    [
        pytest.param(IMPORTED, "https://acme.okta.com", "client", True, id="same"),
        pytest.param(IMPORTED, "https://evil.okta.com", "client", False, id="F20-other-issuer"),
        pytest.param(IMPORTED, "https://acme.okta.com", "new", False, id="pairwise-subjects"),
        pytest.param(replace(IMPORTED, imported_from=None), "https://acme.okta.com", "client",
                     False, id="never-imported"),
    ],
)  # fmt: skip
def test_F20_a_subject_counts_at_the_imported_client_alone(connection, issuer, client_id, is_same):
    found = imported_provider.is_same_client(connection, issuer=issuer, client_id=client_id)
    assert found == is_same


@pytest.mark.parametrize(
    ("changes", "link", "expected"),
    [
        pytest.param({"tenant_id": "globex"}, None, Refusal("user_of_other_tenant"), id="F19"),
        pytest.param({"enabled": False}, None, Refusal("user_disabled"), id="F38"),
        pytest.param(
            {},
            replace(account.link_of(ADA, "Okta_1_00u1"), identity_hash="f" * 64),
            Refusal("already_linked"),
            id="another-identity-has-it",
        ),
        pytest.param({}, None, LinkUser(PROFILE), id="no-tenant-yet"),
        pytest.param(
            {"tenant_id": "acme"}, None, LinkUser(replace(PROFILE, tenant_id="acme")), id="ours"
        ),
    ],
)
def test_the_user_that_cognito_has_made(changes, link, expected):
    assert account.federated(ADA, replace(PROFILE, **changes), link) == expected


@pytest.mark.parametrize(
    ("connection", "lacks", "code"),
    [
        pytest.param(None, {}, "not_imported", id="nothing"),
        pytest.param(replace(IMPORTED, imported_from=None), {}, "not_imported", id="of-our-own"),
        pytest.param(replace(IMPORTED, live=None), {}, "move_needs_enabled", id="never-live"),
        pytest.param(replace(IMPORTED, enabled=False), {}, "move_needs_enabled", id="off"),
        pytest.param(IMPORTED, {"is_same_client"}, "move_needs_same_client", id="other-client"),
        pytest.param(IMPORTED, {"check_passed"}, "move_needs_check", id="no-check"),
        pytest.param(IMPORTED, {"test_passed"}, "move_needs_test", id="no-test"),
    ],
)
def test_nobody_is_moved_before_everything_is_ready(connection, lacks, code):
    with pytest.raises(SettingsError) as refused:
        imported_provider.move(connection, replace(READY, **dict.fromkeys(lacks, False)), now=9)
    assert (refused.value.code, refused.value.status) == (code, 409)


def test_moved_and_back():
    moved = imported_provider.move(IMPORTED, READY, now=9)
    assert (moved.moved_at, moved.revision, moved.is_at_cognito) == (9, 5, False)
    with pytest.raises(SettingsError, match="enforced"):
        imported_provider.move_back(replace(moved, enforced=True), READY, now=10)
    back = imported_provider.move_back(moved, READY, now=10)
    assert (back.moved_at, back.revision, back.is_at_cognito) == (None, 6, True)
