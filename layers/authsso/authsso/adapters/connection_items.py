"""How connections and their versions lie in DynamoDB; connection_table.py reads and writes them.

A head is one attribute per field, since writes are conditional on `revision` and an index needs
`connection_id`. A version never changes, so it is one JSON text: cheap to read, opaque to queries.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, fields
from typing import TYPE_CHECKING, Any, cast

from authsso.model import PROVIDER_KINDS, Connection, ConnectionVersion, ProviderMetadata

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef, UniversalAttributeValueTypeDef

    from authsso.model import ProviderKind

    type Item = dict[str, UniversalAttributeValueTypeDef]
    type StoredItem = Mapping[str, AttributeValueTypeDef]

TENANT_ITEM = "tenant"
HEAD_PREFIX = "connection#"
_ID_LENGTH = 26  # base32 characters: 130 bits


def head_item(provider: "ProviderKind") -> str:
    """Name the item of a connection's head. Kinds are a closed list, so names cannot collide."""
    return f"{HEAD_PREFIX}{provider}"


def version_item(provider: "ProviderKind", number: int) -> str:
    """Name the item of one version; sorts by number."""
    return f"{versions_of(provider)}{number:06d}"


def versions_of(provider: "ProviderKind") -> str:
    """Return what the items of all versions of a connection begin with."""
    return f"version#{provider}#"


def connection_ids(salt: str) -> "dict[ProviderKind, str]":
    """Derive one opaque id per provider kind from the tenant's salt.

    A tenant that is deleted and created again gets a new salt, so it inherits no id (F17).
    """
    return {kind: _connection_id(salt, kind) for kind in PROVIDER_KINDS}


def _connection_id(salt: str, provider: "ProviderKind") -> str:
    digest = hashlib.sha256(f"{salt} {provider}".encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_ID_LENGTH]


def write_head(connection: Connection) -> "Item":
    """Turn a head into an item; what is None has no attribute."""
    item: Item = {"item": {"S": head_item(connection.provider)}}
    for name, value in asdict(connection).items():
        if value is not None:
            item[name] = _attribute(value)
    return item


def read_head(item: "StoredItem") -> Connection:
    """Turn an item back into a head."""
    values = {name: _value(attribute) for name, attribute in item.items()}
    return Connection(**_known(Connection, values))


def _attribute(value: object) -> "UniversalAttributeValueTypeDef":
    if isinstance(value, bool):  # before int, whose subclass it is
        return {"BOOL": value}
    return {"N": str(value)} if isinstance(value, int) else {"S": str(value)}


def _value(attribute: "AttributeValueTypeDef") -> bool | int | str:
    if "BOOL" in attribute:
        return attribute["BOOL"]
    return int(attribute["N"]) if "N" in attribute else attribute["S"]


def write_version(version: ConnectionVersion) -> str:
    """Turn a version into JSON text."""
    return json.dumps(asdict(version), separators=(",", ":"), sort_keys=True)


def read_version(text: str) -> ConnectionVersion:
    """Turn JSON text back into a version.

    Versions are kept for years: members that the code no longer knows are passed over, and
    fields that came later take their defaults.
    """
    values = json.loads(text)
    metadata = ProviderMetadata(**_known(ProviderMetadata, values["metadata"]))
    return ConnectionVersion(**_known(ConnectionVersion, values | {"metadata": metadata}))


def _known(record: type, values: Mapping[str, object]) -> dict[str, Any]:
    names = _present(record, values)
    return {name: _frozen(values[name]) for name in names}


def _present(record: type, values: Mapping[str, object]) -> Iterable[str]:
    for field in fields(record):
        if field.name in values:
            yield field.name
        elif field.default is MISSING and field.default_factory is MISSING:
            raise KeyError(f"{record.__name__}.{field.name}")


def _frozen(value: object) -> object:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value
