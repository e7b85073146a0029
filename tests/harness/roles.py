"""The template's roles as IAM reads them: which statement names an action with a resource."""

from fnmatch import fnmatchcase
from typing import Any

from harness.template import resources

ROLES = resources("AWS::IAM::Role")
POOL = (
    "arn:${AWS::Partition}:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/"
    "${PoolReference.Value}"
)
TABLES = [f"{name}.Arn" for name in resources("AWS::DynamoDB::Table")]


def text_of(resource: Any) -> str:
    """The resource of a statement as one text, with what is only known at deployment left in."""
    if isinstance(resource, str):
        return resource
    ((kind, value),) = resource.items()
    if kind == "Fn::GetAtt":
        return value if isinstance(value, str) else ".".join(value)
    if kind == "Fn::Sub":
        # `${Table.Arn}/index/x` and `!GetAtt Table.Arn` are the same table.
        return str(value).replace("${", "", 1).replace("}", "", 1) if ".Arn}" in value else value
    return str(resource)


def statements(role: str) -> list[dict[str, Any]]:
    """All that a role may do; what names the pool is apart for the triggers."""
    apart = (
        policy
        for policy in resources("AWS::IAM::RolePolicy").values()
        if policy["RoleName"] == {"Ref": role}
    )
    return [
        statement
        for policy in (*ROLES[role]["Policies"], *apart)
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def allows(role: str, action: str, resource: str) -> bool:
    """Evaluate the role's statements, as IAM does."""
    return any(
        any(fnmatchcase(action, pattern) for pattern in as_list(statement["Action"]))
        and any(fnmatchcase(resource, text_of(r)) for r in as_list(statement["Resource"]))
        for statement in statements(role)
        if statement["Effect"] == "Allow"
    )


def allowed(action: str, resource: str) -> set[str]:
    return {role.removesuffix("Role") for role in ROLES if allows(role, action, resource)}
