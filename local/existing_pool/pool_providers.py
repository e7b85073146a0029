"""The providers that the pool has, and whether anybody in it belongs to a tenant."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from authsso.protocol.pool_identities import read_identities
from authsso.protocol.token_claims import TENANT_CLAIM
from existing_pool.candidate import NotImportableError, PoolProvider

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@dataclass(frozen=True, slots=True)
class People:
    """Who is in a pool.

    Args:
        tenants: Each that a user carries.
        of_provider: How many of each tenant, or of none, have come through the provider.
    """

    tenants: frozenset[str]
    of_provider: Mapping[str | None, int]


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

    def people(self, name: str) -> People:
        """Return whom the tenants' people are, and those of one provider.

        Cognito can search for neither, so every user is read.
        """
        pages = self._client.get_paginator("list_users").paginate(UserPoolId=self._pool)
        tenants, theirs = set(), Counter[str | None]()
        for user in (user for page in pages for user in page["Users"]):
            attributes = {one["Name"]: one.get("Value") for one in user.get("Attributes", ())}
            tenant = attributes.get(TENANT_CLAIM) or None
            tenants.add(tenant)
            if any(one == name for one, _ in read_identities(attributes.get("identities"))):
                theirs[tenant] += 1
        return People(frozenset(filter(None, tenants)), theirs)
