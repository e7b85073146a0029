"""The provider's code -> a proven identity: token request, ID token, UserInfo where needed."""

from typing import TYPE_CHECKING

from authsso.errors import ProviderError
from authsso.model import Claims, Identity
from authsso.protocol import id_token, identity, sign_in, userinfo
from authsso.protocol.signature import UnknownKeyError
from authsso.providers import PROFILES
from authsso.web.entrypoint import log_refusal
from idpresponse.arrival import Arrival
from idpresponse.explanation import name_claims
from idpresponse.redemption import redeem

if TYPE_CHECKING:
    from authsso.services import Services


def prove(services: "Services", arrival: Arrival, binding: str) -> Identity:
    """Redeem the provider's code and find out who has signed in.

    Args:
        services: The world outside.
        arrival: A checked answer.
        binding: The browser's secret; nonce and PKCE verifier are derived from it.

    Raises:
        ProviderError: The provider failed, refused, is left alone for a while, or its tokens do
            not hold.
        UnavailableError: The client secret cannot be read, or is not this version's.
    """
    version, connection = arrival.version, arrival.connection
    with services.circuits.calling(connection.connection_id, "token"):
        tokens = redeem(services, arrival, binding)
        signed = _validated(services, arrival, tokens.id_token, sign_in.nonce(binding))
    claims = _with_userinfo(services, arrival, signed, tokens.access_token)
    name_claims(arrival, signed, claims)
    return identity.from_claims(
        claims, connection, version.attribute_mapping, issuer=version.metadata.issuer
    )


def _validated(services: "Services", arrival: Arrival, token: str, nonce: str) -> Claims:
    """Validate the ID token; a key that is not known yet is looked for once more (Core, 10.1.1)."""
    connection_id, version = arrival.connection.connection_id, arrival.version
    keys = services.provider_keys.keys(connection_id, version)

    def validate() -> Claims:
        return id_token.validate(
            token,
            keys=keys,
            metadata=version.metadata,
            client_id=version.client_id,
            nonce=nonce,
            now=services.now(),
        )

    try:
        return validate()
    except UnknownKeyError as unknown:
        keys = services.provider_keys.refetched(connection_id, version, unknown.kid)
    return validate()


def _with_userinfo(
    services: "Services", arrival: Arrival, claims: Claims, access_token: str
) -> Claims:
    """Ask UserInfo for what the ID token does not carry (design.md 2).

    When it fails and nothing that we need is missing, the sign-in goes on.
    """
    version = arrival.version
    missing = userinfo.missing_claims(claims, identity.wanted_claims(version.attribute_mapping))
    if not missing and not PROFILES[arrival.connection.provider].always_calls_userinfo:
        return claims
    try:
        with services.circuits.calling(arrival.connection.connection_id, "userinfo"):
            more = services.provider.userinfo(
                version.metadata, access_token, version.method, str(claims["sub"])
            )
    except ProviderError as error:
        if error.code == "userinfo_subject" or "email" in missing:
            raise
        log_refusal(error)
        return claims
    return userinfo.merge(claims, more)
