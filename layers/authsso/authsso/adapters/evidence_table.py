"""DynamoDB: what has been seen to work.

Key `subject`; the kinds of items:

administrator#{connection}  the last sign-in of an administrator through it: `version username at`
secret#{connection}         the client secret that last worked while there was an older one:
                            `secret_id at`
check#{connection}          the last check of each version in use and of the latest, as JSON in
                            `results`
test#{connection}           the last test sign-in through each of them, likewise
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from authsso.adapters.aws import calling
from authsso.adapters.bounded_cache import BoundedCache

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_KEPT_SECRETS = 256
# Beside the versions in use: a few that somebody may just have left behind.
_KEPT_RESULTS = 6

type ResultKind = Literal["check", "test"]


@dataclass(frozen=True, slots=True)
class AdministratorSignIn:
    """An administrator of the tenant has come in through this version of a connection."""

    version: int
    username: str
    at: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a check of a version, or a test sign-in through it, came to.

    Args:
        version: Of the connection.
        at: Seconds since the epoch.
        by: Username of the administrator.
        passed: Nothing stands in the way of people who sign in.
        findings: Codes, the gravest first.
        reference: Of the test's trace; None for a check.
    """

    version: int
    at: int
    by: str
    passed: bool
    findings: tuple[str, ...] = ()
    reference: str | None = None


class EvidenceTable:
    """The table of evidence.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:GetItem` to read, `dynamodb:PutItem` to record.

    Args:
        client: Low-level DynamoDB client.
        table: Its name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table
        self._proven: BoundedCache[str, str] = BoundedCache(_KEPT_SECRETS)

    def administrator_sign_in(self, connection_id: str) -> AdministratorSignIn | None:
        """Return the last sign-in of an administrator through a connection, None without one."""
        item = self._item(f"administrator#{connection_id}")
        if item is None:
            return None
        return AdministratorSignIn(
            version=int(item["version"]["N"]),
            username=item["username"]["S"],
            at=int(item["at"]["N"]),
        )

    def record_administrator(self, connection_id: str, sign_in: AdministratorSignIn) -> None:
        """Keep that an administrator has just signed in. The last one stands."""
        self._put(
            f"administrator#{connection_id}",
            version={"N": str(sign_in.version)},
            username={"S": sign_in.username},
            at={"N": str(sign_in.at)},
        )

    def proven_secret(self, connection_id: str) -> str | None:
        """Return the id of the client secret that last worked, None when none was recorded."""
        if kept := self._proven.find(connection_id):
            return kept
        item = self._item(f"secret#{connection_id}")
        return item["secret_id"]["S"] if item else None

    def record_secret(self, connection_id: str, secret_id: str, now: int) -> None:
        """Keep that a client secret works; once in the life of a function, for each secret."""
        if self._proven.find(connection_id) == secret_id:
            return
        self._put(f"secret#{connection_id}", secret_id={"S": secret_id}, at={"N": str(now)})
        self._proven.keep(connection_id, secret_id)

    def results(self, kind: ResultKind, connection_id: str) -> Mapping[int, Result]:
        """Return the last results of a connection, by version."""
        item = self._item(f"{kind}#{connection_id}")
        if item is None:
            return {}
        found = [_result(kept) for kept in json.loads(item["results"]["S"])]
        return {result.version: result for result in found}

    def record_result(
        self, kind: ResultKind, connection_id: str, result: Result, *, named: Collection[int]
    ) -> None:
        """Keep a result; of two at the same moment one may be lost, and is had again by asking.

        Args:
            kind: Of a check or of a test.
            connection_id: Of the connection.
            result: What was found.
            named: The versions in use, `Connection.named`: their results stay, however many
                drafts came after them.
        """
        found = {**self.results(kind, connection_id), result.version: result}
        latest = sorted(found)[-_KEPT_RESULTS:]
        kept = [found[number] for number in sorted({*latest, *named, result.version} & {*found})]
        results = json.dumps([asdict(one) for one in kept], separators=(",", ":"))
        self._put(f"{kind}#{connection_id}", results={"S": results})

    def _item(self, subject: str) -> Any:  # noqa: ANN401 - a DynamoDB item
        with calling(f"evidence table: {subject}"):
            answer = self._client.get_item(
                TableName=self._table, Key={"subject": {"S": subject}}, ConsistentRead=True
            )
        return answer.get("Item")

    def _put(self, subject: str, **attributes: Any) -> None:  # noqa: ANN401 - DynamoDB attributes
        with calling(f"evidence table: record {subject}"):
            self._client.put_item(
                TableName=self._table, Item={"subject": {"S": subject}, **attributes}
            )


def _result(kept: Mapping[str, Any]) -> Result:
    return Result(**{**kept, "findings": tuple(kept["findings"])})
