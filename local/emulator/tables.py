"""What the template of a DynamoDB table says and ministack leaves out."""

from ministack.services import dynamodb
from ministack.services.cloudformation import provisioners

from emulator.repair import Foreign, Function, replaces_handler

Properties = dict[str, Foreign]

_table_handlers = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]


def _apply_time_to_live(table_name: str, properties: Properties) -> None:
    specification = dict(properties.get("TimeToLiveSpecification") or {})
    if specification:
        # Templates may carry the boolean as text.
        specification["Enabled"] = str(specification.get("Enabled")).lower() == "true"
        dynamodb._update_ttl(
            {"TableName": table_name, "TimeToLiveSpecification": specification},
        )


@replaces_handler(_table_handlers, "create")
def time_to_live_of_a_new_table(
    create: Function, logical_id: str, properties: Properties, stack: str
) -> Foreign:
    """TimeToLiveSpecification is ignored: nothing in the table ever expires."""
    made = create(logical_id, properties, stack)
    _apply_time_to_live(made[0], properties)
    return made


@replaces_handler(_table_handlers, "update")
def time_to_live_of_a_changed_table(
    update: Function,
    physical_id: str,
    old: Properties,
    new: Properties,
    *rest: Foreign,
    **named: Foreign,
) -> Foreign:
    """As above, for a table that a later deployment changes."""
    made = update(physical_id, old, new, *rest, **named)
    if old.get("TimeToLiveSpecification") != new.get("TimeToLiveSpecification"):
        _apply_time_to_live(made[0], new)
    return made
