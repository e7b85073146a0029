"""What a handler may reach for, and the only place where it is wired.

Everything is built on first use and kept: a function pays at its cold start only for what it
calls, which is why the imports are inside.
"""

import os
import secrets
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from authsso.config import Config
from authsso.protocol import audit_event
from authsso.protocol.version_retention import GOOGLE_SECRET_ID
from authsso.providers.google import ISSUER as GOOGLE_ISSUER

if TYPE_CHECKING:
    from authsso.adapters.applications import Applications
    from authsso.adapters.audit_table import AuditTable
    from authsso.adapters.circuit_breaker import CircuitBreaker
    from authsso.adapters.client_secrets import ClientSecrets, NewSecrets
    from authsso.adapters.code_table import CodeTable
    from authsso.adapters.cognito_domain import CognitoDomain
    from authsso.adapters.cognito_tokens import CognitoTokens
    from authsso.adapters.connection_changes import ConnectionChanges
    from authsso.adapters.connection_table import ConnectionTable
    from authsso.adapters.dns_records import DnsRecords
    from authsso.adapters.domain_changes import DomainChanges
    from authsso.adapters.domain_table import DomainTable
    from authsso.adapters.emergency_access import EmergencyAccessTable
    from authsso.adapters.entra_groups import EntraGroups
    from authsso.adapters.event_bus import EventBus
    from authsso.adapters.evidence_table import EvidenceTable
    from authsso.adapters.federation_table import FederationTable
    from authsso.adapters.guarded_http import GuardedHttp
    from authsso.adapters.hosted_sign_ins import HostedSignIns
    from authsso.adapters.identity_table import IdentityTable
    from authsso.adapters.imported_providers import ImportedProviders
    from authsso.adapters.key_snapshots import KeySnapshots
    from authsso.adapters.openid_provider import OpenIdProvider
    from authsso.adapters.pool_federation import PoolFederation
    from authsso.adapters.pool_keys import PoolKeys
    from authsso.adapters.provider_keys import ProviderKeys
    from authsso.adapters.provider_probes import ProviderProbes
    from authsso.adapters.rate_limits import RateLimits
    from authsso.adapters.recovery_table import RecoveryTable
    from authsso.adapters.sign_in_table import SignInTable
    from authsso.adapters.tenant_list import TenantList
    from authsso.adapters.tenant_policy import TenantPolicies
    from authsso.adapters.trace_table import TraceTable
    from authsso.adapters.user_pool import UserPool


def from_environment() -> "Services":
    """Return the services of this deployment.

    Raises:
        ConfigurationError: Environment variables are missing or malformed.
    """
    return Services(Config.from_environment(os.environ))


class Services:
    """The world outside, one attribute for each thing in it.

    Args:
        config: Of the deployment.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self._user_pools: dict[str, UserPool] = {}

    def now(self) -> int:
        """Return the time, whole seconds since the epoch."""
        return int(time.time())

    def milliseconds(self) -> int:
        """Return the time, whole milliseconds since the epoch."""
        return time.time_ns() // 1_000_000

    def new_token(self) -> str:
        """Return 256 random bits as 43 characters of base64url."""
        return secrets.token_urlsafe(32)

    def new_event_id(self) -> str:
        """Return an id for an audit event; later ones sort behind earlier ones."""
        return audit_event.event_id(time.time_ns(), self.new_token())

    @cached_property
    def _dynamodb(self) -> Any:  # noqa: ANN401 - a boto3 client
        return _client("dynamodb")

    @cached_property
    def _cognito(self) -> Any:  # noqa: ANN401 - a boto3 client
        return _client("cognito-idp")

    @cached_property
    def _secrets_manager(self) -> Any:  # noqa: ANN401 - a boto3 client
        return _client("secretsmanager")

    @cached_property
    def connections(self) -> "ConnectionTable":
        from authsso.adapters.connection_table import ConnectionTable

        return ConnectionTable(
            self._dynamodb, self.config.connection_table, new_token=self.new_token
        )

    @cached_property
    def imported_providers(self) -> "ImportedProviders":
        from authsso.adapters.imported_providers import ImportedProviders

        return ImportedProviders(self._dynamodb, self.config.connection_table)

    @cached_property
    def connection_changes(self) -> "ConnectionChanges":
        from authsso.adapters.connection_changes import ConnectionChanges

        return ConnectionChanges(self._dynamodb, self.config.connection_table, self.audit)

    @cached_property
    def audit(self) -> "AuditTable":
        from authsso.adapters.audit_table import AuditTable

        return AuditTable(self._dynamodb, self.config.audit_table, self.config.audit_retention_days)

    @cached_property
    def emergency_access(self) -> "EmergencyAccessTable":
        from authsso.adapters.emergency_access import EmergencyAccessTable

        return EmergencyAccessTable(
            self._dynamodb,
            connection_table=self.config.connection_table,
            recovery_table=self.config.recovery_table,
            audit=self.audit,
        )

    @cached_property
    def event_bus(self) -> "EventBus":
        from authsso.adapters.event_bus import EventBus

        return EventBus(_client("events"))

    @cached_property
    def dns(self) -> "DnsRecords":
        from authsso.adapters.dns_records import DnsRecords

        return DnsRecords(self.config.dns_server)

    @cached_property
    def domain_changes(self) -> "DomainChanges":
        from authsso.adapters.domain_changes import DomainChanges

        return DomainChanges(self._dynamodb, self.config.domain_table, self.audit)

    @cached_property
    def domains(self) -> "DomainTable":
        from authsso.adapters.domain_table import DomainTable

        return DomainTable(self._dynamodb, self.config.domain_table)

    @cached_property
    def sign_ins(self) -> "SignInTable":
        from authsso.adapters.sign_in_table import SignInTable

        return SignInTable(self._dynamodb, self.config.sign_in_table)

    @cached_property
    def traces(self) -> "TraceTable":
        from authsso.adapters.trace_table import TraceTable

        return TraceTable(self._dynamodb, self.config.trace_table, self.config.trace_retention_days)

    @cached_property
    def codes(self) -> "CodeTable":
        from authsso.adapters.code_table import CodeTable

        return CodeTable(self._dynamodb, self.config.code_table)

    @cached_property
    def identities(self) -> "IdentityTable":
        from authsso.adapters.identity_table import IdentityTable

        return IdentityTable(self._dynamodb, self.config.identity_table)

    @cached_property
    def policies(self) -> "TenantPolicies":
        from authsso.adapters.tenant_policy import TenantPolicies

        return TenantPolicies(
            self._dynamodb,
            connection_table=self.config.connection_table,
            recovery_table=self.config.recovery_table,
            now=self.now,
        )

    @cached_property
    def recovery(self) -> "RecoveryTable":
        from authsso.adapters.recovery_table import RecoveryTable

        return RecoveryTable(self._dynamodb, self.config.recovery_table)

    @cached_property
    def evidence(self) -> "EvidenceTable":
        from authsso.adapters.evidence_table import EvidenceTable

        return EvidenceTable(self._dynamodb, self.config.evidence_table)

    @cached_property
    def applications(self) -> "Applications":
        from authsso.adapters.applications import Applications

        return Applications(self._cognito, self.now)

    @cached_property
    def users(self) -> "UserPool":
        return self.users_of(self.config.user_pool_id)

    def users_of(self, user_pool_id: str) -> "UserPool":
        """Return the users of a pool; triggers know theirs from the event alone."""
        from authsso.adapters.user_pool import UserPool

        if user_pool_id not in self._user_pools:
            self._user_pools[user_pool_id] = UserPool(self._cognito, user_pool_id, self.new_token)
        return self._user_pools[user_pool_id]

    @cached_property
    def hosted_sign_ins(self) -> "HostedSignIns":
        from authsso.adapters.hosted_sign_ins import HostedSignIns

        return HostedSignIns(self._dynamodb, self.config.code_table)

    @cached_property
    def federation(self) -> "FederationTable":
        from authsso.adapters.federation_table import FederationTable

        return FederationTable(self._dynamodb, self.config.federation_table)

    @cached_property
    def pool_federation(self) -> "PoolFederation":
        from authsso.adapters.pool_federation import PoolFederation

        return PoolFederation(self._cognito, self.config.user_pool_id)

    @cached_property
    def tenants(self) -> "TenantList":
        from authsso.adapters.tenant_list import TenantList

        return TenantList(self._dynamodb, self.config.connection_table)

    @cached_property
    def tokens(self) -> "CognitoTokens":
        return self.tokens_of(self.config.user_pool_id)

    def tokens_of(self, user_pool_id: str) -> "CognitoTokens":
        """Return the tokens of a pool; triggers know theirs from the event alone."""
        from authsso.adapters.cognito_tokens import CognitoTokens

        return CognitoTokens(self._cognito, user_pool_id)

    @cached_property
    def client_secrets(self) -> "ClientSecrets":
        from authsso.adapters.client_secrets import ClientSecrets, SharedSecret

        google = SharedSecret(
            self.config.google_client_secret_id, GOOGLE_ISSUER, self.config.google_client_id
        )
        return ClientSecrets(
            self._secrets_manager,
            self.config.secret_prefix,
            now=self.now,
            shared={GOOGLE_SECRET_ID: google} if google.name else {},
        )

    @cached_property
    def new_secrets(self) -> "NewSecrets":
        from authsso.adapters.client_secrets import NewSecrets

        return NewSecrets(
            self._secrets_manager,
            self.config.secret_prefix,
            key_id=self.config.secret_key_id,
            new_token=self.new_token,
        )

    @cached_property
    def http(self) -> "GuardedHttp":
        from authsso.adapters.guarded_http import GuardedHttp

        ours = frozenset(
            host
            for url in (self.config.base_url, self.config.cognito_domain_url)
            if (host := urlsplit(url).hostname)
        )
        return GuardedHttp(
            loopback_allowed=self.config.allow_loopback,
            refused_hosts=frozenset() if self.config.allow_loopback else ours,
        )

    @cached_property
    def cognito_domain(self) -> "CognitoDomain":
        from authsso.adapters.cognito_domain import CognitoDomain
        from authsso.adapters.guarded_http import GuardedHttp

        http = GuardedHttp(loopback_allowed=self.config.allow_loopback)
        return CognitoDomain(http, self.config.cognito_domain_url)

    @cached_property
    def pool_keys(self) -> "PoolKeys":
        from authsso.adapters.guarded_http import GuardedHttp
        from authsso.adapters.pool_keys import PoolKeys

        url = self.config.pool_keys_url
        http = GuardedHttp(
            loopback_allowed=self.config.allow_loopback,
            own_hosts=frozenset({urlsplit(url).hostname or ""}),
        )
        return PoolKeys(http, url, self.now)

    @cached_property
    def provider(self) -> "OpenIdProvider":
        from authsso.adapters.openid_provider import OpenIdProvider

        return OpenIdProvider(
            self.http,
            extra_hosts=self.config.pinned_hosts,
            loopback_allowed=self.config.allow_loopback,
        )

    @cached_property
    def entra_groups(self) -> "EntraGroups":
        from authsso.adapters.entra_groups import EntraGroups

        return EntraGroups(self.http, loopback_allowed=self.config.allow_loopback)

    @cached_property
    def probes(self) -> "ProviderProbes":
        from authsso.adapters.provider_probes import ProviderProbes

        return ProviderProbes(self.http)

    @cached_property
    def key_snapshots(self) -> "KeySnapshots":
        from authsso.adapters.key_snapshots import KeySnapshots

        return KeySnapshots(self._dynamodb, self.config.provider_table)

    @cached_property
    def circuits(self) -> "CircuitBreaker":
        from authsso.adapters.circuit_breaker import CircuitBreaker
        from authsso.adapters.circuit_table import CircuitTable

        table = CircuitTable(self._dynamodb, self.config.provider_table)
        return CircuitBreaker(table, now=self.now)

    @cached_property
    def limits(self) -> "RateLimits":
        from authsso.adapters.limit_table import LimitTable
        from authsso.adapters.rate_limits import RateLimits

        return RateLimits(LimitTable(self._dynamodb, self.config.limit_table), now=self.now)

    @cached_property
    def provider_keys(self) -> "ProviderKeys":
        from authsso.adapters.provider_keys import ProviderKeys

        return ProviderKeys(self.key_snapshots, self.provider, now=self.now)


def _client(service: str) -> Any:  # noqa: ANN401 - a boto3 client
    from authsso.adapters.aws import client

    return client(service)
