"""Cognito: the tenants' OpenID Providers in the user pool, and the app clients that offer them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling, error_code
from authsso.protocol.cognito_provider import CognitoProvider, connection_id_of

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import IdentityProviderTypeTypeDef

    from authsso.model import Method

_GONE = "ResourceNotFoundException"
# What Cognito refuses however often it is asked; all else is worth another attempt.
_REFUSALS = {
    "LimitExceededException": "limit",
    "DuplicateProviderException": "duplicate",
    "InvalidParameterException": "refused",
    "UnsupportedIdentityProviderException": "refused",
}


class PoolRefusedError(RuntimeError):
    """Cognito will not have it; trying again changes nothing.

    Args:
        code: For federation_state.state_of.
        detail: Cognito's own words, for the log. They name no secret.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


class PoolFederation:
    """Providers of one pool, and who offers them.

    Every method raises UnavailableError when Cognito is busy or does not answer.

    IAM, on the pool: `cognito-idp:DescribeIdentityProvider`, `ListIdentityProviders`,
    `CreateIdentityProvider`, `UpdateIdentityProvider`, `DeleteIdentityProvider`,
    `ListUserPoolClients`, `DescribeUserPoolClient`, `UpdateUserPoolClient`.

    Args:
        client: A low-level boto3 client.
        user_pool_id: The pool.
    """

    def __init__(self, client: "CognitoIdentityProviderClient", user_pool_id: str) -> None:
        self._client = client
        self._pool = user_pool_id

    def find(self, name: str) -> CognitoProvider | None:
        """Return a provider as it is now, None when there is none."""
        try:
            with calling("pool federation: find", _GONE):
                answer = self._client.describe_identity_provider(
                    UserPoolId=self._pool, ProviderName=name
                )
        except ClientError:
            return None
        return _read(answer["IdentityProvider"])

    def names(self) -> frozenset[str]:
        """Return the names of all providers that are ours."""
        pages = self._client.get_paginator("list_identity_providers")
        with calling("pool federation: names"):
            return frozenset(
                name
                for page in pages.paginate(UserPoolId=self._pool)
                for provider in page["Providers"]
                if connection_id_of(name := provider.get("ProviderName", ""))
            )

    def create(self, provider: CognitoProvider) -> None:
        """Make a provider.

        Raises:
            PoolRefusedError: The pool is full, an identifier is taken, or the issuer is no use.
        """
        with _refusable("pool federation: create"):
            self._client.create_identity_provider(
                ProviderName=provider.name, ProviderType="OIDC", **self._settings(provider)
            )

    def update(self, provider: CognitoProvider) -> None:
        """Replace a provider's settings.

        Raises:
            PoolRefusedError: As create.
        """
        with _refusable("pool federation: update"):
            self._client.update_identity_provider(
                ProviderName=provider.name, **self._settings(provider)
            )

    def remove(self, name: str) -> None:
        """Take a provider away; it is no error if it is gone already."""
        try:
            with calling("pool federation: remove", _GONE):
                self._client.delete_identity_provider(UserPoolId=self._pool, ProviderName=name)
        except ClientError:
            return

    def clients(self) -> dict[str, str]:
        """Return the names of all app clients by their ids."""
        pages = self._client.get_paginator("list_user_pool_clients")
        with calling("pool federation: clients"):
            return {
                client["ClientId"]: client["ClientName"]
                for page in pages.paginate(UserPoolId=self._pool)
                for client in page["UserPoolClients"]
            }

    def offered(self, client_id: str) -> frozenset[str]:
        """Return the names of our providers that an app client offers."""
        names = self._describe(client_id).get("SupportedIdentityProviders", ())
        return frozenset(name for name in names if connection_id_of(name))

    def offer(
        self, client_id: str, *, add: Collection[str] = (), drop: Collection[str] = ()
    ) -> None:
        """Change which providers an app client offers, and nothing else about it.

        UpdateUserPoolClient resets what it is not given, so all that it takes is given back. The
        caller sees to it that nobody else does the same at this moment.

        Raises:
            PoolRefusedError: Cognito does not know one of the names.
        """
        described = self._describe(client_id)
        before = described.get("SupportedIdentityProviders", [])
        kept = [name for name in before if name not in drop]
        after = kept + sorted(set(add) - set(kept))
        if after == before:
            return
        with _refusable("pool federation: offer"):
            self._client.update_user_pool_client(
                **(self._updatable(described) | {"SupportedIdentityProviders": after})
            )

    def _describe(self, client_id: str) -> dict[str, Any]:
        with calling("pool federation: client"):
            answer = self._client.describe_user_pool_client(
                UserPoolId=self._pool, ClientId=client_id
            )
        return cast("dict[str, Any]", answer["UserPoolClient"])

    def _updatable(self, described: dict[str, Any]) -> dict[str, Any]:
        """Keep what the update takes: the rest, such as dates, only Cognito writes."""
        operation = self._client.meta.service_model.operation_model("UpdateUserPoolClient")
        takes = operation.input_shape.members if operation.input_shape else {}
        return {
            name: value
            for name, value in described.items()
            if name in takes and value not in (None, "")
        }

    def _settings(self, provider: CognitoProvider) -> dict[str, Any]:
        return {
            "UserPoolId": self._pool,
            "ProviderDetails": {
                "oidc_issuer": provider.issuer,
                "client_id": provider.client_id,
                "client_secret": provider.client_secret,
                "attributes_request_method": provider.method,
                "authorize_scopes": " ".join(provider.scopes),
            },
            "AttributeMapping": dict(provider.attribute_mapping),
            "IdpIdentifiers": list(provider.identifiers),
        }


@contextmanager
def _refusable(what: str) -> "Iterator[None]":
    try:
        with calling(what, *_REFUSALS):
            yield
    except ClientError as error:
        raise PoolRefusedError(_REFUSALS[error_code(error)], str(error)) from error


def _read(found: "IdentityProviderTypeTypeDef") -> CognitoProvider:
    """Read what we set; Cognito adds the endpoints that it has discovered."""
    details = found.get("ProviderDetails", {})
    return CognitoProvider(
        name=found.get("ProviderName", ""),
        issuer=details.get("oidc_issuer", ""),
        client_id=details.get("client_id", ""),
        client_secret=details.get("client_secret", ""),
        method=cast("Method", details.get("attributes_request_method", "")),
        scopes=tuple(details.get("authorize_scopes", "").split()),
        attribute_mapping=found.get("AttributeMapping", {}),
        identifiers=tuple(sorted(found.get("IdpIdentifiers", ()))),
    )
