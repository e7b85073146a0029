"""template.yaml as data: CloudFormation's short tags become their long forms."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]


class _Loader(yaml.SafeLoader):
    pass


def _intrinsic(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _intrinsic)


@cache
def template() -> dict[str, Any]:
    return yaml.load((ROOT / "template.yaml").read_text(), _Loader)  # noqa: S506 - a SafeLoader


def resources(kind: str) -> dict[str, dict[str, Any]]:
    """Return the properties of every resource of one type."""
    return {
        name: resource.get("Properties", {})
        for name, resource in template()["Resources"].items()
        if resource["Type"] == kind
    }


def routes() -> dict[str, str]:
    """Return each route key with the logical name of the function that it runs."""
    functions = {
        name: properties["IntegrationUri"]["Ref"].removesuffix(".Alias")
        for name, properties in resources("AWS::ApiGatewayV2::Integration").items()
    }
    return {
        route["RouteKey"]: functions[route["Target"]["Fn::Sub"].split("${")[1].rstrip("}")]
        for route in resources("AWS::ApiGatewayV2::Route").values()
    }
