"""What the settings API works with, in memory: same behaviour, a few lines each.

tests/adapters runs the fakes and the real adapters through the same tests.
"""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from authsso.adapters.client_secrets import SecretBindingError
from authsso.adapters.connection_items import connection_ids
from authsso.adapters.connection_table import ConnectionKey, SavedVersion
from authsso.adapters.domain_table import ClaimedDomain
from authsso.config import Config
from authsso.model import KeySet
from authsso.protocol.edit_condition import changed_meanwhile
from harness.providers import metadata

CONFIG = Config.from_environment(
    {
        "BASE_URL": "https://authsso.saas.example",
        "COGNITO_DOMAIN_URL": "https://saas.auth.eu-central-1.amazoncognito.com",
        "USER_POOL_ID": "eu-central-1_pool",
        "SETTINGS_CLIENT_IDS": "dashboard",
        "CONNECTION_TABLE": "connections",
        "DOMAIN_TABLE": "domains",
        "PROVIDER_TABLE": "providers",
        "SIGN_IN_TABLE": "sign-ins",
        "CODE_TABLE": "codes",
        "IDENTITY_TABLE": "identities",
        "SECRET_PREFIX": "authsso/",
        "SECRET_KEY_ID": "alias/authsso",
        "PINNED_HOSTS": "",
        "ALLOW_LOOPBACK": "false",
        "SUPPORT_URL": "",
        "PRODUCT_NAME": "SaaS",
    }
)


class FakeConnections:
    """ConnectionTable's behaviour over a dictionary."""

    def __init__(self):
        self.salts: dict[str, str] = {}
        self.heads: dict[tuple[str, str], Any] = {}
        self.saved: dict[tuple[str, str, int], SavedVersion] = {}
        self.fail_next_save: Exception | None = None

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

    def save_version(self, connection, version, *, request_digest, expected_revision):
        if self.fail_next_save:
            error, self.fail_next_save = self.fail_next_save, None
            raise error
        key = (connection.tenant_id, connection.provider, version.number)
        if key in self.saved:
            raise changed_meanwhile("the number is taken")
        self._put(connection, expected_revision)
        self.saved[key] = SavedVersion(version, request_digest)

    def write(self, connection, *, expected_revision):
        standing = self.connection(connection.tenant_id, connection.provider)
        if standing != connection:
            if standing is None:
                raise changed_meanwhile("there is none")
            self._put(connection, expected_revision)

    def _put(self, connection, expected_revision):
        key = (connection.tenant_id, connection.provider)
        standing = self.heads.get(key)
        if (standing.revision if standing else 0) != expected_revision:
            raise changed_meanwhile(str(expected_revision))
        self.heads[key] = connection


class FakeDomains:
    """DomainTable's behaviour over a dictionary of domain -> (tenant, proven_at)."""

    def __init__(self, **proven):
        self.items = dict(proven)

    def proven_owner(self, domain):
        tenant_id, proven_at = self.items.get(domain, (None, None))
        return tenant_id if proven_at is not None else None

    def domains(self, tenant_id):
        return tuple(
            ClaimedDomain(domain, proven_at)
            for domain, (owner, proven_at) in sorted(self.items.items())
            if owner == tenant_id
        )

    def proven_domains(self, tenant_id):
        return frozenset(
            claimed.domain for claimed in self.domains(tenant_id) if claimed.proven_at is not None
        )


class FakeSecrets:
    """NewSecrets and ClientSecrets in one."""

    def __init__(self):
        self.stored: dict[tuple[str, str], dict[str, str]] = {}
        self.retired: list[str] = []

    def put(self, connection_id, *, client_secret, issuer, client_id):
        secret_id = f"secret-{len(self.stored) + len(self.retired) + 1}"
        bound = {"client_secret": client_secret, "issuer": issuer, "client_id": client_id}
        self.stored[connection_id, secret_id] = bound
        return secret_id

    def retire(self, connection_id, secret_id):
        del self.stored[connection_id, secret_id]
        self.retired.append(secret_id)

    def get(self, connection_id, secret_id, *, issuer, client_id):
        bound = self.stored.get((connection_id, secret_id))
        if bound is None or (bound["issuer"], bound["client_id"]) != (issuer, client_id):
            raise SecretBindingError(secret_id)
        return bound["client_secret"]


class FakeProvider:
    """An OpenID Provider at every address, unless told to fail."""

    def __init__(self):
        self.asked: list[str] = []
        self.failure: Exception | None = None
        self.changes: dict[str, Any] = {}

    def discover(self, discovery_url, profile):
        assert profile.kind
        self.asked.append(discovery_url)
        if self.failure:
            raise self.failure
        return replace(metadata(issuer=discovery_url), **self.changes)

    def keys(self, found, now):
        return KeySet(keys=({"kty": "RSA", "kid": found.issuer},), fetched_at=now)


class FakeKeySnapshots:
    """Remembers what was stored, unless told to fail."""

    def __init__(self):
        self.stored: dict[tuple[str, int], KeySet] = {}
        self.failure: Exception | None = None

    def store(self, connection_id, number, keys):
        if self.failure:
            raise self.failure
        self.stored[connection_id, number] = keys


class FakeUsers:
    """The user pool's group of administrators."""

    def __init__(self, *administrators):
        self.administrators = set(administrators)

    def is_administrator(self, username):
        return username in self.administrators


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, now):
        self.time = now

    def __call__(self):
        return self.time


def settings_services(**changes: Any) -> Any:
    """Services for the settings API, with one tenant's administrator in the pool."""
    secrets, tokens = FakeSecrets(), iter(f"token-{count}" for count in range(1, 10_000))
    services = SimpleNamespace(
        config=CONFIG,
        now=Clock(1_795_600_800),
        new_token=lambda: next(tokens),
        connections=FakeConnections(),
        domains=FakeDomains(),
        new_secrets=secrets,
        client_secrets=secrets,
        provider=FakeProvider(),
        key_snapshots=FakeKeySnapshots(),
        users=FakeUsers("anna", "bert"),
    )
    return SimpleNamespace(**(vars(services) | changes))
