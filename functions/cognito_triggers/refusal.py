"""What somebody reads who must come through single sign-on and did not."""

from typing import TYPE_CHECKING

from authsso.errors import TriggerRefusedError
from authsso.protocol import enforcement

if TYPE_CHECKING:
    from authsso.services import Services


def sso_required(services: "Services") -> TriggerRefusedError:
    """Return the refusal; it names the place to sign in."""
    return TriggerRefusedError("sso_required", enforcement.refusal_text(services.config.base_url))
