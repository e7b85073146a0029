"""DynamoDB: sign-ins under way. Saved once, taken once."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.errors import DisplayedError
from authsso.model import AuthorizationRequest, SignIn

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LOST = "ConditionalCheckFailedException"


class SignInTable:
    """The table of sign-ins under way, keyed by the hash of `state`.

    Args:
        client: Low-level DynamoDB client.
        table: Its name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def save(self, started: SignIn) -> None:
        """Keep a sign-in until it is taken or expires.

        Nobody can put another in its place; the same again is AWS's library, whose answer was lost.

        Raises:
            UnavailableError: DynamoDB did not take it; the person must not be sent away.
        """
        with calling("sign-in table: save"):
            self._client.put_item(
                TableName=self._table,
                Item={
                    "state_hash": {"S": started.state_hash},
                    "binding_hash": {"S": started.binding_hash},
                    "expires_at": {"N": str(started.expires_at)},
                    "sign_in": {"S": json.dumps(asdict(started))},
                },
                ConditionExpression="attribute_not_exists(state_hash) OR binding_hash = :binding",
                ExpressionAttributeValues={":binding": {"S": started.binding_hash}},
            )

    def take(self, state_hash: str, binding_hash: str, now: int) -> SignIn:
        """Take a sign-in out of the table: at most one caller ever gets it.

        One conditional delete decides (design.md 6.1): a wrong browser burns nothing, a second use
        finds nothing. Time is checked here, since the table's own expiry may lag by days.

        Args:
            state_hash: Of the `state` that came back.
            binding_hash: Of the cookie that this browser showed.
            now: Seconds since the epoch.

        Raises:
            DisplayedError: `sign_in_unknown`, `wrong_browser` or `sign_in_expired`.
            UnavailableError: DynamoDB did not answer; whether it was taken is not known.
        """
        try:
            with calling("sign-in table: take", _LOST):
                answer = self._client.delete_item(
                    TableName=self._table,
                    Key={"state_hash": {"S": state_hash}},
                    ConditionExpression="binding_hash = :binding AND expires_at > :now",
                    ExpressionAttributeValues={
                        ":binding": {"S": binding_hash},
                        ":now": {"N": str(now)},
                    },
                    ReturnValues="ALL_OLD",
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            raise _why(error.response.get("Item"), binding_hash) from error
        return _sign_in(answer["Attributes"]["sign_in"]["S"])


def _why(item: Any, binding_hash: str) -> DisplayedError:  # noqa: ANN401 - botocore's error body
    if not item:
        return DisplayedError("sign_in_unknown")
    if item["binding_hash"]["S"] != binding_hash:
        return DisplayedError("wrong_browser")
    return DisplayedError("sign_in_expired")


def _sign_in(text: str) -> SignIn:
    record = json.loads(text)
    request = record.pop("request")
    request["scopes"] = tuple(request["scopes"])
    return SignIn(request=AuthorizationRequest(**request), **record)
