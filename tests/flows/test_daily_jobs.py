"""What runs once a day, as it is deployed: its role lets it do all of its job."""

import json

import pytest

from harness.organisation import aws_client


@pytest.mark.parametrize("job", ["VersionCleanup", "DomainRecheck"])
def test_no_connection_and_no_domain_is_left_out(stack, organisation, job):
    organisation.connect()
    cloudformation, lambdas = aws_client(stack, "cloudformation"), aws_client(stack, "lambda")
    function = cloudformation.describe_stack_resource(
        StackName=stack.stack_name, LogicalResourceId=f"{job}Function"
    )["StackResourceDetail"]["PhysicalResourceId"]

    answer = lambdas.invoke(FunctionName=function, Payload="{}")

    assert "FunctionError" not in answer
    assert "unknown" not in json.loads(answer["Payload"].read())
    for client in (cloudformation, lambdas):
        client.close()
