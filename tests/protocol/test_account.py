"""Which user an identity is: refusals first (F17-F22, F38)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.model import Identity, User
from authsso.protocol import account
from authsso.protocol.account import CreateUser, LinkUser, Refusal, UseUser

ADA = Identity(
    connection_id="connection",
    issuer="https://idp.example",
    subject="subject",
    tenant_id="acme",
    email="ada@acme.example",
)
USER = User(
    username="user-1",
    tenant_id="acme",
    email="ada@acme.example",
    email_verified=True,
    enabled=True,
    confirmed=True,
)
LINK = account.link_of(ADA, "user-1")
OTHER_LINK = replace(LINK, identity_hash="f" * 64)
ENTRA = replace(ADA, entra_tenant_id="tid", entra_object_id="oid")
ENTRA_BEFORE = account.link_of(replace(ENTRA, subject="before"), "user-1")


# --- the key


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"issuer": "https://other.example"}, id="F20-same-subject-other-issuer"),
        pytest.param({"subject": "Subject"}, id="F20-case-of-the-subject"),
        pytest.param({"connection_id": "other"}, id="F25-same-issuer-other-connection"),
        pytest.param({"subject": "subject "}, id="F20-space"),
    ],
)
def test_another_identity_is_another_user(change):
    other = replace(ADA, **change)
    assert account.identity_hash(other) != account.identity_hash(ADA)
    assert account.username_of(other) != account.username_of(ADA)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"email": "other@acme.example"}, id="email"),
        pytest.param({"name": "New Name"}, id="name"),
        pytest.param({"entra_object_id": "oid"}, id="oid"),
    ],
)
def test_what_may_change_is_no_part_of_the_key(change):
    assert account.identity_hash(replace(ADA, **change)) == account.identity_hash(ADA)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("a#b", "c", "d"), ("a", "b#c", "d"), id="F21-separator"),
        pytest.param(("a|b", "c", "d"), ("a", "b|c", "d"), id="F21-other-separator"),
        pytest.param(("a", "b\0c", "d"), ("a\0b", "c", "d"), id="F21-nul"),
        pytest.param(("ab", "c", "d"), ("a", "bc", "d"), id="F21-moved-border"),
        pytest.param(("a", "1:b", "c"), ("a", "1", ":bc"), id="F21-looks-like-a-length"),
        pytest.param(("a", "", "b"), ("a", "b", ""), id="F21-empty"),
    ],
)
def test_composite_keys_cannot_be_confused(one, other):
    hashes = [
        account.identity_hash(replace(ADA, connection_id=c, issuer=i, subject=s))
        for c, i, s in (one, other)
    ]
    assert hashes[0] != hashes[1]


@settings(max_examples=100)
@given(st.tuples(*[st.text(max_size=6)] * 3), st.tuples(*[st.text(max_size=6)] * 3))
def test_only_equal_triples_share_a_key__F21(one, other):
    hashes = [
        account.identity_hash(replace(ADA, connection_id=c, issuer=i, subject=s))
        for c, i, s in (one, other)
    ]
    assert (hashes[0] == hashes[1]) == (one == other)


def test_usernames_are_opaque_uuids():
    username = account.username_of(ADA)
    assert [len(part) for part in username.split("-")] == [8, 4, 4, 4, 12]
    assert "ada" not in username


# --- somebody who has been here before


@pytest.mark.parametrize(
    ("link", "user", "decision"),
    [
        pytest.param(
            replace(LINK, tenant_id="globex"), USER, Refusal("user_of_other_tenant"), id="F17-link"
        ),
        pytest.param(
            LINK, replace(USER, tenant_id="globex"), Refusal("user_of_other_tenant"), id="F19-moved"
        ),
        pytest.param(
            LINK, replace(USER, tenant_id=None), Refusal("user_of_other_tenant"), id="F19-no-tenant"
        ),
        pytest.param(LINK, replace(USER, enabled=False), Refusal("user_disabled"), id="F38"),
        pytest.param(LINK, USER, UseUser(USER), id="good"),
        pytest.param(
            LINK,
            replace(USER, email="new@acme.example", email_verified=False),
            UseUser(replace(USER, email="new@acme.example", email_verified=False)),
            id="email-does-not-matter-any-more",
        ),
    ],
)
def test_a_known_identity(link, user, decision):
    assert account.known(ADA, link, user) == decision


# --- somebody who comes for the first time


@pytest.mark.parametrize(
    ("identity", "namesakes", "owner", "decision"),
    [
        pytest.param(
            replace(ADA, email=None), [], "acme", Refusal("email_missing"), id="D11-no-email"
        ),
        pytest.param(
            replace(ADA, email_unverified=True),
            [(USER, None)],
            "acme",
            Refusal("email_unverified"),
            id="F22-provider-has-not-verified-it",
        ),
        pytest.param(
            replace(ADA, email_unverified=True),
            [],
            "acme",
            Refusal("email_unverified"),
            id="F19-no-new-user-either",
        ),
        pytest.param(ADA, [], None, Refusal("domain_not_proven"), id="F19-nobodys-domain"),
        pytest.param(ADA, [], "globex", Refusal("domain_not_proven"), id="F19-anothers-domain"),
        pytest.param(
            ADA,
            [(replace(USER, tenant_id="globex"), None)],
            "globex",
            Refusal("domain_not_proven"),
            id="F19-user-of-another-tenant",
        ),
        pytest.param(
            ADA,
            [(replace(USER, tenant_id=None), None)],
            None,
            Refusal("domain_not_proven"),
            id="F22-user-of-no-tenant",
        ),
        pytest.param(
            ADA,
            [(replace(USER, email_verified=False), None)],
            None,
            Refusal("domain_not_proven"),
            id="F35-squatted-address",
        ),
        pytest.param(
            ADA,
            [(replace(USER, email="ada@acme.example.evil"), None)],
            None,
            Refusal("domain_not_proven"),
            id="F22-the-pool-found-too-much",
        ),
        pytest.param(
            ADA, [(USER, OTHER_LINK)], "acme", Refusal("already_linked"), id="F22-has-an-identity"
        ),
        pytest.param(
            ADA,
            [(USER, None), (replace(USER, username="user-2"), None)],
            "acme",
            Refusal("email_ambiguous"),
            id="F22-two-users",
        ),
        pytest.param(
            ADA,
            [(replace(USER, enabled=False), None)],
            "acme",
            Refusal("user_disabled"),
            id="F38-disabled",
        ),
        pytest.param(
            ENTRA,
            [(USER, replace(ENTRA_BEFORE, entra_object_id="another"))],
            "acme",
            Refusal("already_linked"),
            id="F22-other-oid",
        ),
        pytest.param(
            ENTRA,
            [(USER, replace(ENTRA_BEFORE, entra_tenant_id="another"))],
            "acme",
            Refusal("already_linked"),
            id="F22-other-tid",
        ),
        pytest.param(
            ENTRA,
            [(USER, replace(ENTRA_BEFORE, connection_id="another"))],
            "acme",
            Refusal("already_linked"),
            id="F22-other-connection",
        ),
        pytest.param(
            ENTRA,
            [(USER, replace(ENTRA_BEFORE, issuer="https://another.example"))],
            "acme",
            Refusal("already_linked"),
            id="F22-other-issuer",
        ),
        pytest.param(
            ADA,
            [(USER, replace(OTHER_LINK, entra_object_id=None))],
            "acme",
            Refusal("already_linked"),
            id="F22-two-without-oid-are-not-the-same",
        ),
        pytest.param(ADA, [], "acme", CreateUser("ada@acme.example"), id="good-new-user"),
        pytest.param(ADA, [(USER, None)], "acme", LinkUser(USER), id="good-first-link"),
        pytest.param(
            ADA, [(USER, None)], None, LinkUser(USER), id="design-6.5-no-domain-needed-to-link"
        ),
        pytest.param(
            ADA,
            [(replace(USER, username="user-2", tenant_id="globex"), None), (USER, None)],
            "acme",
            LinkUser(USER),
            id="F19-namesake-elsewhere-does-not-matter",
        ),
        pytest.param(
            ADA,
            [(replace(USER, email_verified=False), None)],
            "acme",
            CreateUser("ada@acme.example"),
            id="F35-squatted-address-is-never-joined",
        ),
        pytest.param(
            ENTRA,
            [(USER, ENTRA_BEFORE)],
            "acme",
            LinkUser(USER, replaces=ENTRA_BEFORE),
            id="same-person-after-a-new-app-registration",
        ),
    ],
)
def test_a_first_time(identity, namesakes, owner, decision):
    assert account.first(identity, namesakes, domain_owner=owner) == decision


# --- Google accounts


@pytest.mark.parametrize(
    ("domain", "owner", "decision"),
    [
        pytest.param(None, None, Refusal("hosted_domain_not_proven"), id="F19-private-account"),
        pytest.param(None, "acme", Refusal("hosted_domain_not_proven"), id="F19-no-hd-at-all"),
        pytest.param(
            "globex.example", "globex", Refusal("hosted_domain_not_proven"), id="F19-anothers"
        ),
        pytest.param("x.example", None, Refusal("hosted_domain_not_proven"), id="F19-nobodys"),
        pytest.param("acme.example", "acme", None, id="good"),
    ],
)
def test_a_google_account_must_be_the_organisations(domain, owner, decision):
    identity = replace(ADA, google_hosted_domain=domain)
    assert account.hosted(identity, domain_owner=owner) == decision


def test_a_link_carries_what_recognises_the_person_again():
    link = account.link_of(ENTRA, "user-1")
    assert link.identity_hash == account.identity_hash(ENTRA)
    assert (link.username, link.tenant_id, link.connection_id, link.issuer) == (
        "user-1",
        "acme",
        "connection",
        "https://idp.example",
    )
    assert (link.entra_tenant_id, link.entra_object_id) == ("tid", "oid")
