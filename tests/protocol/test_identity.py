"""Verified claims -> an identity, by an allow-list and nothing else (D09-D13, F19)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.errors import ProviderError
from authsso.model import Connection, Identity
from authsso.protocol import identity

TID = "6babcaad-604b-40ac-a9d7-9fd97c0b779f"
ISSUER = f"https://login.microsoftonline.com/{TID}/v2.0"
OKTA = Connection("acme", "okta", "connection")
AZURE = replace(OKTA, provider="azure")
GOOGLE = replace(OKTA, provider="google")
CLAIMS = {
    "sub": "subject",
    "email": "Ada@Acme.example",
    "name": "Ada Lovelace",
    "given_name": "Ada",
    "family_name": "Lovelace",
    "groups": ["staff", "makers"],
}
GOOD = Identity(
    connection_id="connection",
    issuer=ISSUER,
    subject="subject",
    tenant_id="acme",
    email="ada@acme.example",
    name="Ada Lovelace",
    given_name="Ada",
    family_name="Lovelace",
    groups=("staff", "makers"),
)


def of(claims=CLAIMS, connection=OKTA, mapping=None, **changes):
    claims = {name: value for name, value in (claims | changes).items() if value is not ...}
    return identity.from_claims(claims, connection, mapping or {}, issuer=ISSUER)


# --- what a provider must not be able to say


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"custom:tenant_id": "globex"}, id="D09-tenant"),
        pytest.param({"tenant_id": "globex", "connection_id": "other"}, id="D09-our-own-words"),
        pytest.param({"cognito:groups": ["tenant-admins"]}, id="D09-cognito-groups"),
        pytest.param({"username": "admin", "identities": [{}]}, id="D09-username"),
        pytest.param({"dev:role": "admin"}, id="D09-role"),
        pytest.param({"iss": "https://evil.example"}, id="D05-issuer"),
        pytest.param({"tid": "t", "oid": "o", "hd": "globex.example"}, id="other-kinds-claims"),
        pytest.param({"preferred_username": "ceo@globex.example", "upn": "x@y.z"}, id="F19-upn"),
    ],
)
def test_claims_that_are_not_mapped_change_nothing(change):
    assert of(**change) == GOOD


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(..., id="D11-missing"),
        pytest.param("", id="D11-empty"),
        pytest.param(7, id="D11-number"),
        pytest.param(["subject"], id="D11-list"),
    ],
)
def test_without_a_subject_there_is_nobody__K66(subject):
    with pytest.raises(ProviderError, match="subject_missing"):
        of(sub=subject)


@pytest.mark.parametrize(
    ("value", "unverified"),
    [
        pytest.param(False, True, id="F19-false"),
        pytest.param("true", True, id="F19-text"),
        pytest.param("false", True, id="F19-text-false"),
        pytest.param(1, True, id="F19-number"),
        pytest.param(None, True, id="F19-null"),
        pytest.param(True, False, id="true"),
        pytest.param(..., False, id="Entra-says-nothing"),
    ],
)
def test_only_json_true_makes_an_address_verified(value, unverified):
    assert of(email_verified=value).email_unverified is unverified


def test_email_verified_says_nothing_about_another_claim():
    found = of(mapping={"email": "upn"}, upn="ada@acme.example", email_verified=False)
    assert (found.email, found.email_unverified) == ("ada@acme.example", False)


# --- Entra's tid and oid


@pytest.mark.parametrize(
    "tid",
    [
        pytest.param("11111111-2222-3333-4444-555555555555", id="other-tenant"),
        pytest.param(TID.upper(), id="other-case"),
        pytest.param("v2.0/", id="not-a-part-of-the-path"),
    ],
)
def test_a_tid_that_is_not_the_issuers_is_refused(tid):
    with pytest.raises(ProviderError, match="id_token_tenant"):
        of(connection=AZURE, tid=tid)


def test_tid_and_oid_are_kept_for_azure():
    found = of(connection=AZURE, tid=TID, oid="object")
    assert (found.entra_tenant_id, found.entra_object_id) == (TID, "object")


def test_entra_may_send_neither():
    found = of(connection=AZURE)
    assert (found.entra_tenant_id, found.entra_object_id) == (None, None)


# --- Google's hd


@pytest.mark.parametrize(
    ("value", "domain"),
    [
        pytest.param(..., None, id="a-private-account"),
        pytest.param("", None, id="D11-empty"),
        pytest.param(["acme.example"], None, id="list"),
        pytest.param("ACME.example", "acme.example", id="normalised"),
    ],
)
def test_the_hosted_domain_is_kept_for_google(value, domain):
    assert of(connection=GOOGLE, hd=value).google_hosted_domain == domain


# --- what is mapped


@pytest.mark.parametrize(
    ("change", "attribute", "value"),
    [
        pytest.param({"email": ["a@b.cd"]}, "email", None, id="D10-list"),
        pytest.param({"email": "a@b.com@evil.com"}, "email", None, id="D10-two-domains"),
        pytest.param({"name": {"x": 1}}, "name", None, id="D10-object"),
        pytest.param({"name": "  "}, "name", None, id="D11-blank"),
        pytest.param({"name": "Ada\r\nBcc: \x00x"}, "name", "AdaBcc: x", id="D10-control"),
        pytest.param({"name": "n" * 2000}, "name", "n" * 256, id="D13-long-name"),
        pytest.param({"groups": "staff"}, "groups", ("staff",), id="one-group-as-text"),
        pytest.param({"groups": {"a": 1}}, "groups", (), id="groups-object"),
        pytest.param({"groups": ["a", 1, None, "", ["b"]]}, "groups", ("a",), id="groups-mixed"),
        pytest.param({"groups": ...}, "groups", (), id="no-groups"),
        pytest.param(
            {"groups": [str(n) for n in range(20_000)]},
            "groups",
            tuple(str(n) for n in range(11_000)),
            id="D13-twenty-thousand-groups",
        ),
        pytest.param(
            {"groups": ["g" * 1024, "g" * 1025, "a"]},
            "groups",
            ("g" * 1024, "a"),
            id="D13-a-long-group-is-left-out-not-cut",
        ),
        pytest.param({"groups": ["a", "b", "a"]}, "groups", ("a", "b"), id="a-group-twice"),
        pytest.param({"roles": ["admin"]}, "groups", ("staff", "makers"), id="roles-elsewhere"),
    ],
)
def test_what_cannot_be_used_is_left_out(change, attribute, value):
    assert getattr(of(**change), attribute) == value


def test_the_good_claims():
    assert of() == GOOD


@pytest.mark.parametrize(
    ("change", "mapping", "groups"),
    [
        pytest.param({"roles": "Agent"}, {}, ("Agent", "staff", "makers"), id="one-role-as-text"),
        pytest.param({"roles": ["Agent", 7]}, {}, ("Agent", "staff", "makers"), id="both"),
        pytest.param({"roles": {"a": 1}}, {}, ("staff", "makers"), id="no-list"),
        pytest.param({"roles": ["staff"]}, {}, ("staff", "makers"), id="one-name-in-both"),
        pytest.param({"roles": ["Agent"]}, {"groups": "roles"}, ("Agent",), id="roles-alone"),
    ],
)
def test_entras_app_roles_are_groups_too(change, mapping, groups):
    assert of(connection=AZURE, mapping=mapping, **change).groups == groups


def test_a_mapping_names_other_claims():
    found = of(mapping={"email": "upn", "name": "display"}, upn="b@c.de", display="B")
    assert (found.email, found.name, found.given_name) == ("b@c.de", "B", "Ada")
    assert identity.wanted_claims({"email": "upn"}) == ("upn", "name")


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from([*CLAIMS, "tid", "oid", "hd", "email_verified"]), json))
def test_no_json_breaks_it(changes):
    for connection in (OKTA, AZURE, GOOGLE):
        try:
            found = of(connection=connection, **changes)
        except ProviderError:
            continue
        assert found.tenant_id == "acme"
        assert all(isinstance(group, str) for group in found.groups)
