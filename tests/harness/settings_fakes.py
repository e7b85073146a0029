"""What the settings API works with, in memory: same behaviour, a few lines each.

tests/adapters runs the fakes and the real adapters through the same tests.
"""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from authsso.adapters.connection_items import connection_ids
from authsso.adapters.connection_table import ConnectionKey, SavedVersion
from authsso.adapters.domain_table import claim_key
from authsso.adapters.evidence_table import AdministratorSignIn, Result
from authsso.adapters.rate_limits import RateLimits
from authsso.config import Config
from authsso.errors import SettingsError
from authsso.protocol import domain_claim
from authsso.protocol.domain_claim import ClaimedDomain
from authsso.protocol.edit_condition import changed_meanwhile
from authsso.protocol.emergency_access import EmergencyAccess
from harness.limit_fakes import FakeLimitTable
from harness.settings_outside import (
    FakeDns,
    FakeFederation,
    FakeKeySnapshots,
    FakeProvider,
    FakeSecrets,
    FakeUsers,
    member,
)
from harness.trace_fakes import FakeResults, FakeTraces

if TYPE_CHECKING:
    from collections.abc import Callable

    from authsso.protocol.audit_event import AuditEvent

ENVIRONMENT = {
    "BASE_URL": "https://authsso.saas.example",
    "COGNITO_DOMAIN_URL": "https://saas.auth.eu-central-1.amazoncognito.com",
    "USER_POOL_ID": "eu-central-1_pool",
    "POOL_ISSUER": "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool",
    "POOL_KEYS_URL": "https://cognito-idp.eu-central-1.amazonaws.com/keys",
    "SETTINGS_CLIENT_IDS": "dashboard",
    "SETTINGS_PAGE_CLIENT_ID": "settings-page",
    "DASHBOARD_ORIGINS": "",
    "CONNECTION_TABLE": "connections",
    "DOMAIN_TABLE": "domains",
    "PROVIDER_TABLE": "providers",
    "LIMIT_TABLE": "limits",
    "TENANT_SIGN_INS_PER_MINUTE": "3000",
    "TENANT_CHANGES_PER_MINUTE": "120",
    "NETWORK_REFUSALS_PER_MINUTE": "100",
    "SIGN_IN_TABLE": "sign-ins",
    "CODE_TABLE": "codes",
    "IDENTITY_TABLE": "identities",
    "RECOVERY_TABLE": "recovery",
    "EVIDENCE_TABLE": "evidence",
    "FEDERATION_TABLE": "federation",
    "AUDIT_TABLE": "audit",
    "AUDIT_RETENTION_DAYS": "400",
    "TRACE_TABLE": "traces",
    "TRACE_RETENTION_DAYS": "30",
    "GOOGLE_CLIENT_ID": "",
    "GOOGLE_CLIENT_SECRET_ID": "",
    "GROUP_ALLOW_LIST": "",
    "DNS_SERVER": "",
    "FEDERATED_CLIENTS": "",
    "SECRET_PREFIX": "authsso/",
    "SECRET_KEY_ID": "alias/authsso",
    "PINNED_HOSTS": "",
    "ALLOW_LOOPBACK": "false",
    "SUPPORT_URL": "",
    "PRODUCT_NAME": "SaaS",
    "LOGO_URL": "",
    "ACCENT_COLOUR": "",
    "APPLICATION_START_URLS": "https://portal.example/start",
}
CONFIG = Config.from_environment(ENVIRONMENT)


class FakeAudit:
    """AuditTable's behaviour over a list; `puts` hands on what a transaction writes."""

    def __init__(self):
        self.kept: list[AuditEvent] = []

    def puts(self, events):
        return list(events)

    def record(self, event):
        self.kept.append(event)

    def events(self, tenant_id, *, before, limit):
        found = [
            event
            for event in self.kept
            if event.tenant_id == tenant_id and (before is None or event.event_id < before)
        ]
        return tuple(sorted(found, key=lambda event: event.event_id, reverse=True)[:limit])


class FakeConnections:
    """ConnectionTable's and ConnectionChanges' behaviour over a dictionary."""

    def __init__(self, audit=None):
        self.audit = audit or FakeAudit()
        self.salts: dict[str, str] = {}
        self.heads: dict[tuple[str, str], Any] = {}
        self.saved: dict[tuple[str, str, int], SavedVersion] = {}
        self.fail_next_save: Exception | None = None
        self.emergency_revision: Callable[[str], int] = lambda _tenant_id: 0

    def connection_ids(self, tenant_id):
        salt = self.salts.setdefault(tenant_id, f"salt {tenant_id} {len(self.salts)}")
        return connection_ids(salt)

    def connections(self, tenant_id):
        return tuple(head for (owner, _), head in self.heads.items() if owner == tenant_id)

    def connection(self, tenant_id, provider):
        return self.heads.get((tenant_id, provider))

    def by_connection_id(self, connection_id):
        for key, head in self.heads.items():
            if head.connection_id == connection_id:
                return ConnectionKey(*key)
        return None

    def version(self, tenant_id, provider, number):
        saved = self.saved_version(tenant_id, provider, number)
        return saved.version if saved else None

    def saved_version(self, tenant_id, provider, number):
        return self.saved.get((tenant_id, provider, number))

    def versions(self, tenant_id, provider):
        found = [s.version for key, s in self.saved.items() if key[:2] == (tenant_id, provider)]
        return tuple(sorted(found, key=lambda version: version.number))

    def save_version(self, connection, version, *, request_digest, expected_revision, events=()):
        if self.fail_next_save:
            error, self.fail_next_save = self.fail_next_save, None
            raise error
        key = (connection.tenant_id, connection.provider, version.number)
        if key in self.saved:
            raise changed_meanwhile("the number is taken")
        self._put(connection, expected_revision)
        self.saved[key] = SavedVersion(version, request_digest)
        self.audit.kept.extend(events)

    def write(
        self, connection, *, expected_revision, events=(), unchanged=(), emergency_revision=None
    ):
        for other in unchanged:
            if self.connection(other.tenant_id, other.provider) != other:
                raise changed_meanwhile(other.provider)
        if emergency_revision not in {None, self.emergency_revision(connection.tenant_id)}:
            raise changed_meanwhile("emergency access")
        self._put(connection, expected_revision)
        self.audit.kept.extend(events)

    def forget_version(self, tenant_id, provider, number):
        self.saved.pop((tenant_id, provider, number), None)

    def _put(self, connection, expected_revision):
        key = (connection.tenant_id, connection.provider)
        standing = self.heads.get(key)
        if (standing.revision if standing else 0) != expected_revision:
            raise changed_meanwhile(str(expected_revision))
        self.heads[key] = connection


class FakeDomains:
    """DomainTable's and DomainChanges' behaviour over a dictionary.

    `items` is keyed as the table is; a value is the tenant with the domain, or, as tests write
    it, with the time of its proof.
    """

    def __init__(self, audit=None, **proven):
        self.audit = audit or FakeAudit()
        self.items: dict[str, tuple[str, Any]] = dict(proven)

    def proven_owner(self, domain):
        found = self._find(domain)
        return found[0] if found and found[1].proven_at is not None else None

    def find(self, tenant_id, domain):
        proven = self._find(domain)
        if proven and proven[0] == tenant_id:
            return proven[1]
        claim = self._find(claim_key(tenant_id, domain))
        return claim[1] if claim else None

    def domains(self, tenant_id):
        found = [self._find(key) for key in self.items]
        return tuple(
            sorted((one for owner, one in found if owner == tenant_id), key=lambda one: one.domain)
        )

    def proven_domains(self, tenant_id):
        return frozenset(
            claimed.domain for claimed in self.domains(tenant_id) if claimed.proven_at is not None
        )

    def all_proven(self):
        found = [self._find(key) for key in self.items]
        return iter([(owner, one) for owner, one in found if one.proven_at is not None])

    def claim(self, tenant_id, claimed, events):
        key = claim_key(tenant_id, claimed.domain)
        self._require(key not in self.items)
        self.items[key] = (tenant_id, claimed)
        self.audit.kept.extend(events)

    def check(self, tenant_id, claimed, events=()):
        key = self._key(tenant_id, claimed)
        self._require(self._is_same(key, tenant_id, claimed))
        self.items[key] = (tenant_id, claimed)
        self.audit.kept.extend(events)

    def prove(self, tenant_id, claimed, events):
        key = claim_key(tenant_id, claimed.domain)
        if claimed.domain in self.items or not self._is_same(key, tenant_id, claimed):
            raise domain_claim.taken(claimed.domain)
        del self.items[key]
        self.items[claimed.domain] = (tenant_id, claimed)
        self.audit.kept.extend(events)

    def lapse(self, tenant_id, claimed, events):
        self._require(self._is_same(claimed.domain, tenant_id, claimed))
        del self.items[claimed.domain]
        self.items[claim_key(tenant_id, claimed.domain)] = (tenant_id, claimed)
        self.audit.kept.extend(events)

    def remove(self, tenant_id, claimed, events):
        key = self._key(tenant_id, claimed)
        self._require(self._is_same(key, tenant_id, claimed))
        del self.items[key]
        self.audit.kept.extend(events)

    def _key(self, tenant_id, claimed):
        is_claim = claimed.proven_at is None
        return claim_key(tenant_id, claimed.domain) if is_claim else claimed.domain

    def _find(self, key):
        if key not in self.items:
            return None
        owner, value = self.items[key]
        if isinstance(value, ClaimedDomain):
            return owner, value
        return owner, ClaimedDomain(key.rpartition("#")[2], value)

    def _is_same(self, key, tenant_id, claimed):
        found = self._find(key)
        return found is not None and (found[0], found[1].token) == (tenant_id, claimed.token)

    def _require(self, holds):
        if not holds:
            raise SettingsError("changed_meanwhile", status=412, title="changed")


class FakeEmergencyAccess:
    """EmergencyAccessTable's behaviour over dictionaries."""

    def __init__(self, connections=None):
        self.connections = connections or FakeConnections()
        self.connections.emergency_revision = lambda tenant_id: self.get(tenant_id).revision
        self.kept: dict[str, EmergencyAccess] = {}
        self.codes: dict[str, str] = {}
        self.spent: set[str] = set()
        self.lifts: dict[str, int] = {}

    def lifted_until(self, tenant_id):
        return self.lifts.get(tenant_id, 0)

    def get(self, tenant_id):
        return self.kept.get(tenant_id, EmergencyAccess())

    def codes_left(self, access):
        return sum(code in self.codes and code not in self.spent for code in access.code_hashes)

    def save_users(self, tenant_id, access, *, events, unchanged_heads=()):
        for head in unchanged_heads:
            if self.connections.connection(head.tenant_id, head.provider) != head:
                raise changed_meanwhile(head.provider)
        self._put(tenant_id, access, events)

    def save_codes(self, tenant_id, access, *, voided, events):
        self._put(tenant_id, access, events)
        for code in voided:
            self.codes.pop(code, None)
        self.codes |= dict.fromkeys(access.code_hashes, tenant_id)

    def _put(self, tenant_id, access, events):
        if self.get(tenant_id).revision != access.revision - 1:
            raise changed_meanwhile("emergency access")
        self.kept[tenant_id] = access
        self.connections.audit.kept.extend(events)


class FakeEvidence(FakeResults):
    """What has been seen to work, set by the test; `was_checked` stands for checks never made."""

    def __init__(self):
        super().__init__()
        self.was_checked = True
        self.administrators: dict[str, AdministratorSignIn] = {}
        self.secrets: dict[str, str] = {}

    def sign_in(self, connection_id, version, username):
        """Let an administrator come in through a version."""
        self.administrators[connection_id] = AdministratorSignIn(version, username, 7)

    def results(self, kind, connection_id):
        passed = range(1, 100) if kind == "check" and self.was_checked else ()
        found = {number: Result(number, 7, "anna", passed=True) for number in passed}
        return found | super().results(kind, connection_id)

    def administrator_sign_in(self, connection_id):
        return self.administrators.get(connection_id)

    def proven_secret(self, connection_id):
        return self.secrets.get(connection_id)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, now):
        self.time = now

    def __call__(self):
        return self.time


def settings_services(**changes: Any) -> Any:
    """Services for the settings API, with the administrators of two tenants in the pool."""
    secrets, tokens = FakeSecrets(), iter(f"token-{count}" for count in range(1, 10_000))
    ids = iter(f"{count:019d}-{'x' * 10}" for count in range(1, 10_000))
    audit = FakeAudit()
    connections, domains = FakeConnections(audit), FakeDomains(audit)
    now = Clock(1_795_600_800)
    people = [member("anna"), member("bert"), member("carl", "tenant-b")]
    services = SimpleNamespace(
        config=CONFIG,
        now=now,
        limits=RateLimits(FakeLimitTable(), now=now),
        new_token=lambda: next(tokens),
        new_event_id=lambda: next(ids),
        audit=audit,
        connections=connections,
        connection_changes=connections,
        domains=domains,
        domain_changes=domains,
        dns=FakeDns(),
        emergency_access=FakeEmergencyAccess(connections),
        evidence=FakeEvidence(),
        traces=FakeTraces(),
        federation=FakeFederation(),
        new_secrets=secrets,
        client_secrets=secrets,
        provider=FakeProvider(),
        key_snapshots=FakeKeySnapshots(),
        users=FakeUsers(*people, administrators={"anna", "bert", "carl"}),
    )
    return SimpleNamespace(**(vars(services) | changes))
