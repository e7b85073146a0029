"""What a pool must have before our triggers may stand on it, each gap with its remedy."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

ADMINISTRATORS = "tenant-admins"
_TENANT = "custom:tenant_id"
_TIERS = {"ESSENTIALS", "PLUS"}
# Whoever writes one of these chooses an organisation, or takes somebody's address.
_PROTECTED = {_TENANT, "email", "email_verified"}


def find(
    pool: Mapping[str, Any],
    clients: Sequence[Mapping[str, Any]],
    groups: Collection[str],
    signing_in: Collection[str],
) -> list[str]:
    """Return every gap in one sentence.

    Args:
        pool: As DescribeUserPool gives it.
        clients: All its app clients, as DescribeUserPoolClient gives them.
        groups: The names of its groups.
        signing_in: Ids of the app clients that this stack was told of.
    """
    known = {client["ClientId"] for client in clients}
    return [
        *_of_pool(pool),
        *(
            []
            if ADMINISTRATORS in groups
            else [f"No group {ADMINISTRATORS}: make it (aws cognito-idp create-group)."]
        ),
        *(
            f"App client {client_id} is not of this pool: correct the stack's parameter."
            for client_id in sorted(set(signing_in) - known)
        ),
        *(gap for client in clients for gap in _of_client(client, signing_in)),
    ]


def notes(pool: Mapping[str, Any]) -> list[str]:
    """Return what works differently on this pool; nothing has to be done."""
    if not pool.get("UsernameAttributes"):
        return []
    return [
        (
            "People's usernames are addresses here (UsernameAttributes): existing people are "
            "linked at their first single sign-on, new ones cannot be made just in time. See "
            "docs/existing-pool.md."
        )
    ]


def _of_pool(pool: Mapping[str, Any]) -> Iterator[str]:
    tier = pool.get("UserPoolTier", "LITE")
    if tier not in _TIERS:
        yield f"Tier {tier}: choose ESSENTIALS or PLUS; access tokens take no claims below."
    if not (pool.get("Domain") or pool.get("CustomDomain")):
        yield "No domain: give the pool one; people with a password sign in there."
    schema = {attribute["Name"]: attribute for attribute in pool.get("SchemaAttributes", ())}
    if _TENANT not in schema:
        yield (
            f"No attribute {_TENANT}: add it (aws cognito-idp add-custom-attributes "
            "--custom-attributes Name=tenant_id,AttributeDataType=String,Mutable=true)."
        )
    elif not schema[_TENANT].get("Mutable", False):
        yield f"{_TENANT} is immutable: this pool cannot be used, its people could not be moved."


def _of_client(client: Mapping[str, Any], signing_in: Collection[str]) -> Iterator[str]:
    name = f"App client {client['ClientName']} ({client['ClientId']})"
    writes = set(client.get("WriteAttributes", ()))
    if not writes:
        yield (
            f"{name} names no WriteAttributes, so people may write their own address: name them, "
            "without email."
        )
    elif written := sorted(writes & _PROTECTED):
        yield f"{name} lets people write {', '.join(written)}: take it out of WriteAttributes."
    if client["ClientId"] in signing_in and "ALLOW_CUSTOM_AUTH" not in client.get(
        "ExplicitAuthFlows", ()
    ):
        yield f"{name} has no ALLOW_CUSTOM_AUTH: add it to ExplicitAuthFlows."
