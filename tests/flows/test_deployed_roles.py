"""Each function's role as it is deployed: what its job needs is let through, the rest is denied.

The expected answers are the template's (harness/roles.py); here the stack's own IAM gives them, at
real calls with each role's credentials. No call changes anything: writes carry a condition that
never holds, and everything else names what does not exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from harness.roles import POOL, ROLES, TABLES, allows
from harness.template import resources
from local_stack.sam import NOBODY

NEVER = {"ConditionExpression": "attribute_exists(nothing_has_this)"}
DENIED = {"AccessDenied", "AccessDeniedException"}
POOL_CALLS = {
    "AdminGetUser": {},
    "AdminSetUserPassword": {"Password": "Not-a-password-1", "Permanent": True},
    "AdminDeleteUser": {},
    "AdminUpdateUserAttributes": {"UserAttributes": []},
    "AdminUserGlobalSignOut": {},
}
TABLE_CALLS = ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Scan")


@dataclass(frozen=True, slots=True)
class Deployed:
    """What is deployed: physical names, and clients that sign as one role after another."""

    session: boto3.Session
    options: dict[str, object]
    names: dict[str, str]
    pool: str
    clients: dict[str, dict[str, object]] = field(default_factory=dict)

    def as_role(self, role: str, service: str) -> object:
        """Return a client with the role's credentials."""
        if role not in self.clients:
            self.clients[role] = self._clients(role)
        return self.clients[role][service]

    def _clients(self, role: str) -> dict[str, object]:
        account = self.session.client("sts", **self.options).get_caller_identity()["Account"]
        given = self.session.client("sts", **self.options).assume_role(
            RoleArn=f"arn:aws:iam::{account}:role/{self.names[role]}", RoleSessionName="test"
        )["Credentials"]
        keys = {
            "aws_access_key_id": given["AccessKeyId"],
            "aws_secret_access_key": given["SecretAccessKey"],
            "aws_session_token": given["SessionToken"],
        }
        return {
            service: self.session.client(service, **self.options, **keys)
            for service in ("dynamodb", "cognito-idp", "secretsmanager")
        }


@pytest.fixture(scope="module")
def deployed(stack) -> Iterator[Deployed]:
    session = boto3.Session(
        aws_access_key_id=NOBODY, aws_secret_access_key=NOBODY, region_name=stack.region
    )
    options = {
        "endpoint_url": stack.aws_endpoint_url,
        "config": Config(parameter_validation=False, retries={"total_max_attempts": 1}),
    }
    made = session.client("cloudformation", **options).get_paginator("list_stack_resources")
    names = {
        resource["LogicalResourceId"]: resource["PhysicalResourceId"]
        for page in made.paginate(StackName=stack.stack_name)
        for resource in page["StackResourceSummaries"]
    }
    found = Deployed(session, options, names, stack.user_pool_id)
    yield found
    for clients in found.clients.values():
        for client in clients.values():
            client.close()


def is_denied(call, **parameters) -> bool:
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"] in DENIED
    return False


def table_call(deployed, role, logical_name, action) -> bool:
    """Make one call on a table with a key that nothing has; return whether it was let through."""
    dynamodb = deployed.as_role(role, "dynamodb")
    properties = resources("AWS::DynamoDB::Table")[logical_name]
    types = {
        each["AttributeName"]: each["AttributeType"] for each in properties["AttributeDefinitions"]
    }
    key = {
        each["AttributeName"]: {types[each["AttributeName"]]: "0"}
        for each in properties["KeySchema"]
    }
    table = {"TableName": deployed.names[logical_name]}
    calls = {
        "GetItem": lambda: is_denied(dynamodb.get_item, **table, Key=key),
        "PutItem": lambda: is_denied(dynamodb.put_item, **table, Item=key, **NEVER),
        "UpdateItem": lambda: is_denied(dynamodb.update_item, **table, Key=key, **NEVER),
        "DeleteItem": lambda: is_denied(dynamodb.delete_item, **table, Key=key, **NEVER),
        "Scan": lambda: is_denied(dynamodb.scan, **table, Limit=1),
    }
    return not calls[action]()


@pytest.mark.parametrize("role", ROLES)
def test_I05_I06_a_deployed_role_lets_its_job_through_and_nothing_else(deployed, role):
    expected, seen = {}, {}
    for resource in TABLES:
        for action in TABLE_CALLS:
            asked = (f"dynamodb:{action}", resource)
            expected[asked] = allows(role, *asked)
            seen[asked] = table_call(deployed, role, resource.removesuffix(".Arn"), action)
    for action, parameters in POOL_CALLS.items():
        asked = (f"cognito-idp:{action}", POOL)
        method = "".join(f"_{c.lower()}" if c.isupper() else c for c in action).lstrip("_")
        call = getattr(deployed.as_role(role, "cognito-idp"), method)
        who = {"UserPoolId": deployed.pool, "Username": "nobody-has-this-name"}
        expected[asked] = allows(role, *asked)
        seen[asked] = not is_denied(call, **who, **parameters)

    assert seen == expected
    assert not all(seen.values())


SECRET = (
    "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:"
    "${AWS::StackName}/connections/one"
)


@pytest.mark.parametrize("role", ROLES)
def test_I06_a_deployed_role_reads_client_secrets_only_where_it_must(stack, deployed, role):
    client = deployed.as_role(role, "secretsmanager")
    for name in (f"{stack.stack_name}/connections/one", "somebody-elses"):
        may = allows(role, "secretsmanager:GetSecretValue", SECRET) and name != "somebody-elses"
        assert is_denied(client.get_secret_value, SecretId=name) is not may, name


def test_the_comparison_says_yes_where_it_must(deployed):
    assert table_call(deployed, "AuthorizeRole", "SignInTable", "PutItem")
    assert not table_call(deployed, "SettingsPageRole", "SignInTable", "PutItem")
