"""DynamoDB: our authorization codes, and the one-time tickets that they turn into."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.model import AuthorizationCode
from authsso.protocol.authorization_code import (
    REMEMBERED_SECONDS,
    TICKET_LIFETIME_SECONDS,
    Redemption,
)
from authsso.protocol.custom_challenge import LiveTicket, Ticket
from authsso.protocol.sign_in import hashed

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LOST = "ConditionalCheckFailedException"
_TEXTS = (
    "code_hash",
    "client_id",
    "redirect_uri",
    "code_challenge",
    "username",
    "tenant_id",
    "connection_id",
    "reference",
)


class CodeTable:
    """The table of codes, keyed by the code's hash.

    Args:
        client: Low-level DynamoDB client.
        table: Its name.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def save(self, code: AuthorizationCode) -> None:
        """Keep a fresh code; the record stays an hour, so that a second use is recognised.

        `good_until` decides, `expires_at` only cleans up. There is no condition: nobody guesses the
        256 bits of another code, and what is sent again because its answer was lost must pass.
        """
        item: dict[str, Any] = {name: {"S": getattr(code, name)} for name in _TEXTS}
        item["version"] = {"N": str(code.version)}
        item["good_until"] = {"N": str(code.expires_at)}
        item["expires_at"] = {"N": str(code.expires_at + REMEMBERED_SECONDS)}
        with calling("code table: save"):
            self._client.put_item(TableName=self._table, Item=item)

    def redeem(
        self, wanted: Redemption, *, ticket: str, now: int
    ) -> tuple[AuthorizationCode | None, bool]:
        """Turn a code into a ticket, if everything matches, in one conditional write.

        Args:
            wanted: What the caller must match.
            ticket: 256 random bits, new for each request; only its hash is kept. A record that has
                it already is this request's own, sent again because its answer was lost.
            now: Seconds since the epoch.

        Returns:
            The record as it stood before, None when there was none; and whether it was redeemed.
        """
        try:
            with calling("code table: redeem", _LOST):
                answer = self._client.update_item(
                    TableName=self._table,
                    Key={"code_hash": {"S": wanted.code_hash}},
                    UpdateExpression="SET redeemed_at = :now, ticket_hash = :ticket, "
                    "ticket_until = :until",
                    ConditionExpression="client_id = :client AND redirect_uri = :uri "
                    "AND code_challenge = :challenge AND good_until > :now "
                    "AND attribute_not_exists(redeemed_at)",
                    ExpressionAttributeValues={
                        ":now": {"N": str(now)},
                        ":until": {"N": str(now + TICKET_LIFETIME_SECONDS)},
                        ":ticket": {"S": hashed(ticket)},
                        ":client": {"S": wanted.client_id},
                        ":uri": {"S": wanted.redirect_uri},
                        ":challenge": {"S": wanted.code_challenge},
                    },
                    ReturnValues="ALL_OLD",
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            item: Any = error.response.get("Item")
            if not item:
                return None, False
            if item.get("ticket_hash") == {"S": hashed(ticket)}:
                return replace(_code(item), redeemed_at=None), True
            return _code(item), False
        return _code(answer["Attributes"]), True

    def burn(self, code_hash: str) -> None:
        """Remove a code that was tried with anything wrong, unless it was redeemed meanwhile."""
        with suppress(ClientError), calling("code table: burn", _LOST):
            self._client.delete_item(
                TableName=self._table,
                Key={"code_hash": {"S": code_hash}},
                ConditionExpression="attribute_not_exists(redeemed_at)",
            )

    def spend(
        self, ticket: Ticket, *, username: str, client_id: str, challenge: str, now: int
    ) -> bool:
        """Spend a ticket: true for one challenge only, however often that one is asked again.

        Cognito calls a slow trigger up to three times with the same challenge.

        Args:
            ticket: The answer to the challenge.
            username: Whom Cognito is about to sign in.
            client_id: For which application.
            challenge: Chosen anew whenever Cognito creates a challenge.
            now: Seconds since the epoch.
        """
        try:
            with calling("code table: spend", _LOST):
                self._client.update_item(
                    TableName=self._table,
                    Key={"code_hash": {"S": ticket.code_hash}},
                    UpdateExpression="SET spent_by = :challenge",
                    ConditionExpression="ticket_hash = :ticket AND ticket_until > :now "
                    "AND username = :username AND client_id = :client "
                    "AND (attribute_not_exists(spent_by) OR spent_by = :challenge)",
                    ExpressionAttributeValues={
                        ":ticket": {"S": hashed(ticket.secret)},
                        ":now": {"N": str(now)},
                        ":username": {"S": username},
                        ":client": {"S": client_id},
                        ":challenge": {"S": challenge},
                    },
                )
        except ClientError:
            return False
        return True

    def look_at(
        self, ticket: Ticket, *, username: str, client_id: str, now: int
    ) -> LiveTicket | None:
        """Tell whether a ticket holds, without spending it; None when it does not.

        Args:
            ticket: From anybody.
            username: Who is to be signed in with it.
            client_id: For which application.
            now: Seconds since the epoch.
        """
        with calling("code table: look at"):
            answer = self._client.get_item(
                TableName=self._table,
                Key={"code_hash": {"S": ticket.code_hash}},
                ConsistentRead=True,
            )
        item: Any = answer.get("Item", {})
        expected = ({"S": hashed(ticket.secret)}, {"S": username}, {"S": client_id})
        found = (item.get("ticket_hash"), item.get("username"), item.get("client_id"))
        if found != expected or int(item["ticket_until"]["N"]) <= now:
            return None
        return LiveTicket(item["connection_id"]["S"], is_spent="spent_by" in item)


def _code(item: Any) -> AuthorizationCode:  # noqa: ANN401 - a DynamoDB item
    redeemed = item.get("redeemed_at")
    return AuthorizationCode(
        **{name: item[name]["S"] for name in _TEXTS},
        version=int(item["version"]["N"]),
        expires_at=int(item["good_until"]["N"]),
        redeemed_at=int(redeemed["N"]) if redeemed else None,
    )
