"""A DynamoDB client as far as adapters/key_snapshots.py uses it."""

import re
from typing import Any

from botocore.exceptions import ClientError


class _ConditionalCheckFailedError(ClientError):
    pass


class SnapshotTable:
    """Reads the two kinds of expression that the adapter writes; `fails` makes every call fail."""

    class exceptions:  # noqa: N801 - boto3's name
        ConditionalCheckFailedException = _ConditionalCheckFailedError

    def __init__(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []
        self.fails = False

    def get_item(self, *, Key: dict[str, Any], **_: Any) -> dict[str, Any]:  # noqa: N803
        self._call("get_item")
        item = self.items.get(repr(Key))
        return {} if item is None else {"Item": dict(item)}

    def update_item(
        self,
        *,
        Key: dict[str, Any],  # noqa: N803
        UpdateExpression: str,  # noqa: N803
        ExpressionAttributeValues: dict[str, Any],  # noqa: N803
        ConditionExpression: str | None = None,  # noqa: N803
        **_: Any,
    ) -> None:
        self._call("update_item")
        item = self.items.setdefault(repr(Key), dict(Key))
        if ConditionExpression:
            name, limit = re.fullmatch(
                r"attribute_not_exists\((\w+)\) OR \1 <= (:\w+)", ConditionExpression
            ).groups()
            past = int(ExpressionAttributeValues[limit]["N"])
            if name in item and int(item[name]["N"]) > past:
                raise _failure(_ConditionalCheckFailedError, "ConditionalCheckFailedException")
        for name, value in re.findall(r"(\w+) = (:\w+)", UpdateExpression):
            item[name] = ExpressionAttributeValues[value]

    def _call(self, operation: str) -> None:
        self.calls.append(operation)
        if self.fails:
            raise _failure(ClientError, "ProvisionedThroughputExceededException")


def _failure(kind: type[ClientError], code: str) -> ClientError:
    return kind({"Error": {"Code": code, "Message": ""}}, "UpdateItem")
