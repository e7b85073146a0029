"""The user pool as an operator sees it: its providers, and what the federation function says."""

import json
from typing import Any

from botocore.exceptions import ClientError

from harness.organisation import aws_client
from local_stack.record import Stack

_FUNCTION = "CognitoFederationFunction"


class CognitoSide:
    """Reads and breaks what the pool holds, and asks for a reconcile."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._of_pool = {"UserPoolId": stack.user_pool_id}
        self._cognito = aws_client(stack, "cognito-idp")
        self._lambda = aws_client(stack, "lambda")
        self._cloudformation = aws_client(stack, "cloudformation")

    def close(self) -> None:
        for client in (self._cognito, self._lambda, self._cloudformation):
            client.close()

    def provider(self, name: str) -> dict[str, Any] | None:
        try:
            answer = self._cognito.describe_identity_provider(**self._of_pool, ProviderName=name)
        except ClientError:
            return None
        found: dict[str, Any] = answer["IdentityProvider"]
        return found

    def client(self) -> dict[str, Any]:
        answer = self._cognito.describe_user_pool_client(
            **self._of_pool, ClientId=self._stack.app_client_id
        )
        found: dict[str, Any] = answer["UserPoolClient"]
        return found

    def is_offered(self, name: str) -> bool:
        return name in self.client()["SupportedIdentityProviders"]

    def user(self, username: str) -> dict[str, str]:
        answer = self._cognito.admin_get_user(**self._of_pool, Username=username)
        return {one["Name"]: one["Value"] for one in answer["UserAttributes"]}

    def usernames_of(self, address: str) -> list[str]:
        answer = self._cognito.list_users(**self._of_pool, Filter=f'email = "{address}"')
        return [user["Username"] for user in answer["Users"]]

    def lose_provider(self, name: str) -> None:
        self._cognito.delete_identity_provider(**self._of_pool, ProviderName=name)

    def forget_offers(self) -> None:
        """Do what a deployment does to an app client: write it as the template has it."""
        self._cognito.update_user_pool_client(
            **self._of_pool,
            ClientId=self._stack.app_client_id,
            SupportedIdentityProviders=["COGNITO"],
        )

    def reconcile(self, *, dry_run: bool) -> dict[str, Any]:
        """Run the command, as `make reconcile` does."""
        function = self._cloudformation.describe_stack_resource(
            StackName=self._stack.stack_name, LogicalResourceId=_FUNCTION
        )["StackResourceDetail"]["PhysicalResourceId"]
        answer = self._lambda.invoke(
            FunctionName=function,
            Payload=json.dumps({"reconcile": "all", "dry_run": dry_run}).encode(),
        )
        report: dict[str, Any] = json.loads(answer["Payload"].read())
        return report
