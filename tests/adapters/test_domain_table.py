"""What every store of e-mail domains must do: the table, and the fake that stands for it."""

import pytest

from authsso.adapters.domain_table import ClaimedDomain, DomainTable
from harness.settings_fakes import FakeDomains
from harness.settings_tables import create_domain_table

ITEMS = {
    "acme.example": ("tenant-a", 7),
    "pending.example": ("tenant-a", None),
    "xn--bcher-kva.example": ("tenant-a", 0),
    "other.example": ("tenant-b", 7),
}


@pytest.fixture(scope="module")
def table_name(emulator_dynamodb):
    name = create_domain_table(emulator_dynamodb)
    for domain, (tenant_id, proven_at) in ITEMS.items():
        item = {"domain": {"S": domain}, "tenant_id": {"S": tenant_id}}
        if proven_at is not None:
            item["proven_at"] = {"N": str(proven_at)}
        emulator_dynamodb.put_item(TableName=name, Item=item)
    return name


@pytest.fixture(params=["fake", "table"])
def store(request):
    if request.param == "fake":
        return FakeDomains(**ITEMS)
    client = request.getfixturevalue("emulator_dynamodb")
    return DomainTable(client, request.getfixturevalue("table_name"))


@pytest.mark.parametrize(
    ("domain", "owner"),
    [
        pytest.param("pending.example", None, id="F18-pending"),
        pytest.param("sub.acme.example", None, id="F18-sub-domain"),
        pytest.param("example", None, id="F18-parent"),
        pytest.param("", None, id="empty"),
        pytest.param("nobody.example", None, id="unknown"),
        pytest.param("acme.example", "tenant-a", id="proven"),
        pytest.param("xn--bcher-kva.example", "tenant-a", id="proven-at-0"),
    ],
)
def test_only_a_proof_makes_an_owner(store, domain, owner):
    assert store.proven_owner(domain) == owner


def test_a_tenant_has_its_own_domains(store):
    assert store.domains("tenant-a") == (
        ClaimedDomain("acme.example", 7),
        ClaimedDomain("pending.example", None),
        ClaimedDomain("xn--bcher-kva.example", 0),
    )
    assert store.proven_domains("tenant-a") == {"acme.example", "xn--bcher-kva.example"}
    assert store.domains("tenant-c") == ()
