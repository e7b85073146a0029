"""What claims tell about the provider's settings."""

import pytest

from authsso.findings import in_claims

GUID = "11111111-2222-3333-4444-555555555555"
FINE = {"name": "Ada", "email": "ada@acme.example", "groups": ["staff"]}


def found(claims, provider="azure", mapping=None):
    return [
        finding.code
        for finding in in_claims.find(
            claims, provider, groups_claim="groups", group_mapping=mapping or {}
        )
    ]


def test_nothing_is_found_where_nothing_is_wrong():
    assert found(FINE, mapping={"staff": "staff"}) == []


@pytest.mark.parametrize(
    "more", [{"_claim_names": {"groups": "src1"}}, {"hasgroups": True}, {"hasgroups": "true"}]
)
def test_an_overage_is_told_once(more):
    assert found({"name": "Ada", **more}, mapping={"staff": "staff"}) == ["groups_overage"]


def test_groups_are_missed_only_when_they_are_mapped():
    assert found({"name": "Ada"}) == []
    assert found({"name": "Ada"}, "google", {"staff": "staff"}) == ["groups_missing"]


def test_app_roles_are_not_missed_as_groups():
    claims = {"name": "Ada", "roles": ["Agent"]}
    assert found(claims, mapping={"Agent": "agents"}) == []
    assert found(claims, "okta", {"Agent": "agents"}) == ["groups_missing"]


def test_object_ids_are_fine_once_the_mapping_names_one():
    claims = FINE | {"groups": [GUID]}
    assert found(claims, mapping={"staff": "staff"}) == ["groups_are_ids"]
    assert found(claims, mapping={GUID: "staff"}) == []


def test_one_group_may_come_as_text():
    assert found(FINE | {"groups": "staff"}, mapping={"staff": "staff"}) == []


@pytest.mark.parametrize("value", [False, 0, "0", "false"])
def test_an_address_that_entra_has_not_verified_is_told(value):
    assert found(FINE | {"xms_edov": value}) == ["entra_email_not_verified"]


@pytest.mark.parametrize("value", [True, 1, "1", "true"])
def test_an_address_that_entra_has_verified_is_not(value):
    assert found(FINE | {"xms_edov": value}) == []


@pytest.mark.parametrize(
    "more", [{"acct": 1}, {"acct": "1"}, {"upn": "a_b.example#EXT#@c.example"}]
)
def test_a_guest_is_told(more):
    assert found(FINE | more) == ["entra_guest"]
    assert found(FINE | more, "okta") == []


def test_hostile_claims_do_no_harm():
    claims = {"name": [], "groups": {"a": 1}, "roles": [1, None], "_claim_names": "x", "upn": 7}
    assert found(claims) == ["name_missing"]
