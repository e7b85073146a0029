"""Cognito's app clients: the applications that may send people to us."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.model import Application

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_KEPT_SECONDS = 60
_KEPT_AT_MOST = 256
_CLIENT_ID_LENGTH = 128
# An app client that names no flows has this one among others; the second is the old name.
_CUSTOM_AUTHENTICATION = {"ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"}


class Applications:
    """App clients, read from Cognito and kept for a minute; never copied by hand.

    Args:
        client: Cognito client.
        now: The clock, seconds since the epoch.
    """

    def __init__(self, client: "CognitoIdentityProviderClient", now: Callable[[], int]) -> None:
        self._client = client
        self._now = now
        self._kept: OrderedDict[tuple[str, str], tuple[int, Application | None]] = OrderedDict()

    def find(self, user_pool_id: str, client_id: str) -> Application | None:
        """Return the application of that client id, None when the pool has none."""
        if not (client_id.isascii() and client_id.isalnum()) or len(client_id) > _CLIENT_ID_LENGTH:
            return None
        key = (user_pool_id, client_id)
        kept = self._kept.get(key)
        if kept is None or kept[0] <= self._now():
            kept = (self._now() + _KEPT_SECONDS, self._describe(user_pool_id, client_id))
            self._kept[key] = kept
            if len(self._kept) > _KEPT_AT_MOST:
                self._kept.popitem(last=False)
        return kept[1]

    def _describe(self, user_pool_id: str, client_id: str) -> Application | None:
        try:
            with calling("describe app client", "ResourceNotFoundException"):
                answer = self._client.describe_user_pool_client(
                    UserPoolId=user_pool_id, ClientId=client_id
                )
        except ClientError:
            return None
        client = answer["UserPoolClient"]
        flows = client.get("ExplicitAuthFlows", ())
        return Application(
            client_id=client_id,
            name=client.get("ClientName", ""),
            client_secret=client.get("ClientSecret"),
            redirect_uris=tuple(client.get("CallbackURLs", ())),
            logout_uris=tuple(client.get("LogoutURLs", ())),
            scopes=tuple(client.get("AllowedOAuthScopes", ())),
            allows_custom_authentication=not flows or bool(_CUSTOM_AUTHENTICATION & set(flows)),
            read_attributes=tuple(client.get("ReadAttributes", ())),
            identity_providers=tuple(client.get("SupportedIdentityProviders", ())),
        )
