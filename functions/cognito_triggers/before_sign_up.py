"""PreSignUp: who may make a user.

Administrators of the SaaS and we ourselves (AdminCreateUser) may; a person may not sign up for an
organisation that enforces single sign-on, nor choose a tenant (F35).
"""

from typing import TYPE_CHECKING, Any

from authsso.errors import TriggerRefusedError
from authsso.protocol import email_domain
from authsso.protocol.token_claims import TENANT_CLAIM
from cognito_triggers.refusal import sso_required

if TYPE_CHECKING:
    from authsso.services import Services


def before_sign_up(services: "Services", event: dict[str, Any]) -> None:
    """Look at what a person typed who signs up.

    Raises:
        TriggerRefusedError: The address belongs to an organisation that enforces single sign-on,
            or a tenant was chosen.
    """
    attributes = event["request"]["userAttributes"]
    if TENANT_CLAIM in attributes:
        raise TriggerRefusedError("tenant_chosen", "You cannot choose your organisation here.")
    domain = email_domain.of(attributes.get("email"))
    owner = services.domains.proven_owner(domain) if domain else None
    if services.policies.of(owner).is_enforced:
        raise sso_required(services)
