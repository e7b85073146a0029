"""Groups that Entra left out of the ID token are asked of Microsoft Graph, if they are mapped."""

from typing import TYPE_CHECKING

from authsso.errors import ProviderError
from authsso.model import Claims
from authsso.protocol import entra_groups, identity
from authsso.web.entrypoint import log_refusal
from idpresponse.arrival import Arrival

if TYPE_CHECKING:
    from authsso.services import Services


def with_all_groups(
    services: "Services", arrival: Arrival, claims: Claims, access_token: str
) -> Claims:
    """Return the claims with the groups that had no room in the token.

    When Graph refuses, the claims stay as they are and the sign-in goes on: without groups, so
    that nobody keeps one that can no longer be shown (docs/groups.md).

    Args:
        services: The world outside.
        arrival: A checked answer.
        claims: Of the ID token, validated.
        access_token: From the token endpoint.

    Raises:
        ProviderError: Graph did not answer, or not as it should: what is true of the person's
            groups is not known, and trying again may help.
    """
    version = arrival.version
    name = identity.groups_claim(version.attribute_mapping)
    if arrival.connection.provider != "azure" or not version.group_mapping:
        return claims
    if not entra_groups.is_overage(claims, name):
        return claims
    try:
        groups = services.entra_groups.of_person(version.metadata.issuer, access_token)
    except ProviderError as error:
        if error.code != "graph_refused":
            raise
        log_refusal(error)
        return claims
    return entra_groups.filled_in(claims, groups)
