"""Inbound federation: somebody comes through Cognito's own callback, for the first time or again.

The person becomes the same user as through ours (authsso.people), and Cognito is told so before it
looks for the user: nobody is left behind as an unlinked federated user.
"""

from typing import TYPE_CHECKING, Any

from authsso import people
from authsso.errors import ProviderError, TriggerRefusedError
from authsso.model import Arrived
from authsso.people import REASONS, Found
from authsso.protocol import cognito_provider, federated_sign_in, identity, imported_provider
from authsso.protocol.account import Refusal
from authsso.protocol.federated_sign_in import TEXTS
from cognito_triggers import federated_connection
from cognito_triggers.federated_trace import following
from cognito_triggers.refusal import sso_required

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
        _of_the_pools_own(services, event)
        event["response"] = {"userAttributesToMap": {}}  # not ours: as Cognito has it
        return
    connection, version = federated_connection.standing(services, connection_id)
    client_id = str(event["callerContext"].get("clientId", ""))
    with following(services, connection, version, client_id) as trail:
        known = _identity(request["attributes"], connection, version)
        trail.is_about(known)
        arrived = Arrived(connection, version, known)
        found = _found(services, services.users_of(event["userPoolId"]), arrived)
        trail.leads_to(found)
        services.hosted_sign_ins.begin(found.user.username, connection_id, services.now())
    event["response"] = {"userAttributesToMap": federated_sign_in.written(known)}


def _of_the_pools_own(services: "Services", event: dict[str, Any]) -> None:
    """Hold the people of an imported provider to what has become of it.

    Enforcement holds them whether or not they have a tenant: a user whom Cognito has made need not
    carry one. Whoever is nobody here yet does not become somebody when the moved connection knows
    people under another client: through us they would be somebody else.
    """
    request = event["request"]
    name, attributes = request["providerName"], request["attributes"]
    key = services.imported_providers.by_name(name)
    if key is None:
        return
    if services.policies.of(key.tenant_id).is_enforced:
        raise sso_required(services)
    head = services.connections.connection(*key)
    if head is None or head.live is None or head.is_at_cognito:
        return
    live = services.connections.version(key.tenant_id, key.provider, head.live)
    if live is None or imported_provider.is_same_client(
        head, issuer=live.metadata.issuer, client_id=live.client_id
    ):
        return
    subject = federated_sign_in.subject_of(attributes) or ""
    username = imported_provider.profile_username(name, subject)
    user = username and services.users_of(event["userPoolId"]).find(username)
    if not user or not imported_provider.is_profile(user, name, subject):
        raise TriggerRefusedError("not_linked", TEXTS["not_linked"])


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


def _found(services: "Services", users: "UserPool", arrived: Arrived) -> Found:
    """Return the user, whom Cognito finds by this identity from now on."""
    connection, known = arrived.connection, arrived.identity
    found = people.user_of(services, users, arrived)
    if isinstance(found, Refusal):
        raise TriggerRefusedError(found.code, f"{REASONS[found.code].capitalize()}.")
    name = cognito_provider.name_of(connection.connection_id)
    if (name, known.subject) not in found.user.identities:
        users.link(found.user.username, known)
    return found
