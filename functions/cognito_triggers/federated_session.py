"""Before tokens of the Cognito domain: does the federated sign-in that led here still hold?

Between Cognito's callback and its token endpoint lie minutes, in which an administrator may have
switched the connection off.
"""

from typing import TYPE_CHECKING, Any

from authsso.errors import TriggerRefusedError
from authsso.protocol import cognito_provider, email_domain, federated_sign_in
from authsso.protocol.pool_identities import read_identities
from authsso.protocol.token_claims import TENANT_CLAIM
from cognito_triggers import federated_connection

if TYPE_CHECKING:
    from authsso.services import Services

_HOSTED = "TokenGeneration_HostedAuth"
_NEVER_LINKED = "EXTERNAL_PROVIDER"


def check_federated(services: "Services", event: dict[str, Any]) -> None:
    """Look once more at who came through one of our providers; others pass.

    Raises:
        TriggerRefusedError: The connection, tenant or address does not hold any more.
    """
    attributes = event["request"]["userAttributes"]
    if event["triggerSource"] != _HOSTED or not _has_one_of_ours(attributes):
        return
    if attributes.get("cognito:user_status") == _NEVER_LINKED:
        raise _refused("not_linked")
    connection_id = services.hosted_sign_ins.connection_of(event["userName"], services.now())
    if connection_id is None:
        return  # a password, which sessions.py judges
    connection, _ = federated_connection.standing(services, connection_id)
    domain = email_domain.of(attributes.get("email"))
    code = federated_sign_in.mismatch(
        connection,
        tenant_id=attributes.get(TENANT_CLAIM),
        domain_owner=services.domains.proven_owner(domain) if domain else None,
    )
    if code:
        raise _refused(code)


def _has_one_of_ours(attributes: dict[str, Any]) -> bool:
    names = (name for name, _ in read_identities(attributes.get("identities")))
    return any(cognito_provider.connection_id_of(name) for name in names)


def _refused(code: str) -> TriggerRefusedError:
    return TriggerRefusedError(code, federated_sign_in.TEXTS[code])
