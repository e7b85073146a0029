"""What every store of e-mail domains must do: the tables, and the fake that stands for them."""

from dataclasses import replace
from time import time_ns
from uuid import uuid4

import pytest

from authsso.adapters.audit_table import AuditTable
from authsso.adapters.domain_changes import DomainChanges
from authsso.adapters.domain_table import DomainTable
from authsso.errors import SettingsError
from authsso.protocol.audit_event import Actor, AuditEvent
from authsso.protocol.domain_claim import ClaimedDomain
from harness.settings_fakes import FakeDomains


class Tables(DomainTable, DomainChanges):
    """Reads and writes in one, as the fake has them."""

    def __init__(self, client, table, audit_table):
        DomainTable.__init__(self, client, table)
        self.audit = AuditTable(client, audit_table, 1)
        self._audit = self.audit


@pytest.fixture(params=["fake", "table"])
def store(request):
    if request.param == "fake":
        return FakeDomains()
    dynamodb = request.getfixturevalue("dynamodb")
    names = (dynamodb.new_table(name) for name in ("DomainTable", "AuditTable"))
    return Tables(dynamodb.client, *names)


def event(tenant, action="domain_claimed"):
    actor = Actor("anna", None, "192.0.2.1")
    return AuditEvent(tenant, f"{time_ns():019d}-x", 7, actor, action, "acme.example", {})


def told(store, tenant):
    return [found.action for found in store.audit.events(tenant, before=None, limit=9)]


def claimed(store, tenant, domain="acme.example", **changes):
    one = ClaimedDomain(domain, None, f"token-{uuid4().hex}", **changes)
    store.claim(tenant, one, [event(tenant)])
    return one


def proven(store, tenant, domain="acme.example", at=7):
    one = replace(claimed(store, tenant, domain), proven_at=at, checked_at=at)
    store.prove(tenant, one, [event(tenant, "domain_proven")])
    return one


def test_f18_a_claim_makes_no_owner(store):
    one = claimed(store, "tenant-a")

    assert store.proven_owner("acme.example") is None
    assert store.domains("tenant-a") == (one,)
    assert store.find("tenant-a", "acme.example") == one
    assert store.proven_domains("tenant-a") == frozenset()
    assert list(store.all_proven()) == []


@pytest.mark.parametrize(
    ("domain", "owner"),
    [
        pytest.param("sub.acme.example", None, id="F18-sub-domain"),
        pytest.param("example", None, id="F18-parent"),
        pytest.param("", None, id="empty"),
        pytest.param("nobody.example", None, id="unknown"),
        pytest.param("claim#tenant-a#pending.example", None, id="F21-the key of a claim"),
        pytest.param("acme.example", "tenant-a", id="proven"),
        pytest.param("xn--bcher-kva.example", "tenant-a", id="proven-at-0"),
    ],
)
def test_only_a_proof_makes_an_owner(store, domain, owner):
    proven(store, "tenant-a")
    proven(store, "tenant-a", "xn--bcher-kva.example", at=0)
    claimed(store, "tenant-a", "pending.example")

    assert store.proven_owner(domain) == owner


def test_f05_a_tenant_has_its_own_domains(store):
    mine, theirs = proven(store, "tenant-a"), proven(store, "tenant-b", "other.example")
    pending = claimed(store, "tenant-a", "z.example")

    assert store.domains("tenant-a") == (mine, pending)
    assert store.proven_domains("tenant-b") == {"other.example"}
    assert store.find("tenant-a", "other.example") is None
    assert store.domains("tenant-c") == ()
    assert sorted(store.all_proven(), key=str) == sorted(
        [("tenant-a", mine), ("tenant-b", theirs)], key=str
    )


def test_f18_pending_claims_do_not_block_the_owner(store):
    for tenant in ("tenant-b", "tenant-c"):
        claimed(store, tenant)

    proven(store, "tenant-a")

    assert store.proven_owner("acme.example") == "tenant-a"
    assert store.find("tenant-b", "acme.example").proven_at is None


def test_f18_of_two_who_can_prove_one_owns_it(store):
    late = claimed(store, "tenant-b")
    proven(store, "tenant-a")

    with pytest.raises(SettingsError, match="domain_taken"):
        store.prove("tenant-b", replace(late, proven_at=8), [event("tenant-b", "domain_proven")])

    assert store.proven_owner("acme.example") == "tenant-a"
    assert store.find("tenant-b", "acme.example") == late
    assert told(store, "tenant-b") == ["domain_claimed"]


@pytest.mark.parametrize(
    ("tenant", "domain", "other_tenant", "other_domain"),
    [
        pytest.param("a", "b.example", "a#b", "example.com", id="F21-hash"),
        pytest.param("a#acme", "b.example", "a", "b.example", id="F21-prefix"),
    ],
)
def test_f21_keys_cannot_be_confused(store, tenant, domain, other_tenant, other_domain):
    one, other = claimed(store, tenant, domain), claimed(store, other_tenant, other_domain)

    assert store.find(tenant, domain) == one
    assert store.find(other_tenant, other_domain) == other


def test_a_domain_is_claimed_once(store):
    claimed(store, "tenant-a")

    with pytest.raises(SettingsError, match="changed_meanwhile"):
        claimed(store, "tenant-a")
    assert told(store, "tenant-a") == ["domain_claimed"]


def test_what_a_look_up_found_is_kept(store):
    pending, one = claimed(store, "tenant-a", "b.example"), proven(store, "tenant-a")

    store.check("tenant-a", replace(pending, checked_at=9))
    store.check("tenant-a", replace(one, checked_at=9, missing_since=9))

    assert store.find("tenant-a", "b.example").checked_at == 9
    assert store.find("tenant-a", "acme.example").state == "lapsing"
    assert store.proven_owner("acme.example") == "tenant-a"


def test_f17_a_claim_that_was_begun_anew_is_not_the_old_one(store):
    old = claimed(store, "tenant-a")
    store.remove("tenant-a", old, [event("tenant-a", "domain_removed")])
    new = claimed(store, "tenant-a")

    for write in (
        lambda: store.check("tenant-a", replace(old, checked_at=9)),
        lambda: store.remove("tenant-a", old, []),
        lambda: store.prove("tenant-a", replace(old, proven_at=9), []),
    ):
        with pytest.raises(SettingsError):
            write()
    assert store.find("tenant-a", "acme.example") == new


def test_a_proof_that_has_lapsed_is_a_claim_again_and_blocks_nobody(store):
    one = proven(store, "tenant-a")

    store.lapse("tenant-a", replace(one, proven_at=None), [event("tenant-a", "domain_lapsed")])

    assert store.proven_owner("acme.example") is None
    assert store.find("tenant-a", "acme.example").state == "pending"
    proven(store, "tenant-b")
    assert store.proven_owner("acme.example") == "tenant-b"


def test_nobody_removes_what_another_has_proven(store):
    one = proven(store, "tenant-a")

    with pytest.raises(SettingsError, match="changed_meanwhile"):
        store.remove("tenant-b", one, [event("tenant-b", "domain_removed")])
    assert store.proven_owner("acme.example") == "tenant-a"

    store.remove("tenant-a", one, [event("tenant-a", "domain_removed")])
    assert store.proven_owner("acme.example") is None


def test_an_operators_domain_has_no_token(dynamodb):
    """An item that the SaaS's operator has written."""
    table, audit = (dynamodb.new_table(name) for name in ("DomainTable", "AuditTable"))
    item = {"domain": {"S": "a.example"}, "tenant_id": {"S": "a"}, "proven_at": {"N": "7"}}
    dynamodb.client.put_item(TableName=table, Item=item)
    store = Tables(dynamodb.client, table, audit)

    assert store.find("a", "a.example") == ClaimedDomain("a.example", 7)
    store.remove("a", ClaimedDomain("a.example", 7), [])
    assert store.proven_owner("a.example") is None
