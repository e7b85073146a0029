"""`python -m existing_pool.import_provider STACK [--provider --tenant] [--dry-run]`."""

import argparse
import sys

import boto3

from authsso.config import Config
from authsso.errors import AuthssoError
from authsso.services import Services
from existing_pool import importing
from existing_pool.candidate import NotImportableError
from existing_pool.pool_providers import PoolProviders

# Its environment tells all that the stack is made of; the operator writes what it would write.
_FUNCTION = "SettingsApiFunction"


def main(arguments: list[str]) -> int:
    """List the pool's providers, or import one.

    Returns:
        The exit code: 1 when nothing was written because something has to be done first.
    """
    parser = argparse.ArgumentParser(prog="existing_pool.import_provider")
    parser.add_argument("stack")
    parser.add_argument("--provider", default="")
    parser.add_argument("--tenant", default="")
    parser.add_argument("--dry-run", action="store_true")
    asked = parser.parse_args(arguments)

    config = _config(asked.stack)
    services = Services(config)
    pool = PoolProviders(boto3.client("cognito-idp"), config.user_pool_id)
    if not asked.provider:
        print("\n".join(importing.overview(services, pool)))
        return 0
    if not asked.tenant:
        print("Whose provider is it? TENANT=<tenant id>")
        return 1
    try:
        prepared = importing.prepare(services, pool, asked.provider, asked.tenant)
        if not asked.dry_run:
            importing.carry_out(services, prepared, _operator())
    except NotImportableError as error:
        print(f"Nothing was written. {asked.provider}: {error}")
        return 1
    except AuthssoError as error:
        print(f"Nothing was written: {error}. Say it again.")
        return 1
    print("Would be written:" if asked.dry_run else "Written:")
    print("\n".join(f"  {line}" for line in prepared.told()))
    return 0


def _config(stack: str) -> Config:
    function = boto3.client("cloudformation").describe_stack_resource(
        StackName=stack, LogicalResourceId=_FUNCTION
    )["StackResourceDetail"]["PhysicalResourceId"]
    described = boto3.client("lambda").get_function_configuration(FunctionName=function)
    return Config.from_environment(described["Environment"]["Variables"])


def _operator() -> str:
    return str(boto3.client("sts").get_caller_identity()["Arn"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
