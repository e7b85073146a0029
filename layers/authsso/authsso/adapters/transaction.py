"""DynamoDB: several writes, all or none; a condition that does not hold is the caller's refusal."""

from typing import TYPE_CHECKING, cast

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.errors import AuthssoError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_CANCELLED = "TransactionCanceledException"
_CONDITION_FAILED = "ConditionalCheckFailed"


def commit(
    client: "DynamoDBClient",
    what: str,
    items: "Sequence[TransactWriteItemTypeDef]",
    *,
    refusal: AuthssoError,
) -> None:
    """Write everything or nothing.

    boto3 gives each transaction a token of its own, so one that is sent again because its answer
    was lost is carried out once.

    Args:
        client: A low-level boto3 client.
        what: The call, for the log: `connection changes: write`.
        items: What is written, and on which conditions.
        refusal: What is raised when a condition does not hold.

    Raises:
        UnavailableError: DynamoDB did not answer, or was busy with another write of these items.
    """
    try:
        with calling(what, _CANCELLED):
            client.transact_write_items(TransactItems=items)
    except ClientError as error:
        if _CONDITION_FAILED in _reasons(error):
            raise refusal from error
        raise UnavailableError("aws_unavailable", f"{what}: {_reasons(error)}") from error


def _reasons(error: ClientError) -> list[str]:
    answer = cast("dict[str, list[dict[str, str]]]", error.response)
    return [reason.get("Code", "") for reason in answer.get("CancellationReasons", [])]
