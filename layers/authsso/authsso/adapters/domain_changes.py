"""DynamoDB: changes of e-mail domains, each in one transaction with its audit events.

Layout and reads are domain_table.py's.
"""

from typing import TYPE_CHECKING

from authsso.adapters import transaction
from authsso.adapters.domain_table import claim_key
from authsso.errors import AuthssoError, SettingsError
from authsso.protocol import domain_claim

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        PutTypeDef,
        TransactWriteItemTypeDef,
        UniversalAttributeValueTypeDef,
    )

    from authsso.adapters.audit_table import AuditTable
    from authsso.protocol.audit_event import AuditEvent
    from authsso.protocol.domain_claim import ClaimedDomain

_NUMBERS = ("proven_at", "checked_at", "missing_since")


class DomainChanges:
    """What the settings API and the daily look-up write.

    Every method raises UnavailableError when DynamoDB does not answer.

    IAM: `dynamodb:PutItem` and `dynamodb:DeleteItem` on the table, `dynamodb:PutItem` on the
    audit table.

    Args:
        client: A low-level boto3 client.
        table: The domain table's name.
        audit: Gives the part of the transaction that tells of the change.
    """

    def __init__(self, client: "DynamoDBClient", table: str, audit: "AuditTable") -> None:
        self._client = client
        self._table = table
        self._audit = audit

    def claim(
        self, tenant_id: str, claimed: "ClaimedDomain", events: "Sequence[AuditEvent]"
    ) -> None:
        """Write a new claim.

        Raises:
            SettingsError: `changed_meanwhile`: the tenant has claimed it already.
        """
        key = claim_key(tenant_id, claimed.domain)
        put = self._put(key, tenant_id, claimed, "attribute_not_exists(#domain)")
        self._commit([put], events, _changed_meanwhile(claimed))

    def check(
        self, tenant_id: str, claimed: "ClaimedDomain", events: "Sequence[AuditEvent]" = ()
    ) -> None:
        """Write what a look-up found of a domain that stays proven, or stays a claim.

        Raises:
            SettingsError: `changed_meanwhile`: it was removed, or begun anew.
        """
        is_claim = claimed.proven_at is None
        key = claim_key(tenant_id, claimed.domain) if is_claim else claimed.domain
        put = self._put(key, tenant_id, claimed, _SAME)
        self._commit([put], events, _changed_meanwhile(claimed))

    def prove(
        self, tenant_id: str, claimed: "ClaimedDomain", events: "Sequence[AuditEvent]"
    ) -> None:
        """Turn a claim into the proof; of two tenants who prove at once one wins.

        Raises:
            SettingsError: `domain_taken`: another tenant has proven it.
        """
        key = claim_key(tenant_id, claimed.domain)
        put = self._put(claimed.domain, tenant_id, claimed, "attribute_not_exists(#domain)")
        self._commit(
            [put, self._delete(key, tenant_id, claimed)], events, domain_claim.taken(claimed.domain)
        )

    def lapse(
        self, tenant_id: str, claimed: "ClaimedDomain", events: "Sequence[AuditEvent]"
    ) -> None:
        """Turn a proof whose record is gone back into a claim.

        Raises:
            SettingsError: `changed_meanwhile`: it was removed, or begun anew.
        """
        key = claim_key(tenant_id, claimed.domain)
        put = self._put(key, tenant_id, claimed, "attribute_not_exists(#domain)")
        delete = self._delete(claimed.domain, tenant_id, claimed)
        self._commit([put, delete], events, _changed_meanwhile(claimed))

    def remove(
        self, tenant_id: str, claimed: "ClaimedDomain", events: "Sequence[AuditEvent]"
    ) -> None:
        """Give a domain up.

        Raises:
            SettingsError: `changed_meanwhile`: somebody else did, or it was proven meanwhile.
        """
        is_claim = claimed.proven_at is None
        key = claim_key(tenant_id, claimed.domain) if is_claim else claimed.domain
        delete = self._delete(key, tenant_id, claimed)
        self._commit([delete], events, _changed_meanwhile(claimed))

    def _commit(
        self,
        items: "Sequence[TransactWriteItemTypeDef]",
        events: "Sequence[AuditEvent]",
        refusal: AuthssoError,
    ) -> None:
        whole = [*items, *self._audit.puts(events)]
        transaction.commit(self._client, "domain changes", whole, refusal=refusal)

    def _put(
        self, key: str, tenant_id: str, claimed: "ClaimedDomain", condition: str
    ) -> "TransactWriteItemTypeDef":
        put: PutTypeDef = {
            "TableName": self._table,
            "Item": _item(key, tenant_id, claimed),
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {"#domain": "domain"},
        }
        if condition == _SAME:
            put["ExpressionAttributeNames"] = _NAMES
            put["ExpressionAttributeValues"] = _owner(tenant_id, claimed)
        return {"Put": put}

    def _delete(
        self, key: str, tenant_id: str, claimed: "ClaimedDomain"
    ) -> "TransactWriteItemTypeDef":
        return {
            "Delete": {
                "TableName": self._table,
                "Key": {"domain": {"S": key}},
                "ConditionExpression": _SAME,
                "ExpressionAttributeNames": _NAMES,
                "ExpressionAttributeValues": _owner(tenant_id, claimed),
            }
        }


# The very claim that was judged: nobody else's, and not begun anew. An operator's has no token.
_SAME = "tenant_id = :tenant AND (#token = :token OR attribute_not_exists(#token))"
_NAMES = {"#token": "token"}


def _owner(
    tenant_id: str, claimed: "ClaimedDomain"
) -> "Mapping[str, UniversalAttributeValueTypeDef]":
    return {":tenant": {"S": tenant_id}, ":token": {"S": claimed.token}}


def _item(
    key: str, tenant_id: str, claimed: "ClaimedDomain"
) -> "Mapping[str, UniversalAttributeValueTypeDef]":
    item: dict[str, UniversalAttributeValueTypeDef] = {
        "domain": {"S": key},
        "tenant_id": {"S": tenant_id},
        "token": {"S": claimed.token},
    }
    for name in _NUMBERS:
        if (value := getattr(claimed, name)) is not None:
            item[name] = {"N": str(value)}
    return item


def _changed_meanwhile(claimed: "ClaimedDomain") -> SettingsError:
    return SettingsError(
        "changed_meanwhile",
        claimed.domain,
        status=412,
        title="Somebody else has changed this domain since you loaded it.",
    )
