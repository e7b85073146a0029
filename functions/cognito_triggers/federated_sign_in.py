"""Inbound federation: somebody comes through Cognito's own callback, for the first time or again.

The person becomes the same user as through ours (authsso.people), and Cognito is told so before it
looks for the user: nobody is left behind as an unlinked federated user.
"""

from typing import TYPE_CHECKING, Any

from authsso import people
from authsso.errors import ProviderError, TriggerRefusedError
from authsso.people import REASONS, Found
from authsso.protocol import cognito_provider, federated_sign_in, identity
from authsso.protocol.account import Refusal
from authsso.protocol.federated_sign_in import TEXTS
from cognito_triggers import federated_connection

if TYPE_CHECKING:
    from authsso.adapters.user_pool import UserPool
    from authsso.model import Connection, ConnectionVersion, Identity
    from authsso.services import Services


def before_profile(services: "Services", event: dict[str, Any]) -> None:
    """InboundFederation_ExternalProvider: decide who this is, or refuse.

    Raises:
        TriggerRefusedError: Nobody comes in; the text reaches the person.
    """
    request = event["request"]
    connection_id = cognito_provider.connection_id_of(request["providerName"])
    if connection_id is None:
        event["response"] = {"userAttributesToMap": {}}  # not ours: as Cognito has it
        return
    connection, version = federated_connection.standing(services, connection_id)
    known = _identity(request["attributes"], connection, version)
    username = _user(services, services.users_of(event["userPoolId"]), connection, known)
    services.hosted_sign_ins.begin(username, connection_id, services.now())
    event["response"] = {"userAttributesToMap": federated_sign_in.written(known)}


def _identity(
    attributes: dict[str, Any], connection: "Connection", version: "ConnectionVersion"
) -> "Identity":
    try:
        claims = federated_sign_in.claims_of(attributes, version)
        return identity.from_claims(
            claims, connection, version.attribute_mapping, issuer=version.metadata.issuer
        )
    except ProviderError as error:
        raise TriggerRefusedError(error.code, TEXTS["not_its_own"]) from error


def _user(
    services: "Services", users: "UserPool", connection: "Connection", known: "Identity"
) -> str:
    """Return the username, by which Cognito finds the user from now on."""
    match people.user_of(services, users, connection.provider, known):
        case Refusal(code):
            raise TriggerRefusedError(code, f"{REASONS[code].capitalize()}.")
        case Found(user):
            name = cognito_provider.name_of(connection.connection_id)
            if (name, known.subject) not in user.identities:
                users.link(user.username, known)
            return user.username
