"""The provider's code -> its tokens, with the client secret that is good now.

A wrong secret fails the sign-in, and nothing else is tried (C04). Only while a secret is being
replaced - the version before has another one, for the same issuer and client id, and the new one
has not been accepted yet - is the old one tried too, once (I09).
"""

from typing import TYPE_CHECKING

from authsso.adapters.client_secrets import SecretBindingError
from authsso.errors import ProviderError, UnavailableError
from authsso.model import ConnectionVersion
from authsso.protocol import secret_rotation, sign_in
from authsso.protocol.token_response import TokenResponse
from authsso.providers import PROFILES
from authsso.web.entrypoint import log_refusal
from idpresponse.arrival import Arrival

if TYPE_CHECKING:
    from authsso.services import Services


def redeem(services: "Services", arrival: Arrival, binding: str) -> TokenResponse:
    """Redeem the provider's code.

    Args:
        services: The world outside.
        arrival: A checked answer.
        binding: The browser's secret; the PKCE verifier is derived from it.

    Raises:
        ProviderError: The provider failed or refused.
        UnavailableError: The client secret cannot be read, or is not this version's.
    """
    before = _version_before(services, arrival)
    try:
        tokens = _exchange(services, arrival, arrival.version, binding)
    except ProviderError as refused:
        if before is None or not _may_fall_back(services, arrival, refused):
            raise
        log_refusal(refused)
        return _exchange_as_before(services, arrival, before, binding, refused)
    if before is not None:
        _record_success(services, arrival)
    return tokens


def _version_before(services: "Services", arrival: Arrival) -> ConnectionVersion | None:
    """Return the version whose secret is being replaced by this sign-in's, None when none is."""
    connection = arrival.connection
    if connection.previous is None or connection.live != arrival.version.number:
        return None
    before = services.connections.version(
        connection.tenant_id, connection.provider, connection.previous
    )
    return before if before and secret_rotation.replaces(arrival.version, before) else None


def _may_fall_back(services: "Services", arrival: Arrival, refused: ProviderError) -> bool:
    proven = services.evidence.proven_secret(arrival.connection.connection_id)
    return refused.error == "invalid_client" and proven != arrival.version.secret_id


def _exchange_as_before(
    services: "Services",
    arrival: Arrival,
    before: ConnectionVersion,
    binding: str,
    refused: ProviderError,
) -> TokenResponse:
    try:
        return _exchange(services, arrival, before, binding)
    except UnavailableError as gone:
        raise refused from gone


def _record_success(services: "Services", arrival: Arrival) -> None:
    """Best effort: when it fails, the next sign-in does it."""
    try:
        services.evidence.record_secret(
            arrival.connection.connection_id, arrival.version.secret_id, services.now()
        )
    except UnavailableError as error:
        log_refusal(error)


def _exchange(
    services: "Services", arrival: Arrival, shown: ConnectionVersion, binding: str
) -> TokenResponse:
    """Ask the token endpoint, with the secret of the version `shown`."""
    version, connection = arrival.version, arrival.connection
    return services.provider.exchange(
        version.metadata,
        client_id=version.client_id,
        client_secret=_client_secret(services, arrival, shown),
        client_authentication=version.client_authentication,
        provider_code=arrival.provider_code,
        redirect_uri=sign_in.callback_url(
            services.config.base_url,
            connection.connection_id,
            own=PROFILES[connection.provider].has_own_callback,
        ),
        code_verifier=sign_in.code_verifier(binding),
    )


def _client_secret(services: "Services", arrival: Arrival, shown: ConnectionVersion) -> str:
    """Read a secret; that of a version which has been replaced meanwhile may be gone."""
    try:
        return services.client_secrets.get(
            arrival.connection.connection_id,
            shown.secret_id,
            issuer=arrival.version.metadata.issuer,
            client_id=arrival.version.client_id,
        )
    except SecretBindingError as error:
        raise UnavailableError("client_secret_unusable", str(error)) from error
