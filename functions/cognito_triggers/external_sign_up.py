"""Pre sign-up of a federated user: there is to be none, so what comes here is refused.

The inbound federation trigger has linked the person to a user already. Should Cognito have looked
for the user before that, the link is there now and the next attempt finds it.
"""

from typing import TYPE_CHECKING, Any

from authsso.errors import TriggerRefusedError
from authsso.protocol import cognito_provider

if TYPE_CHECKING:
    from authsso.services import Services


def before_external_sign_up(_: "Services", event: dict[str, Any]) -> None:
    """PreSignUp_ExternalProvider: let nobody be left behind as a second user.

    Raises:
        TriggerRefusedError: The provider is one of ours.
    """
    name, _, _ = event["userName"].partition("_")
    if cognito_provider.connection_id_of(name) is not None:
        raise TriggerRefusedError(
            "sign_in_once_more", "Your account has just been connected. Please sign in once more."
        )
    event["response"] = {}
