"""Resource types of our template that ministack does not know; one is enough to refuse a stack."""

from ministack.services.cloudformation import provisioners

from emulator.repair import Foreign

Properties = dict[str, Foreign]

_handlers = provisioners._RESOURCE_HANDLERS


def _as_policy(properties: Properties) -> Properties:
    return {
        "PolicyName": properties["PolicyName"],
        "PolicyDocument": properties.get("PolicyDocument", {}),
        "Roles": [properties["RoleName"]],
    }


def know_role_policies() -> None:
    """AWS::IAM::RolePolicy is AWS::IAM::Policy for one role; permissions here are enforced."""
    policy = _handlers["AWS::IAM::Policy"]

    def create(logical_id: str, properties: Properties, stack: str) -> Foreign:
        return policy["create"](logical_id, _as_policy(properties), stack)

    def update(
        physical_id: str, old: Properties, new: Properties, *rest: Foreign, **named: Foreign
    ) -> Foreign:
        return policy["update"](physical_id, _as_policy(old), _as_policy(new), *rest, **named)

    def delete(physical_id: str, properties: Properties) -> Foreign:
        return policy["delete"](physical_id, _as_policy(properties))

    _handlers["AWS::IAM::RolePolicy"] = {"create": create, "update": update, "delete": delete}


know_role_policies()
