"""What the settings API reaches beyond our tables, in memory: provider, DNS, secrets, the pool."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from authsso.adapters.client_secrets import SecretBindingError
from authsso.model import KeySet, User
from harness.providers import metadata

if TYPE_CHECKING:
    from authsso.protocol.federation_state import FederationState


class FakeFederation:
    """How connections stand at the Cognito domain, set by the test."""

    def __init__(self):
        self.states: dict[str, FederationState] = {}

    def find(self, connection_id):
        return self.states.get(connection_id)


class FakeDns:
    """TXT records, set by the test; an exception is raised."""

    def __init__(self):
        self.records: dict[str, Any] = {}

    def texts(self, name):
        found = self.records.get(name, ())
        if isinstance(found, Exception):
            raise found
        return tuple(found)


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
    """The user pool: who there is, and who is in the group of administrators."""

    def __init__(self, *users, administrators=()):
        self.kept = {user.username: user for user in users}
        self.administrators = set(administrators)

    def find(self, username):
        return self.kept.get(username)

    def with_email(self, address):
        return tuple(user for user in self.kept.values() if user.email == address)

    def is_administrator(self, username):
        return username in self.administrators


def member(username, tenant_id="tenant-a", **changes):
    """Somebody with a password."""
    fields = {
        "email": f"{username}@{tenant_id.removeprefix('tenant-')}.example",
        "email_verified": True,
        "enabled": True,
        "confirmed": True,
        "name": username.title(),
    }
    return User(username, tenant_id, **(fields | changes))
