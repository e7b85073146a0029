"""The world outside in memory: the same behaviour in a few lines each.

The fakes of the three tables pass the conformance tests of the real ones (tests/adapters). What
the settings API writes with is in settings_fakes.py; here is what a sign-in reads.
"""

import hashlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from authsso.adapters.circuit_breaker import CircuitBreaker
from authsso.adapters.client_secrets import SecretBindingError
from authsso.adapters.connection_items import connection_ids
from authsso.adapters.connection_table import ConnectionKey
from authsso.adapters.rate_limits import RateLimits
from authsso.errors import DisplayedError, UnavailableError
from authsso.model import (
    Connection,
    ConnectionVersion,
    KeySet,
)
from authsso.protocol import enforcement
from authsso.protocol.authorization_code import TICKET_LIFETIME_SECONDS
from authsso.protocol.custom_challenge import LiveTicket
from authsso.protocol.sign_in import hashed
from harness.circuit_fakes import FakeCircuitTable
from harness.federation_fakes import (
    FakeFederation,
    FakeHostedSignIns,
    FakePoolFederation,
    FakeTenants,
)
from harness.limit_fakes import FakeLimitTable
from harness.pool_fakes import FakeApplications, FakeCognitoDomain, FakeTokens, FakeUsers
from harness.provider_fakes import FakeEntraGroups, FakeProvider, FakeProviderKeys
from harness.settings_fakes import CONFIG
from harness.tokens import b64, rsa_jwk, rsa_key
from harness.trace_fakes import FakeResults, FakeTraces

if TYPE_CHECKING:
    from authsso.adapters.evidence_table import AdministratorSignIn
    from authsso.adapters.imported_providers import ImportedKey
    from authsso.protocol.account import Link

NOW = 1_795_600_800


class FakeSignIns:
    """SignInTable over a dictionary."""

    def __init__(self):
        self.kept = {}
        self._lock = threading.Lock()

    def save(self, started):
        there = self.kept.setdefault(started.state_hash, started)
        if there.binding_hash != started.binding_hash:
            raise UnavailableError("aws_unavailable", "there is one already")

    def take(self, state_hash, binding_hash, now):
        with self._lock:
            started = self.kept.get(state_hash)
            if started is None:
                raise DisplayedError("sign_in_unknown")
            if started.binding_hash != binding_hash:
                raise DisplayedError("wrong_browser")
            if started.expires_at <= now:
                raise DisplayedError("sign_in_expired")
            return self.kept.pop(state_hash)


class FakeCodes:
    """CodeTable over two dictionaries: the codes, and the tickets of those that were redeemed."""

    def __init__(self):
        self.kept = {}
        self.tickets = {}
        self._lock = threading.Lock()

    def save(self, code):
        self.kept[code.code_hash] = code

    def redeem(self, wanted, *, ticket, now):
        with self._lock:
            code = self.kept.get(wanted.code_hash)
            if code is None:
                return None, False
            if self.tickets.get(code.code_hash, [None])[0] == hashed(ticket):
                return replace(code, redeemed_at=None), True
            expected = (code.client_id, code.redirect_uri, code.code_challenge)
            if (
                expected != (wanted.client_id, wanted.redirect_uri, wanted.code_challenge)
                or code.redeemed_at is not None
                or code.expires_at <= now
            ):
                return code, False
            self.kept[code.code_hash] = replace(code, redeemed_at=now)
            self.tickets[code.code_hash] = [hashed(ticket), now + TICKET_LIFETIME_SECONDS, None]
            return code, True

    def burn(self, code_hash):
        with self._lock:
            code = self.kept.get(code_hash)
            if code is not None and code.redeemed_at is None:
                del self.kept[code_hash]

    def spend(self, ticket, *, username, client_id, challenge, now):
        with self._lock:
            secret_hash, until, spent_by = self.tickets.get(ticket.code_hash, ("", 0, None))
            code = self.kept.get(ticket.code_hash)
            good = (
                code is not None
                and secret_hash == hashed(ticket.secret)
                and until > now
                and (code.username, code.client_id) == (username, client_id)
                and spent_by in (None, challenge)
            )
            if good:
                self.tickets[ticket.code_hash][2] = challenge
            return good

    def look_at(self, ticket, *, username, client_id, now):
        secret_hash, until, spent_by = self.tickets.get(ticket.code_hash, ("", 0, None))
        code = self.kept.get(ticket.code_hash)
        if code is None or secret_hash != hashed(ticket.secret) or until <= now:
            return None
        if (code.username, code.client_id) != (username, client_id):
            return None
        return LiveTicket(code.connection_id, is_spent=spent_by is not None)


class FakeIdentities:
    """IdentityTable over one dictionary, keyed as the table is; `marks` by username."""

    def __init__(self):
        self.kept: dict[str, Link] = {}
        self.marks: dict[str, int] = {}
        self._lock = threading.Lock()

    def of_identity(self, identity_hash):
        return self.kept.get(f"identity#{identity_hash}")

    def of_user(self, username):
        return self.kept.get(f"user#{username}")

    def save(self, link, *, replaces=None):
        keys = (f"identity#{link.identity_hash}", f"user#{link.username}")
        before = replaces or link
        with self._lock:
            for key in keys:
                standing = self.kept.get(key)
                if standing and (standing.identity_hash, standing.username) != (
                    before.identity_hash,
                    before.username,
                ):
                    return False
            self.kept |= dict.fromkeys(keys, link)
            self.marks.pop(link.username, None)
            return True

    def sso_since(self, username):
        return self.marks.get(username)

    def record_sso(self, username, now):
        self.marks[username] = now

    def forget_sso(self, username):
        self.marks.pop(username, None)


class FakeConnections:
    """ConnectionTable over two dictionaries."""

    def __init__(self):
        self.heads: dict[tuple[str, str], Connection] = {}
        self.versions: dict[tuple[str, str, int], ConnectionVersion] = {}

    def connection_ids(self, tenant_id):
        return connection_ids(f"salt of {tenant_id}")

    def connections(self, tenant_id):
        return tuple(head for (owner, _), head in self.heads.items() if owner == tenant_id)

    def connection(self, tenant_id, provider):
        return self.heads.get((tenant_id, provider))

    def by_connection_id(self, connection_id):
        found = (key for key, head in self.heads.items() if head.connection_id == connection_id)
        return next((ConnectionKey(*key) for key in found), None)

    def version(self, tenant_id, provider, number):
        return self.versions.get((tenant_id, provider, number))


class FakeImportedProviders:
    """ImportedProviders over two dictionaries."""

    def __init__(self):
        self.names: dict[str, ImportedKey] = {}
        self.identifiers: dict[str, ImportedKey] = {}

    def by_name(self, name):
        return self.names.get(name)

    def by_identifier(self, identifier):
        return self.identifiers.get(identifier)


class FakePolicies:
    """TenantPolicies: what the heads say, `emergency_users`, and no lift."""

    def __init__(self, connections: FakeConnections):
        self._connections = connections
        self.emergency_users: list[str] = []

    def of(self, tenant_id):
        if not tenant_id:
            return enforcement.NOTHING_ENFORCED
        return enforcement.policy(self._connections.connections(tenant_id), self.emergency_users)


class FakeDomains:
    """DomainTable: who has proven what."""

    def __init__(self, **owners: str):
        self.owners = owners

    def proven_owner(self, domain):
        return self.owners.get(domain)

    def proven_domains(self, tenant_id):
        return frozenset(domain for domain, owner in self.owners.items() if owner == tenant_id)


class FakeSecrets:
    """ClientSecrets; `bound` holds what each secret belongs to."""

    def __init__(self):
        self.bound: dict[tuple[str, str], dict[str, str]] = {}

    def get(self, connection_id, secret_id, *, issuer, client_id):
        found = self.bound.get((connection_id, secret_id))
        if found is None or (found["issuer"], found["client_id"]) != (issuer, client_id):
            raise SecretBindingError(secret_id)
        return found["client_secret"]


class FakeEvidence(FakeResults):
    """EvidenceTable over dictionaries, by connection id."""

    def __init__(self):
        super().__init__()
        self.secrets: dict[str, str] = {}
        self.administrators: dict[str, AdministratorSignIn] = {}

    def proven_secret(self, connection_id):
        return self.secrets.get(connection_id)

    def record_secret(self, connection_id, secret_id, now):
        assert now
        self.secrets[connection_id] = secret_id

    def record_administrator(self, connection_id, sign_in):
        self.administrators[connection_id] = sign_in


class FakePoolKeys:
    """The keys that the pool signs with, and those that a second look finds."""

    def __init__(self):
        self.known = [rsa_jwk(rsa_key("pool"), kid="pool")]
        self.found_later: list[dict[str, Any]] = []

    def keys(self):
        return KeySet(tuple(self.known), fetched_at=NOW)

    def refetched(self):
        self.known += self.found_later
        return self.keys()


class _Watched:
    """Writes every call into a log, and fails where it was told to."""

    def __init__(self, name: str, thing: Any, services: "FakeServices"):
        vars(self).update(_name=name, _thing=thing, _services=services)

    def __setattr__(self, attribute: str, value: Any) -> None:
        setattr(self._thing, attribute, value)

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(self._thing, attribute)
        if not callable(value):
            return value
        call = f"{self._name}.{attribute}"

        def watched(*arguments: Any, **named: Any) -> Any:
            self._services.calls.append(call)
            if call in self._services.failures:
                raise self._services.failures[call]
            return value(*arguments, **named)

        return watched


class FakeServices:
    """Services whose clock is `time`, whose tokens are told in advance, and who can be watched.

    `calls` lists every call in its order, as `sign_ins.take`. A call that is in `failures` raises
    what stands there.
    """

    def __init__(self, *, applications=(), users=(), domains=None, **config):
        self.config = replace(CONFIG, **config)
        self.time = NOW
        self.calls: list[str] = []
        self.failures: dict[str, Exception] = {}
        self._tokens = 0
        codes, pool, connections = FakeCodes(), FakeUsers(*users), FakeConnections()
        things = {
            "sign_ins": FakeSignIns(),
            "traces": FakeTraces(),
            "codes": codes,
            "identities": FakeIdentities(),
            "applications": FakeApplications(*applications),
            "users": pool,
            "tokens": FakeTokens(codes, pool, self.now),
            "connections": connections,
            "imported_providers": FakeImportedProviders(),
            "policies": FakePolicies(connections),
            "domains": FakeDomains(**(domains or {})),
            "client_secrets": FakeSecrets(),
            "evidence": FakeEvidence(),
            "federation": FakeFederation(),
            "pool_federation": FakePoolFederation(),
            "hosted_sign_ins": FakeHostedSignIns(),
            "tenants": FakeTenants(connections),
            "cognito_domain": FakeCognitoDomain(),
            "provider": FakeProvider(self.now),
            "entra_groups": FakeEntraGroups(),
            "provider_keys": FakeProviderKeys(self.now),
            "pool_keys": FakePoolKeys(),
        }
        for name, thing in things.items():
            setattr(self, name, _Watched(name, thing, self))
        # They remember; what they ask is counted by their own tests.
        self.limits = RateLimits(FakeLimitTable(), now=self.now)
        self.circuits = CircuitBreaker(FakeCircuitTable(), now=self.now)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def users_of(self, user_pool_id: str) -> Any:
        assert user_pool_id == self.config.user_pool_id
        return self.users

    def tokens_of(self, user_pool_id: str) -> Any:
        assert user_pool_id == self.config.user_pool_id
        return self.tokens

    def now(self) -> int:
        return self.time

    def milliseconds(self) -> int:
        return self.time * 1000

    def new_token(self) -> str:
        """256 bits that nobody would call random."""
        self._tokens += 1
        return b64(hashlib.sha256(str(self._tokens).encode()).digest())
