"""DynamoDB: what each sign-in went through.

Key `tenant_id` and `reference`; the index `by_time` has the summaries, the newest last. Items
expire. A trace is written whole by whoever is next in the sign-in, so that losing one write loses
a step and never a trace.
"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.protocol.trace import Noted, Outcome, Step, Summary, Trace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        AttributeValueTypeDef,
        UniversalAttributeValueTypeDef,
    )

_DAY = 24 * 60 * 60
_LOST = "ConditionalCheckFailedException"
# A filter reads what it leaves out: so many pages are read for one answer, then it is cut short.
_MOST_PAGES = 8


class TraceTable:
    """The table of traces.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:PutItem` and `dynamodb:UpdateItem` for whom a sign-in goes through,
    `dynamodb:GetItem` and `dynamodb:Query` on the index for who shows it.

    Args:
        client: Low-level DynamoDB client.
        table: Its name.
        retention_days: How long a trace stays.
    """

    def __init__(self, client: "DynamoDBClient", table: str, retention_days: int) -> None:
        self._client = client
        self._table = table
        self._retention = retention_days * _DAY

    def save(self, trace: Trace, *, ticket_hash: str | None = None) -> None:
        """Write a trace as it is now.

        Args:
            trace: Whole.
            ticket_hash: SHA-256 of the ticket that opens a test, hex; None when it is spent.
        """
        summary = trace.summary
        details = {
            "connection_id": trace.connection_id,
            "application": trace.application,
            "steps": [[step.name, step.after] for step in trace.steps],
            "findings": [asdict(noted) for noted in trace.findings],
            "username": trace.username,
            "decision": trace.decision,
            "groups": trace.groups,
            "claims": trace.claims,
            "mapped": trace.mapped,
        }
        item: dict[str, UniversalAttributeValueTypeDef] = {
            "tenant_id": {"S": summary.tenant_id},
            "reference": {"S": summary.reference},
            "began": {"S": _began(summary)},
            "outcome": {"S": summary.outcome},
            "person": {"S": summary.person or "-"},
            "summary": {"S": _compact(asdict(summary))},
            "details": {"S": _compact(details)},
            "expires_at": {"N": str(summary.started_at + self._retention)},
        }
        if ticket_hash is not None:
            item["ticket_hash"] = {"S": ticket_hash}
        with calling("trace table: save"):
            self._client.put_item(TableName=self._table, Item=item)

    def open_test(self, tenant_id: str, reference: str, ticket_hash: str) -> Trace | None:
        """Spend the ticket of a test: at most one caller ever gets its trace, all others None."""
        try:
            with calling("trace table: open test", _LOST):
                answer = self._client.update_item(
                    TableName=self._table,
                    Key={"tenant_id": {"S": tenant_id}, "reference": {"S": reference}},
                    UpdateExpression="REMOVE ticket_hash",
                    ConditionExpression="ticket_hash = :ticket",
                    ExpressionAttributeValues={":ticket": {"S": ticket_hash}},
                    ReturnValues="ALL_NEW",
                )
        except ClientError:
            return None
        return _trace(answer["Attributes"])

    def record_tokens(self, tenant_id: str, reference: str, now: int) -> None:
        """Keep that the application has fetched its tokens; a trace that is gone stays gone.

        Args:
            tenant_id: Whose.
            reference: Of the sign-in.
            now: Milliseconds since the epoch.
        """
        try:
            with calling("trace table: record tokens", _LOST):
                self._client.update_item(
                    TableName=self._table,
                    Key={"tenant_id": {"S": tenant_id}, "reference": {"S": reference}},
                    UpdateExpression="SET tokens_at = :now",
                    ConditionExpression="attribute_exists(tenant_id)",
                    ExpressionAttributeValues={":now": {"N": str(now)}},
                )
        except ClientError:
            return

    def find(self, tenant_id: str, reference: str) -> tuple[Trace, int | None] | None:
        """Return a trace, and when its application fetched the tokens (milliseconds, or None)."""
        with calling("trace table: find"):
            answer = self._client.get_item(
                TableName=self._table,
                Key={"tenant_id": {"S": tenant_id}, "reference": {"S": reference}},
                ConsistentRead=True,
            )
        item = answer.get("Item")
        if item is None:
            return None
        return _trace(item), int(item["tokens_at"]["N"]) if "tokens_at" in item else None

    def summaries(
        self,
        tenant_id: str,
        *,
        before: str | None,
        limit: int,
        outcome: Outcome | None = None,
        person: str | None = None,
    ) -> tuple[tuple[Summary, ...], str | None]:
        """Return a tenant's latest sign-ins, the newest first, and where the older ones begin.

        Args:
            tenant_id: Whose.
            before: What an earlier answer gave; None for the newest.
            limit: How many at most; a narrow filter may give fewer and still have older ones.
            outcome: Only these.
            person: Only those whose address holds this text.
        """
        names, conditions, values = _filter(outcome, person)
        found: list[Summary] = []
        for _ in range(_MOST_PAGES):
            older = " AND began < :before" if before else ""
            begin: dict[str, Any] = {":before": {"S": before}} if before else {}
            with calling("trace table: summaries"):
                answer = self._client.query(
                    TableName=self._table,
                    IndexName="by_time",
                    KeyConditionExpression=f"tenant_id = :tenant{older}",
                    ExpressionAttributeValues={":tenant": {"S": tenant_id}, **begin, **values},
                    ScanIndexForward=False,
                    Limit=100 if conditions else limit,
                    **names,
                    **conditions,
                )
            items, room = answer["Items"], limit - len(found)
            found += [_summary(item) for item in items[:room]]
            if len(found) == limit:
                is_last = "LastEvaluatedKey" not in answer and len(items) <= room
                return tuple(found), None if is_last else _began(found[-1])
            last = answer.get("LastEvaluatedKey")
            if last is None:
                return tuple(found), None
            before = last["began"]["S"]
        return tuple(found), before


def _filter(
    outcome: Outcome | None, person: str | None
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    conditions: list[str] = []
    names: dict[str, str] = {}
    values: dict[str, Any] = {}
    if outcome:
        conditions.append("#outcome = :outcome")
        names["#outcome"], values[":outcome"] = "outcome", {"S": outcome}
    if person:
        conditions.append("contains(#person, :person)")
        names["#person"], values[":person"] = "person", {"S": person}
    if not conditions:
        return {}, {}, {}
    return (
        {"ExpressionAttributeNames": names},
        {"FilterExpression": " AND ".join(conditions)},
        values,
    )


def _began(summary: Summary) -> str:
    return f"{summary.started_at:012d}-{summary.reference}"


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _summary(item: "Mapping[str, AttributeValueTypeDef]") -> Summary:
    return Summary(**json.loads(item["summary"]["S"]))


def _trace(item: "Mapping[str, AttributeValueTypeDef]") -> Trace:
    details = json.loads(item["details"]["S"])
    return Trace(
        summary=_summary(item),
        connection_id=details["connection_id"],
        application=details["application"],
        steps=tuple(Step(name, after) for name, after in details["steps"]),
        findings=tuple(Noted(**noted) for noted in details["findings"]),
        username=details["username"],
        decision=details["decision"],
        groups=tuple(details["groups"]),
        claims=details["claims"],
        mapped=details["mapped"],
    )
