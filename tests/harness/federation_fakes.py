"""The Cognito domain's side of the world outside, in memory."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from authsso.adapters.hosted_sign_ins import BEGINNING_SECONDS, NOTE_SECONDS
from authsso.adapters.pool_federation import PoolRefusedError

if TYPE_CHECKING:
    from authsso.protocol.cognito_provider import CognitoProvider
    from authsso.protocol.federation_state import FederationState


class FakeFederation:
    """FederationTable: the connections that Cognito's own domain offers."""

    def __init__(self):
        self.states: dict[str, FederationState] = {}
        self.holder: str | None = None

    def find(self, connection_id):
        return self.states.get(connection_id)

    def save(self, connection_id, state):
        self.states[connection_id] = state

    def remove(self, connection_id):
        self.states.pop(connection_id, None)

    @contextmanager
    def alone(self, holder, now):
        assert holder
        assert now()
        assert self.holder is None, "the lease is not taken twice"
        self.holder = holder
        try:
            yield
        finally:
            self.holder = None


class FakePoolFederation:
    """PoolFederation over dictionaries; an identifier leads to one provider, as in Cognito."""

    def __init__(self):
        self.providers: dict[str, CognitoProvider] = {}
        self.names_of_clients: dict[str, str] = {"portal": "Portal", "backend": "Backend"}
        self.offers: dict[str, list[str]] = {"portal": ["COGNITO"], "backend": ["COGNITO"]}
        self.refuses: dict[str, PoolRefusedError] = {}

    def find(self, name):
        return self.providers.get(name)

    def names(self):
        return frozenset(self.providers)

    def create(self, provider):
        assert provider.name not in self.providers
        self.update(provider)

    def update(self, provider):
        if provider.name in self.refuses:
            raise self.refuses[provider.name]
        for other in self.providers.values():
            if other.name != provider.name and set(other.identifiers) & set(provider.identifiers):
                raise PoolRefusedError("duplicate", provider.name)
        self.providers[provider.name] = provider

    def remove(self, name):
        assert not any(name in offered for offered in self.offers.values())
        self.providers.pop(name, None)

    def clients(self):
        return self.names_of_clients

    def offered(self, client_id):
        return frozenset(name for name in self.offers[client_id] if name.startswith("sso-"))

    def offer(self, client_id, *, add=(), drop=()):
        assert set(add) <= set(self.providers)
        kept = [name for name in self.offers[client_id] if name not in drop]
        self.offers[client_id] = kept + sorted(set(add) - set(kept))


class FakeHostedSignIns:
    """HostedSignIns over a dictionary."""

    def __init__(self):
        self.notes: dict[str, tuple[str, int]] = {}
        self.begun: set[str] = set()

    def begin(self, username, connection_id, now):
        self.notes[username] = (connection_id, now + NOTE_SECONDS)
        self.begun.discard(username)

    def connection_of(self, username, now):
        connection_id, until = self.notes.get(username, (None, 0))
        return connection_id if until > now else None

    def take_beginning(self, username, now):
        connection_id, until = self.notes.get(username, (None, 0))
        if username in self.begun or until - NOTE_SECONDS + BEGINNING_SECONDS <= now:
            return None
        self.begun.add(username)
        return connection_id


class FakeTenants:
    """TenantList over the connections."""

    def __init__(self, connections: Any):
        self._connections = connections

    def ids(self):
        return tuple(sorted({tenant_id for tenant_id, _ in self._connections.heads}))
