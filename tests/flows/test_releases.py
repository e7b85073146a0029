"""The way back from a release, on the deployed stack's own functions."""

import pytest

from harness.organisation import aws_client
from operating.releases import ALIAS, Stack, prune, roll_back


@pytest.fixture
def lambdas(stack):
    client = aws_client(stack, "lambda")
    yield client
    client.close()


@pytest.fixture
def deployed(stack, lambdas):
    cloudformation = aws_client(stack, "cloudformation")
    yield Stack(stack.stack_name, cloudformation, lambdas)
    cloudformation.close()


def test_two_releases_one_step_back_and_the_oldest_gone(stack, lambdas, deployed):
    (name,) = (one.name for one in deployed.releases() if "LogoutFunction" in one.name)
    for release in ("good", "bad"):
        lambdas.update_function_configuration(FunctionName=name, Description=release)
        version = lambdas.publish_version(FunctionName=name)["Version"]
        lambdas.update_alias(FunctionName=name, Name=ALIAS, FunctionVersion=version)

    assert f"{name}: 3 -> 2" in roll_back(deployed, dry_run=False)

    live = lambdas.get_function_configuration(FunctionName=name, Qualifier=ALIAS)
    assert live["Description"] == "good"
    assert prune(deployed, dry_run=False) == ["There is nothing to delete."]
    lambdas.update_alias(FunctionName=name, Name=ALIAS, FunctionVersion="3")
    assert prune(deployed, dry_run=False) == [f"{name}: 1 deleted"]
