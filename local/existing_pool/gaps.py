"""What a pool must have before our triggers may stand on it, each gap with its remedy."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

ADMINISTRATORS = "tenant-admins"
_TENANT = "custom:tenant_id"
_TIERS = {"ESSENTIALS", "PLUS"}
# Whoever writes one of these chooses an organisation, or takes somebody's address.
_PROTECTED = {_TENANT, "email", "email_verified"}
_OWN_CALLS = "aws.cognito.signin.user.admin"
# An app client that names no flows has this one among others; the second is the old name.
_CUSTOM_AUTHENTICATION = {"ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"}


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


def notes(pool: Mapping[str, Any], clients: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what will be different on this pool; nothing has to be done first.

    Args:
        pool: As DescribeUserPool gives it.
        clients: All its app clients, as DescribeUserPoolClient gives them.
    """
    return [*_notes(pool), *_lost_scope(clients)]


def _lost_scope(clients: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    losing = [
        client["ClientName"]
        for client in clients
        if _OWN_CALLS not in client.get("AllowedOAuthScopes", ())
    ]
    if losing:
        yield (
            f"Access tokens of {', '.join(sorted(losing))} will not have {_OWN_CALLS} any more, "
            "with which people change their own password or attributes at Cognito: allow that "
            "scope where it is used."
        )


def _notes(pool: Mapping[str, Any]) -> Iterator[str]:
    if pool.get("UsernameAttributes"):
        yield (
            "Addresses are usernames here: whoever has an address, verified or not and of "
            "whichever organisation, keeps a new person with it out (email_taken)."
        )
    if pool.get("UsernameConfiguration", {}).get("CaseSensitive", True):
        yield (
            "The pool tells capitals apart: an address that is not in small letters may not be "
            "found, and its owner gets a second user."
        )
    if pool.get("LambdaConfig", {}).get("PostConfirmation"):
        yield (
            "PostConfirmation does not fire for people whom we make at their first sign-in: what "
            "it does must happen elsewhere for them."
        )
    if pool.get("MfaConfiguration") == "ON":
        yield (
            "MFA is required: try a single sign-on on a copy of this pool first. Should Cognito "
            "ask for its second factor after ours, nobody can sign in with it."
        )
    if _custom_mode(pool) == "ENFORCED":
        yield (
            "Threat protection acts on custom authentication too, of which it knows no device: "
            "try a single sign-on on a copy of this pool first, or set CustomAuthMode to AUDIT."
        )


def _custom_mode(pool: Mapping[str, Any]) -> object:
    more = pool.get("UserPoolAddOns", {}).get("AdvancedSecurityAdditionalFlows", {})
    return more.get("CustomAuthMode")


def _of_pool(pool: Mapping[str, Any]) -> Iterator[str]:
    tier = pool.get("UserPoolTier", "LITE")
    if tier not in _TIERS:
        yield f"Tier {tier}: choose ESSENTIALS or PLUS; access tokens take no claims below."
    if pool.get("UsernameAttributes") == ["phone_number"]:
        yield (
            "Usernames are phone numbers alone: this pool cannot be used. A sign-in proves an "
            "address, and with it nobody could be made."
        )
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
    flows = set(client.get("ExplicitAuthFlows", ()))
    if client["ClientId"] in signing_in and flows and not flows & _CUSTOM_AUTHENTICATION:
        yield f"{name} has no ALLOW_CUSTOM_AUTH: add it to ExplicitAuthFlows."
