"""`python -m existing_pool attach|detach STACK [--dry-run]`, with your AWS credentials."""

import argparse
import sys

import boto3
from botocore.exceptions import ClientError

from existing_pool import triggers
from existing_pool.pool import Pool


def main(arguments: list[str]) -> int:
    """Run one of the two.

    Returns:
        The exit code: 1 when something has to be done first, or put back.
    """
    parser = argparse.ArgumentParser(prog="existing_pool")
    parser.add_argument("action", choices=["attach", "detach"])
    parser.add_argument("stack")
    parser.add_argument("--dry-run", action="store_true")
    asked = parser.parse_args(arguments)

    (described,) = boto3.client("cloudformation").describe_stacks(StackName=asked.stack)["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
    if "ExistingUserPool" not in outputs:
        print("This stack made its own pool; the template attaches the triggers.")
        return 1
    pool = Pool(boto3.client("cognito-idp"), outputs["ExistingUserPool"])
    function = outputs["TriggersFunctionArn"]
    try:
        done = (
            triggers.attach(
                pool,
                function,
                (outputs["SettingsClientId"], outputs["ApplicationClientId"]),
                dry_run=asked.dry_run,
            )
            if asked.action == "attach"
            else triggers.detach(pool, function, dry_run=asked.dry_run)
        )
    except triggers.PoolNotReadyError as error:
        print(f"Nothing was changed. First:\n{error}")
        return 1
    except triggers.MoreChangedError as error:
        print(
            f"The triggers are {asked.action}ed, but the pool is not otherwise as it was:\n{error}"
        )
        return 1
    except ClientError as error:
        print(f"Cognito refused, and nothing was changed: {error}")
        return 1
    print("\n".join(done))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
