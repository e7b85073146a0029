"""The pool itself, read whole and written whole."""

from typing import TYPE_CHECKING, Any

from existing_pool import whole_update
from existing_pool.pool_providers import PoolProviders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

    from existing_pool.candidate import PoolProvider


class Pool:
    """One user pool.

    IAM, on the pool: `cognito-idp:DescribeUserPool`, `GetUserPoolMfaConfig`, `UpdateUserPool`,
    `ListUserPoolClients`, `DescribeUserPoolClient`, `ListGroups`, `ListIdentityProviders`,
    `DescribeIdentityProvider`; and what Cognito asks of whoever
    writes the pool: `iam:PassRole` for its SMS role, `kms:CreateGrant` for the key of its custom
    senders.

    Args:
        client: A low-level boto3 client.
        user_pool_id: The pool.
    """

    def __init__(self, client: "CognitoIdentityProviderClient", user_pool_id: str) -> None:
        self._client = client
        self._id = user_pool_id

    def describe(self) -> dict[str, Any]:
        """Return it as it is now."""
        answer = self._client.describe_user_pool(UserPoolId=self._id)
        return dict(answer["UserPool"])

    def factors(self) -> dict[str, Any]:
        """Return its second factors and passkeys, which DescribeUserPool does not show."""
        answer = self._client.get_user_pool_mfa_config(UserPoolId=self._id)
        return {name: value for name, value in answer.items() if name != "ResponseMetadata"}

    def clients(self) -> list[dict[str, Any]]:
        """Return all app clients."""
        pages = self._client.get_paginator("list_user_pool_clients").paginate(UserPoolId=self._id)
        ids = [client["ClientId"] for page in pages for client in page["UserPoolClients"]]
        return [
            dict(
                self._client.describe_user_pool_client(UserPoolId=self._id, ClientId=one)[
                    "UserPoolClient"
                ]
            )
            for one in ids
        ]

    def groups(self) -> set[str]:
        """Return the names of all groups."""
        pages = self._client.get_paginator("list_groups").paginate(UserPoolId=self._id)
        return {group["GroupName"] for page in pages for group in page["Groups"]}

    def providers(self) -> "Iterator[PoolProvider]":
        """Return all identity providers."""
        return PoolProviders(self._client, self._id).all()

    def set_triggers(self, pool: "Mapping[str, Any]", lambda_config: "Mapping[str, Any]") -> None:
        """Change the triggers of the pool as it was described, and nothing else."""
        shape = self._client.meta.service_model.operation_model("UpdateUserPool").input_shape
        accepted = set(shape.members) if shape else set()
        self._client.update_user_pool(**whole_update.request(pool, lambda_config, accepted))
