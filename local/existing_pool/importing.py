"""A provider of the pool becomes a connection that is live, on, and not moved yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from authsso.adapters.aws import calling
from authsso.errors import AuthssoError, SettingsError, UnavailableError
from authsso.model import Connection, KeySet, ProviderMetadata
from authsso.protocol import connection_settings
from authsso.protocol.audit_event import Actor, AuditEvent
from authsso.providers import PROFILES
from existing_pool import candidate
from existing_pool.candidate import Candidate, NotImportableError, PoolProvider

if TYPE_CHECKING:
    from authsso.adapters.imported_providers import ImportedKey
    from authsso.model import ClientAuthentication
    from authsso.services import Services
    from existing_pool.pool_providers import PoolProviders


@dataclass(frozen=True, slots=True)
class Import:
    """What is written, or in a rehearsal would be.

    Args:
        candidate: The provider, judged.
        head: Of the connection, as it shall be.
        settings: Completed by what the provider says of itself.
        keys: The provider's.
        expected_revision: Of the head that was read; 0 when there was none.
        people: How many users have come through it, by tenant.
        given_up: Tenants that had it, and have deleted that connection.
    """

    candidate: Candidate
    head: Connection
    settings: connection_settings.Completed
    keys: KeySet
    expected_revision: int
    people: Mapping[str | None, int]
    given_up: tuple[str, ...]

    def told(self) -> list[str]:
        """Say it line by line; never a secret."""
        submitted, head = self.settings.submitted, self.head
        written = {
            "provider of the pool": head.imported_from,
            "tenant": head.tenant_id,
            "connection": f"{head.provider} {head.connection_id}",
            "issuer": self.settings.metadata.issuer,
            "Discovery URL": submitted.discovery_url,
            "Client ID": submitted.client_id,
            "Client Secret": "as the pool has it, into Secrets Manager",
            "Method": submitted.method,
            "client authentication": self.settings.client_authentication,
            "scopes": " ".join(submitted.scopes),
            "attributes": ", ".join(
                f"{a} from {c}" for a, c in submitted.attribute_mapping.items()
            ),
            "identifiers": ", ".join(self.candidate.provider.identifiers) or "none",
            "its people": f"{sum(self.people.values())}, "
            f"{self.people.get(None, 0)} of them without a tenant: they get this one as they come",
            "state": "enabled; people go on through Cognito until it is moved",
        }
        return [f"{name}: {value}" for name, value in written.items()]


def overview(services: "Services", pool: "PoolProviders") -> list[str]:
    """Say of each provider of the pool what it would become, or why it cannot."""
    lines = []
    for provider in pool.all():
        try:
            if key := _standing(services, provider.name):
                said = f"imported as {key.provider} of tenant {key.tenant_id}"
            else:
                said = f"would become {candidate.judge(provider, services.config).kind}"
        except NotImportableError as error:
            said = str(error)
        lines.append(f"{provider.name}: {said}")
    return lines or ["The pool has no providers."]


def prepare(services: "Services", pool: "PoolProviders", name: str, tenant_id: str) -> Import:
    """Judge everything that can be judged before something is written.

    Raises:
        NotImportableError: Why not, and what to do.
    """
    judged = candidate.judge(pool.find(name), services.config)
    if (key := _standing(services, name)) is not None:
        raise NotImportableError(
            f"already imported as {key.provider} of tenant {key.tenant_id}; nothing is to be done."
            if key.tenant_id == tenant_id
            else f"tenant {key.tenant_id} has imported it; a provider belongs to one tenant."
        )
    people = pool.people(name)
    if tenant_id not in people.tenants:
        raise NotImportableError(
            f"no user of the pool carries custom:tenant_id {tenant_id}; a tenant exists once one "
            "does. Look for a slip, or give it to the tenant's administrator first."
        )
    if others := sorted(one for one in people.of_provider if one not in (None, tenant_id)):
        raise NotImportableError(
            f"people of {', '.join(others)} have come through it, too, and a connection is one "
            "tenant's. It goes on as it is."
        )
    head = services.connections.connection(tenant_id, judged.kind)
    if head and not head.is_empty:
        raise NotImportableError(
            f"tenant {tenant_id} has a connection of the kind {judged.kind} already; delete it on "
            "the settings page first."
        )
    metadata, keys = _asked(services, judged)
    submitted = replace(
        judged.submitted, client_authentication=_as_cognito_does(metadata.client_authentication)
    )
    try:
        settings = connection_settings.complete(submitted, metadata, stored=())
    except SettingsError as error:
        raise NotImportableError(" ".join(one.message for one in error.fields)) from error
    ids = services.connections.connection_ids(tenant_id)
    before = head or Connection(tenant_id, judged.kind, ids[judged.kind])
    return Import(
        judged,
        _imported(before, name, settings, services.now()),
        settings,
        keys,
        before.revision,
        people.of_provider,
        _given_up(services, judged.provider, tenant_id),
    )


def carry_out(services: "Services", prepared: Import, operator: str) -> None:
    """Write the secret, then all the rest or nothing.

    Args:
        services: The world outside.
        prepared: What to write.
        operator: Who does it, for the tenant's history.

    Raises:
        SettingsError: Somebody else was quicker; nothing was changed.
        UnavailableError: AWS failed; say it again.
    """
    head, settings, now = prepared.head, prepared.settings, services.now()
    secret_id = services.new_secrets.put(
        head.connection_id,
        client_secret=settings.submitted.client_secret or "",
        issuer=settings.metadata.issuer,
        client_id=settings.submitted.client_id,
    )
    version = connection_settings.new_version(
        settings, number=head.last_number, secret_id=secret_id, saved_at=now, saved_by=operator
    )
    event = AuditEvent(
        tenant_id=head.tenant_id,
        event_id=services.new_event_id(),
        at=now,
        actor=Actor(operator, None, ""),
        action="imported",
        subject=head.provider,
        details={"pool_provider": head.imported_from, "version": version.number},
    )
    try:
        services.connection_changes.save_version(
            head,
            version,
            request_digest="",
            expected_revision=prepared.expected_revision,
            events=[event],
            also=services.imported_providers.puts(
                head, prepared.candidate.provider.identifiers, prepared.given_up
            ),
        )
    except AuthssoError:
        stored = services.connections.version(head.tenant_id, head.provider, version.number)
        if stored is None or stored.secret_id != secret_id:  # else only the answer was lost
            services.new_secrets.retire(head.connection_id, secret_id)
        raise
    try:
        with calling("key snapshots: store"):
            services.key_snapshots.store(head.connection_id, version.number, prepared.keys)
    except UnavailableError:
        return  # the first sign-in fetches them itself


def _standing(services: "Services", name: str) -> "ImportedKey | None":
    """Return whose connection a provider is; one that was deleted since is nobody's."""
    key = services.imported_providers.by_name(name)
    head = services.connections.connection(*key) if key else None
    return key if head and not head.is_empty else None


def _given_up(services: "Services", provider: PoolProvider, tenant_id: str) -> tuple[str, ...]:
    known = services.imported_providers
    keys = {f"identifier {one}": known.by_identifier(one) for one in provider.identifiers}
    keys["name"] = known.by_name(provider.name)
    others = {what: key for what, key in keys.items() if key and key.tenant_id != tenant_id}
    for what, key in others.items():
        head = services.connections.connection(*key)
        if head and not head.is_empty:
            raise NotImportableError(
                f"its {what} leads to {key.provider} of tenant {key.tenant_id}; take it away there "
                "or here first."
            )
    return tuple(sorted({key.tenant_id for key in others.values()}))


def _asked(services: "Services", judged: Candidate) -> tuple[ProviderMetadata, KeySet]:
    try:
        metadata = services.provider.discover(judged.submitted.discovery_url, PROFILES[judged.kind])
        return metadata, services.provider.keys(metadata, services.now())
    except AuthssoError as error:
        raise NotImportableError(
            f"its discovery document cannot be used ({error}); see docs/errors.md."
        ) from error


def _imported(
    before: Connection, name: str, settings: connection_settings.Completed, now: int
) -> Connection:
    number = before.last_number + 1
    return replace(
        before,
        enabled=True,
        live=number,
        live_since=now,
        last_number=number,
        revision=before.revision + 1,
        changed_at=now,
        last_action="imported",
        imported_from=name,
        imported_issuer=settings.metadata.issuer,
        imported_client_id=settings.submitted.client_id,
        moved_at=None,
    )


def _as_cognito_does(offered: tuple[str, ...]) -> "ClientAuthentication | None":
    """Show the secret in the form, as Cognito does: a registration may take that alone."""
    return "client_secret_post" if not offered or "client_secret_post" in offered else None
