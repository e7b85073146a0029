"""The provider's code -> a proven identity: token request, ID token, UserInfo where needed."""

from typing import TYPE_CHECKING

from authsso.errors import ProviderError
from authsso.model import Claims, Identity
from authsso.protocol import id_token, identity, sign_in, userinfo
from authsso.protocol.signature import UnknownKeyError
from authsso.providers import PROFILES
from authsso.web.entrypoint import log_refusal
from idpresponse.arrival import Arrival
from idpresponse.explanation import told_by
from idpresponse.overage import with_all_groups
from idpresponse.redemption import redeem
from idpresponse.trail import Trail

if TYPE_CHECKING:
    from authsso.services import Services


def prove(services: "Services", arrival: Arrival, binding: str, trail: Trail) -> Identity:
    """Redeem the provider's code and find out who has signed in.

    Args:
        services: The world outside.
        arrival: A checked answer.
        binding: The browser's secret; nonce and PKCE verifier are derived from it.
        trail: Is told how far it came.

    Raises:
        ProviderError: The provider failed, refused, is left alone for a while, or its tokens do
            not hold.
        UnavailableError: The client secret cannot be read, or is not this version's.
    """
    version, connection = arrival.version, arrival.connection
    with services.circuits.calling(connection.connection_id, "token"):
        tokens = redeem(services, arrival, binding)
        trail.reached("code_redeemed")
        signed = _validated(services, arrival, tokens.id_token, sign_in.nonce(binding))
    trail.reached("id_token_accepted")
    signed = with_all_groups(services, arrival, signed, tokens.access_token)
    claims = _with_userinfo(services, arrival, signed, tokens.access_token)
    trail.reached("claims_complete")
    trail.received(claims)
    trail.tells(told_by(arrival, signed, claims))
    found = identity.from_claims(
        claims, connection, version.attribute_mapping, issuer=version.metadata.issuer
    )
    trail.is_about(found, version)
    return found


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
        if error.code == "userinfo_subject" or "email" in missing or _lacks_groups(arrival, claims):
            raise
        log_refusal(error)
        return claims
    return userinfo.merge(claims, more)


def _lacks_groups(arrival: Arrival, claims: Claims) -> bool:
    """Tell whether mapped groups could only be told by UserInfo.

    Taken for no groups, its failure would take the person out of those that they are in.
    """
    version = arrival.version
    return (
        bool(version.group_mapping)
        and PROFILES[arrival.connection.provider].always_calls_userinfo
        and identity.groups_claim(version.attribute_mapping) not in claims
    )
