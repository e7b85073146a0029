"""What an administrator is shown of the connections, put together from tables and forms."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from authsso.adapters.evidence_table import Result
from authsso.model import PROVIDER_KINDS, Connection, ConnectionVersion, ProviderKind
from authsso.protocol import (
    connection_warnings,
    edit_condition,
    federation_state,
    imported_provider,
    logout_request,
)
from authsso.providers import PROFILES
from authsso.providers.forms import FORMS
from settings_api import domains, emergency_access, google, moving
from settings_api.answer_models import (
    CognitoDomainAnswer,
    ConnectionAnswer,
    FormFieldAnswer,
    ImportedAnswer,
    NeedAnswer,
    OverviewAnswer,
    RedirectUri,
    ResultAnswer,
    SecretAnswer,
    VersionAnswer,
    WarningAnswer,
)

if TYPE_CHECKING:
    from authsso.services import Services


def of_tenant(services: "Services", tenant_id: str) -> OverviewAnswer:
    """Show everything that a tenant has and could have."""
    ids = services.connections.connection_ids(tenant_id)
    saved = {found.provider: found for found in services.connections.connections(tenant_id)}
    claimed = services.domains.domains(tenant_id)
    emergency = emergency_access.show(services, tenant_id)
    around = connection_warnings.Surroundings(
        has_proven_domain=any(found.proven_at is not None for found in claimed),
        has_emergency_access=bool(emergency.users or emergency.recovery_codes.left),
    )
    lifted_until = _lifted_until(services, tenant_id, saved.values())
    return OverviewAnswer(
        tenant_id=tenant_id,
        providers=[
            _show(
                services,
                saved.get(kind) or Connection(tenant_id, kind, ids[kind]),
                around,
                lifted_until,
            )
            for kind in PROVIDER_KINDS
        ],
        domains=[domains.show(found) for found in claimed],
        emergency_access=emergency,
    )


def of_connection(
    services: "Services", tenant_id: str, provider: ProviderKind, connection: Connection | None
) -> ConnectionAnswer:
    """Show one connection, saved already or not.

    Args:
        services: For what the head does not hold.
        tenant_id: Whose.
        provider: Which.
        connection: The head, as just read or written; None before the first save.
    """
    ids = services.connections.connection_ids
    head = connection or Connection(tenant_id, provider, ids(tenant_id)[provider])
    around = connection_warnings.Surroundings(
        has_proven_domain=not head.enabled or bool(services.domains.proven_domains(tenant_id)),
        has_emergency_access=not head.enforced or _has_emergency_access(services, tenant_id),
    )
    return _show(services, head, around, _lifted_until(services, tenant_id, [head]))


def _lifted_until(services: "Services", tenant_id: str, heads: Iterable[Connection]) -> int | None:
    """Return until when passwords work all the same; not asked where nothing is enforced."""
    if not any(head.enforced for head in heads):
        return None
    until = services.emergency_access.lifted_until(tenant_id)
    return until if services.now() < until else None


def _has_emergency_access(services: "Services", tenant_id: str) -> bool:
    emergency = emergency_access.show(services, tenant_id)
    return bool(emergency.users or emergency.recovery_codes.left)


def _show(
    services: "Services",
    connection: Connection,
    around: connection_warnings.Surroundings,
    lifted_until: int | None,
) -> ConnectionAnswer:
    kind, form = connection.provider, FORMS[connection.provider]
    results = _results(services, connection)
    versions = {number: _version(services, connection, number) for number in connection.named}
    live = versions.get(connection.live or 0)
    shown = {
        number: _show_version(version, results) for number, version in versions.items() if version
    }
    newest = connection.draft or connection.live
    found = connection_warnings.find(connection, live, around, now=services.now())
    return ConnectionAnswer(
        provider=kind,
        name=PROFILES[kind].name,
        guide_url=form.guide_url,
        fields=[FormFieldAnswer(**asdict(field)) for field in form.fields],
        is_offered=kind != "google" or google.is_offered(services),
        connection_id=connection.connection_id,
        redirect_uris=_redirect_uris(services, connection),
        post_logout_redirect_uri=(
            logout_request.return_url(services.config.base_url)
            if PROFILES[kind].signs_out_without_token
            else None
        ),
        enabled=connection.enabled,
        enforced=connection.enforced,
        lifted_until=lifted_until if connection.enforced else None,
        etag=None if connection.is_empty else edit_condition.entity_tag(connection),
        live=shown.get(connection.live or 0),
        draft=shown.get(connection.draft or 0),
        previous=shown.get(connection.previous or 0),
        live_since=connection.live_since if connection.live else None,
        cognito_domain=_cognito_domain(services, connection),
        imported=_imported(services, connection),
        last_check=_show_result(results.checks.get(newest or 0)),
        last_test=_show_result(results.tests.get(newest or 0)),
        warnings=[WarningAnswer(**asdict(warning)) for warning in found],
    )


@dataclass(frozen=True, slots=True)
class _Results:
    """The last results of each version."""

    checks: Mapping[int, Result]
    tests: Mapping[int, Result]


def _results(services: "Services", connection: Connection) -> _Results:
    if not connection.revision:
        return _Results({}, {})
    of = services.evidence.results
    return _Results(of("check", connection.connection_id), of("test", connection.connection_id))


def _version(services: "Services", connection: Connection, number: int) -> ConnectionVersion | None:
    return services.connections.version(connection.tenant_id, connection.provider, number)


def _redirect_uris(services: "Services", connection: Connection) -> list[RedirectUri]:
    own = f"{services.config.base_url}/oauth2/idpresponse"
    if PROFILES[connection.provider].has_own_callback:  # such a kind never gets into the pool
        return [RedirectUri(name="authsso", uri=f"{own}/{connection.connection_id}")]
    cognito = f"{services.config.cognito_domain_url}/oauth2/idpresponse"
    return [RedirectUri(name="authsso", uri=own), RedirectUri(name="cognito", uri=cognito)]


def _cognito_domain(services: "Services", connection: Connection) -> CognitoDomainAnswer:
    found = services.federation.find(connection.connection_id) if connection.revision else None
    shown = federation_state.shown(
        found,
        now=services.now(),
        is_offered=bool(services.config.federated_clients),
        on_since=connection.changed_at if connection.enabled else None,
    )
    return CognitoDomainAnswer(state=shown.state, message=shown.message)


def _imported(services: "Services", connection: Connection) -> ImportedAnswer | None:
    if connection.imported_from is None:
        return None
    missing = (
        imported_provider.missing(connection, moving.evidence(services, connection))
        if connection.is_at_cognito
        else ()
    )
    return ImportedAnswer(
        pool_provider=connection.imported_from,
        moved_at=connection.moved_at,
        needs=[NeedAnswer(code=one.code, message=one.title) for one in missing],
    )


def _show_result(result: Result | None) -> ResultAnswer | None:
    return None if result is None else ResultAnswer.model_validate(asdict(result))


def _show_version(version: ConnectionVersion, results: _Results) -> VersionAnswer:
    return VersionAnswer(
        number=version.number,
        discovery_url=version.discovery_url,
        issuer=version.metadata.issuer,
        client_id=version.client_id,
        secret=SecretAnswer(
            is_set=True, set_at=version.secret_set_at, expires_on=version.secret_expires_on
        ),
        method=version.method,
        client_authentication=version.client_authentication,
        response_mode=version.response_mode,
        scopes=list(version.scopes),
        attribute_mapping=dict(version.attribute_mapping),
        group_mapping=dict(version.group_mapping),
        logout_at_provider=version.logout_at_provider,
        saved_at=version.saved_at,
        saved_by=version.saved_by,
        last_check=_show_result(results.checks.get(version.number)),
        last_test=_show_result(results.tests.get(version.number)),
    )
