"""UpdateUserPool resets what it is not given, so it is given everything that the pool has."""

from collections.abc import Collection, Mapping
from typing import Any

_RESERVED_TAGS = "aws:"
# What an update changes on purpose, or what changes by itself.
_MAY_DIFFER = {"LambdaConfig", "LastModifiedDate", "EstimatedNumberOfUsers"}


def request(
    pool: Mapping[str, Any], lambda_config: Mapping[str, Any], accepted: Collection[str]
) -> dict[str, Any]:
    """Build the update that changes the triggers and nothing else.

    Args:
        pool: As DescribeUserPool gives it.
        lambda_config: What the triggers shall be.
        accepted: The members that UpdateUserPool takes, from boto3's model: a setting that AWS
            adds one day is kept as well.
    """
    # An empty text stands for Cognito's own words, and is not taken back.
    kept = {name: value for name, value in pool.items() if name in accepted and value != ""}
    return {
        **kept,
        **_without_old_validity(kept),
        **_without_reserved_tags(kept),
        "UserPoolId": pool["Id"],
        "PoolName": pool["Name"],
        "LambdaConfig": dict(lambda_config),
    }


def losses(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return every other setting that an update has changed, one a sentence."""
    before, after = ({**pool, **_without_old_validity(pool)} for pool in (before, after))
    names = sorted((before.keys() | after.keys()) - _MAY_DIFFER)
    return [
        f"{name} was {before.get(name)!r} and is {after.get(name)!r} now: put it back."
        for name in names
        if before.get(name) != after.get(name)
    ]


def _without_old_validity(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out UnusedAccountValidityDays: Cognito shows both spellings, and takes the new one."""
    password = kept.get("Policies", {}).get("PasswordPolicy", {})
    made = kept.get("AdminCreateUserConfig")
    if made is None or "TemporaryPasswordValidityDays" not in password:
        return {}
    return {
        "AdminCreateUserConfig": {
            name: value for name, value in made.items() if name != "UnusedAccountValidityDays"
        }
    }


def _without_reserved_tags(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the tags of AWS's own, which nobody may write and no update removes."""
    if "UserPoolTags" not in kept:
        return {}
    tags = kept["UserPoolTags"].items()
    return {"UserPoolTags": {n: v for n, v in tags if not n.startswith(_RESERVED_TAGS)}}
