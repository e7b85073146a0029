"""Waiting has an end everywhere, and the ends fit into each other (J01)."""

import ast

from authsso.adapters.guarded_http import DEADLINE_SECONDS
from harness.template import ROOT, resources, template

GATEWAY_SECONDS = 29
FUNCTION_SECONDS = template()["Globals"]["Function"]["Timeout"]
# Token request, UserInfo: design.md 10 allows two. A key rotation adds the keys, and groups that
# Entra left out of the token add Microsoft Graph.
PROVIDER_CALLS = 4


def test_J01_hanging_calls_of_a_provider_end_before_lambda_does():
    assert DEADLINE_SECONDS <= 5
    assert PROVIDER_CALLS * DEADLINE_SECONDS < FUNCTION_SECONDS < GATEWAY_SECONDS


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
