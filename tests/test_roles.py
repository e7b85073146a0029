"""What each function may do: the statements of its role, and nothing beside its job (I05, I06).

Read from the template as IAM would: an action is allowed where a statement names it together with
the resource. tests/flows/test_deployed_roles.py asks the deployed roles the same.
"""

import pytest

from harness.roles import POOL, ROLES, TABLES, allowed, allows, as_list, statements
from harness.template import resources

SECRET = (
    "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:"
    "${AWS::StackName}/connections/one"
)
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")
BUS = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default"

# Who writes what. A function that is not named here writes nothing of the kind.
WRITERS = {
    "ConnectionTable.Arn": {"CheckConnection", "SettingsApi", "VersionCleanup"},
    "DomainTable.Arn": {"SettingsApi", "DomainRecheck"},
    "RecoveryTable.Arn": {"SettingsApi", "Recover"},
    "EvidenceTable.Arn": {"CheckConnection", "IdpResponse", "TokenEndpoint"},
    "AuditTable.Arn": {"SettingsApi", "DomainRecheck", "Recover", "VersionCleanup"},
    "IdentityTable.Arn": {"IdpResponse", "CognitoTriggers"},
    "FederationTable.Arn": {"CognitoFederation"},
    "ProviderTable.Arn": {"IdpResponse", "SettingsApi"},
    "LimitTable.Arn": {"Authorize", "CheckConnection", "SettingsApi", "TokenEndpoint"},
    "SignInTable.Arn": {"Authorize", "IdpResponse"},
    "TraceTable.Arn": {
        "Authorize",
        "CognitoTriggers",
        "IdpResponse",
        "SettingsApi",
        "TokenEndpoint",
    },
    "CodeTable.Arn": {"IdpResponse", "TokenEndpoint", "CognitoTriggers"},
}
# Who reads a whole table, by a job that goes through all tenants; nobody whom a browser meets.
SCANNERS = {
    "ConnectionTable.Arn": {"CognitoFederation", "VersionCleanup"},
    "DomainTable.Arn": {"DomainRecheck"},
}
# Who may do what costs most when it is done by somebody else.
HOLDERS = {
    ("secretsmanager:GetSecretValue", SECRET): {
        "CheckConnection",
        "CognitoFederation",
        "IdpResponse",
    },
    ("secretsmanager:CreateSecret", SECRET): {"SettingsApi"},
    ("secretsmanager:PutSecretValue", SECRET): set(),
    ("secretsmanager:DeleteSecret", SECRET): {"SettingsApi", "VersionCleanup"},
    ("secretsmanager:ListSecrets", "*"): set(),
    ("kms:GenerateDataKey", "SecretKey.Arn"): {"SettingsApi"},
    ("kms:Encrypt", "SecretKey.Arn"): set(),
    ("cognito-idp:DescribeUserPool", POOL): {"CognitoTriggers", "IdpResponse"},
    ("cognito-idp:AdminCreateUser", POOL): {"CognitoTriggers", "IdpResponse"},
    ("cognito-idp:AdminSetUserPassword", POOL): {"CognitoTriggers", "IdpResponse"},
    ("cognito-idp:AdminUpdateUserAttributes", POOL): {"IdpResponse"},
    ("cognito-idp:AdminDisableUser", POOL): {"IdpResponse"},
    ("cognito-idp:AdminLinkProviderForUser", POOL): {"CognitoTriggers", "IdpResponse"},
    ("cognito-idp:AdminInitiateAuth", POOL): {"TokenEndpoint"},
    ("cognito-idp:AdminRespondToAuthChallenge", POOL): {"TokenEndpoint"},
    ("cognito-idp:AdminAddUserToGroup", POOL): {"IdpResponse"},
    ("cognito-idp:AdminRemoveUserFromGroup", POOL): {"IdpResponse"},
    ("cognito-idp:AdminDeleteUser", POOL): set(),
    ("cognito-idp:UpdateUserPool", POOL): set(),
    ("cognito-idp:UpdateUserPoolClient", POOL): {"CognitoFederation"},
    ("cognito-idp:CreateUserPoolClient", POOL): set(),
    ("cognito-idp:UpdateIdentityProvider", POOL): {"CognitoFederation"},
    ("events:PutEvents", BUS): {"AuditPublisher"},
    ("lambda:InvokeFunction", "*"): set(),
    ("iam:PassRole", "*"): set(),
    ("sts:AssumeRole", "*"): set(),
}


@pytest.mark.parametrize("table", TABLES)
def test_I05_a_table_is_written_by_those_whose_job_it_is(table):
    writers = set().union(*(allowed(f"dynamodb:{action}", table) for action in WRITES))
    assert writers == WRITERS[table]


@pytest.mark.parametrize("table", TABLES)
def test_I05_F26_nobody_whom_a_browser_meets_reads_a_whole_table(table):
    assert allowed("dynamodb:Scan", table) == SCANNERS.get(table, set())


@pytest.mark.parametrize(("action", "resource"), HOLDERS)
def test_I05_I06_what_costs_most_is_for_whoever_needs_it(action, resource):
    assert allowed(action, resource) == HOLDERS[action, resource]


def test_I05_what_is_sealed_is_opened_through_secrets_manager_alone():
    for role in ROLES:
        for statement in statements(role):
            if any(action.startswith("kms:") for action in as_list(statement["Action"])):
                assert "kms:ViaService" in statement["Condition"]["StringEquals"], role


def test_B38_the_first_step_can_neither_read_a_secret_nor_reach_a_person():
    for action in ("secretsmanager:GetSecretValue", "kms:Decrypt", "cognito-idp:AdminGetUser"):
        for resource in (SECRET, "SecretKey.Arn", POOL):
            assert not allows("AuthorizeRole", action, resource)


def test_F28_what_is_written_down_is_never_changed_or_removed():
    for action in ("UpdateItem", "DeleteItem", "BatchWriteItem"):
        assert allowed(f"dynamodb:{action}", "AuditTable.Arn") == set()


def test_I05_a_role_is_for_lambda_alone_and_no_policy_comes_from_elsewhere():
    for name, role in ROLES.items():
        (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
        assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}, name
        assert "ManagedPolicyArns" not in role, name
    assert not resources("AWS::IAM::Policy")
    assert not resources("AWS::IAM::ManagedPolicy")


@pytest.mark.parametrize(
    ("action", "resource"),
    [("dynamodb:PutItem", "SignInTable.Arn"), ("cognito-idp:DescribeUserPoolClient", POOL)],
)
def test_the_evaluation_says_yes_where_it_must(action, resource):
    assert allows("AuthorizeRole", action, resource)
    assert not allows("SettingsPageRole", action, resource)
