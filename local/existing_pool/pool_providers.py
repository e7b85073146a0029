"""The providers that the pool has, and whether anybody in it belongs to a tenant."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from authsso.protocol.token_claims import TENANT_CLAIM
from existing_pool.candidate import NotImportableError, PoolProvider

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


class PoolProviders:
    """Reads alone.

    IAM, on the pool: `cognito-idp:ListIdentityProviders`, `DescribeIdentityProvider`, `ListUsers`.

    Args:
        client: A low-level boto3 client.
        user_pool_id: The pool.
    """

    def __init__(self, client: "CognitoIdentityProviderClient", user_pool_id: str) -> None:
        self._client = client
        self._pool = user_pool_id

    def all(self) -> Iterator[PoolProvider]:
        """Return every provider, whoever has made it."""
        pages = self._client.get_paginator("list_identity_providers")
        for page in pages.paginate(UserPoolId=self._pool):
            for provider in page["Providers"]:
                yield self.find(provider.get("ProviderName", ""))

    def find(self, name: str) -> PoolProvider:
        """Return one provider.

        Raises:
            NotImportableError: There is none of that name.
        """
        try:
            found = self._client.describe_identity_provider(
                UserPoolId=self._pool, ProviderName=name
            )["IdentityProvider"]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
            raise NotImportableError(
                "the pool has no provider of that name; leave PROVIDER out to see those it has."
            ) from error
        return PoolProvider(
            name=found.get("ProviderName", ""),
            provider_type=found.get("ProviderType", ""),
            details=found.get("ProviderDetails", {}),
            attribute_mapping=found.get("AttributeMapping", {}),
            identifiers=tuple(found.get("IdpIdentifiers", ())),
        )

    def has_tenant(self, tenant_id: str) -> bool:
        """Tell whether a user carries the tenant; Cognito cannot search for it, so all are read."""
        pages = self._client.get_paginator("list_users").paginate(UserPoolId=self._pool)
        return any(
            {"Name": TENANT_CLAIM, "Value": tenant_id} in user.get("Attributes", ())
            for page in pages
            for user in page["Users"]
        )
