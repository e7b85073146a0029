"""What the tables' streams tell: whose connections or domains have changed."""

from collections.abc import Iterable, Mapping
from typing import Any

type Record = Mapping[str, Any]


def changed_tenants(records: Iterable[Record]) -> dict[str, frozenset[str]]:
    """Name every tenant that a batch is about, once, with the connections that are gone.

    Only who and which is taken from the stream. How things stand is read from the tables: records
    come late and again, and the last word is theirs.

    Args:
        records: Of either table's stream, with both images.
    """
    gone: dict[str, set[str]] = {}
    for record in records:
        before, after = _image(record, "OldImage"), _image(record, "NewImage")
        for image in (before, after):
            if tenant_id := _text(image, "tenant_id"):
                gone.setdefault(tenant_id, set())
        ended = {_text(before, "connection_id")} - {_text(after, "connection_id"), ""}
        if ended:
            gone[_text(before, "tenant_id")] |= ended
    return {tenant_id: frozenset(ids) for tenant_id, ids in gone.items()}


def _image(record: Record, name: str) -> Mapping[str, Any]:
    image: Mapping[str, Any] = record["dynamodb"].get(name) or {}
    return image


def _text(image: Mapping[str, Any], attribute: str) -> str:
    return str(image.get(attribute, {}).get("S", ""))
