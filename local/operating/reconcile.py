"""`python -m operating.reconcile STACK [--dry-run]`: what differs in the pool, and the repair."""

import argparse
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# One attempt, and longer than the function's own 300 seconds: a second one would run beside it.
PATIENT = Config(read_timeout=310, retries={"total_max_attempts": 1})


def main(arguments: list[str]) -> int:
    """Ask the stack's own function, and print what it says.

    Returns:
        The exit code: 1 when the function failed.
    """
    parser = argparse.ArgumentParser(prog="reconcile")
    parser.add_argument("stack")
    parser.add_argument("--dry-run", action="store_true")
    asked = parser.parse_args(arguments)
    described = boto3.client("cloudformation").describe_stack_resource(
        StackName=asked.stack, LogicalResourceId="CognitoFederationFunction"
    )
    answer = boto3.client("lambda", config=PATIENT).invoke(
        FunctionName=described["StackResourceDetail"]["PhysicalResourceId"],
        Payload=json.dumps({"reconcile": "all", "dry_run": asked.dry_run}),
    )
    print(answer["Payload"].read().decode())
    if "FunctionError" in answer:
        print("the function failed", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (BotoCoreError, ClientError) as error:
        sys.exit(str(error))
