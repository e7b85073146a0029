"""`python -m operating.releases show|rollback|prune STACK [--dry-run]`: which code is live.

A deployment publishes a version of each function that it changes, and moves the alias `live` there.
The versions before are kept to go back to; with SnapStart each of them costs, so no more than one.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_lambda import LambdaClient

ALIAS = "live"
_LEFT = "gone back from version "
# Versions of one deployment are made within this.
_LONGEST_DEPLOYMENT = timedelta(hours=1)
# Whom everybody needs, first: while it is wrong, nobody gets a token.
FIRST = "CognitoTriggersFunction"


@dataclass(frozen=True, slots=True)
class Release:
    """One function, and what it could run.

    Args:
        name: The function's.
        live: Number of the version that runs.
        versions: All there are: number and when it was made.
        left: Those that somebody has gone back from.
    """

    name: str
    live: int
    versions: dict[int, datetime]
    left: frozenset[int] = frozenset()

    @property
    def before(self) -> int | None:
        """The version to go back to; None: there is none that nobody has gone back from."""
        good = (number for number in self.versions if number not in self.left)
        return max((number for number in good if number < self.live), default=None)

    @property
    def deployed_at(self) -> datetime:
        """When the newest version was made that has ever been live."""
        return max(self.versions[one] for one in {self.live, *self.left} if one in self.versions)

    @property
    def unneeded(self) -> tuple[int, ...]:
        """What neither runs nor is the newest, nor would be gone back to."""
        needed = {self.live, self.before, max(self.versions)}
        return tuple(number for number in sorted(self.versions) if number not in needed)


class Stack:
    """The functions of a deployed stack.

    Args:
        name: The stack's.
        cloudformation: Client with the operator's credentials.
        lambdas: Likewise.
    """

    def __init__(
        self, name: str, cloudformation: "CloudFormationClient", lambdas: "LambdaClient"
    ) -> None:
        self._name = name
        self._cloudformation = cloudformation
        self._lambda = lambdas

    def releases(self) -> tuple[Release, ...]:
        """Every function, the triggers' first."""
        pages = self._cloudformation.get_paginator("list_stack_resources")
        found = {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for page in pages.paginate(StackName=self._name)
            for resource in page["StackResourceSummaries"]
            if resource["ResourceType"] == "AWS::Lambda::Function"
        }
        order = sorted(found, key=lambda logical: (logical != FIRST, logical))
        return tuple(self._release(found[logical]) for logical in order)

    def _release(self, name: str) -> Release:
        alias = self._lambda.get_alias(FunctionName=name, Name=ALIAS)
        pages = self._lambda.get_paginator("list_versions_by_function").paginate(FunctionName=name)
        versions = {
            int(version["Version"]): datetime.fromisoformat(version["LastModified"])
            for page in pages
            for version in page["Versions"]
            if version["Version"] != "$LATEST"
        }
        left = frozenset(map(int, re.findall(r"\d+", alias.get("Description", ""))))
        return Release(name, int(alias["FunctionVersion"]), versions, left)

    def go_back(self, one: Release, version: int) -> None:
        """Let an older version run from now on, and remember which one was left."""
        left = ", ".join(map(str, sorted({*one.left, one.live})))
        self._lambda.update_alias(
            FunctionName=one.name,
            Name=ALIAS,
            FunctionVersion=str(version),
            Description=f"{_LEFT}{left}",
        )

    def delete(self, name: str, version: int) -> None:
        """Delete a version that nothing runs."""
        self._lambda.delete_function(FunctionName=name, Qualifier=str(version))


def show(releases: Iterable[Release]) -> list[str]:
    """One line a function."""
    return [
        f"{one.name}: {one.live} of {one.versions[one.live]:%Y-%m-%d %H:%M}, "
        f"before it {one.before or 'none'}"
        for one in releases
    ]


def roll_back(stack: Stack, *, dry_run: bool) -> list[str]:
    """Undo the last deployment's change of code, function by function.

    What the deployment did not change stays. The next deployment moves all of them on again.
    """
    releases = stack.releases()
    since = max(one.deployed_at for one in releases) - _LONGEST_DEPLOYMENT
    told = []
    for one in releases:
        if one.versions[one.live] < since:
            continue
        if one.before is None:
            told.append(f"{one.name}: stays at {one.live}, there is none before it")
            continue
        if not dry_run:
            stack.go_back(one, one.before)
        told.append(f"{one.name}: {one.live} -> {one.before}")
    return told or ["The last deployment changed no function, or has been undone already."]


def prune(stack: Stack, *, dry_run: bool) -> list[str]:
    """Delete what is neither live, nor before that, nor the newest."""
    told = []
    for one in stack.releases():
        for number in one.unneeded:
            if not dry_run:
                stack.delete(one.name, number)
            told.append(f"{one.name}: {number} deleted")
    return told or ["There is nothing to delete."]


def main(arguments: Sequence[str]) -> int:
    """Run one of the three; a dry run says what would be done."""
    parser = argparse.ArgumentParser(prog="releases")
    parser.add_argument("action", choices=["show", "rollback", "prune"])
    parser.add_argument("stack")
    parser.add_argument("--dry-run", action="store_true")
    asked = parser.parse_args(arguments)
    stack = Stack(asked.stack, boto3.client("cloudformation"), boto3.client("lambda"))
    match asked.action:
        case "show":
            told = show(stack.releases())
        case "rollback":
            told = roll_back(stack, dry_run=asked.dry_run)
        case _:
            told = prune(stack, dry_run=asked.dry_run)
    if asked.dry_run and asked.action != "show":
        print("Nothing is changed; DRY_RUN=false does this:")
    print("\n".join(told))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (BotoCoreError, ClientError) as error:
        sys.exit(str(error))
