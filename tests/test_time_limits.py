"""Waiting has an end everywhere, and the ends fit into each other (J01)."""

import ast

from authsso.adapters.aws import CONNECT_SECONDS, PATIENCE_SECONDS, READ_SECONDS
from authsso.adapters.guarded_http import DEADLINE_SECONDS
from authsso.web.entrypoint import RESERVED_SECONDS
from check_connection.probing import SECONDS as CHECK_SECONDS
from harness.template import ROOT, resources, template

GATEWAY_SECONDS = 29
FUNCTION_SECONDS = template()["Globals"]["Function"]["Timeout"]
LONGEST_ATTEMPT = CONNECT_SECONDS + max(READ_SECONDS, *PATIENCE_SECONDS.values())
# Token request and keys, which every first sign-in needs; UserInfo and a key that is looked for
# once more get what is left.
PROVIDER_CALLS = 2
REQUEST_SECONDS = FUNCTION_SECONDS - RESERVED_SECONDS


def test_J01_a_slow_provider_leaves_time_for_a_slow_cognito():
    """The sum of all calls and retries has no bound but the request's own end."""
    assert DEADLINE_SECONDS <= 5
    assert RESERVED_SECONDS >= 1
    assert PROVIDER_CALLS * DEADLINE_SECONDS + LONGEST_ATTEMPT < REQUEST_SECONDS


def test_J01_a_check_ends_within_its_request():
    assert DEADLINE_SECONDS + CHECK_SECONDS < REQUEST_SECONDS


def test_J01_lambda_ends_before_the_gateway_does():
    for name, integration in resources("AWS::ApiGatewayV2::Integration").items():
        function = resources("AWS::Serverless::Function")[
            integration["IntegrationUri"]["Ref"].removesuffix(".Alias")
        ]
        seconds = function.get("Timeout", FUNCTION_SECONDS)
        assert seconds * 1000 < integration["TimeoutInMillis"], name


def test_J01_discovery_is_no_part_of_a_sign_in():
    """The metadata is that of the saved version: a provider's discovery may be down."""
    for folder in ("authorize", "idpresponse", "token_endpoint", "cognito_triggers"):
        for path in (ROOT / "functions" / folder).glob("*.py"):
            called = {
                node.func.attr
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            }
            assert "discover" not in called, path
