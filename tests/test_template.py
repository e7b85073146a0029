"""The template, the functions and the events tell the same story."""

import ast
import importlib
import json
import re
import subprocess
import sys
from dataclasses import fields
from typing import get_args

import pytest

from authsso.config import Config
from authsso.errors import AuthssoError
from authsso.web.counting import NAMESPACE, Counted
from authsso.web.entrypoint import log_fault, log_refusal
from harness.fakes import FakeServices
from harness.template import ROOT, resources, routes, template

FUNCTIONS = resources("AWS::Serverless::Function")
ROLES = resources("AWS::IAM::Role")
FOLDERS = {path.name for path in (ROOT / "functions").iterdir() if (path / "app.py").exists()}
# X-Ray's two actions know no resource.
WITHOUT_RESOURCE = {"xray:PutTraceSegments", "xray:PutTelemetryRecords"}


def folder_of(logical_name: str) -> str:
    return FUNCTIONS[logical_name]["Handler"].split(".")[0]


def test_each_function_folder_is_one_function_of_the_template():
    assert {folder_of(name) for name in FUNCTIONS} == FOLDERS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_handler_imports_with_an_empty_environment(name):
    module, _, attribute = FUNCTIONS[name]["Handler"].rpartition(".")
    assert callable(getattr(importlib.import_module(module), attribute))


def actions_of(name: str) -> set[str]:
    return {
        action
        for policy in ROLES[name]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in statement["Action"]
    }


def calls_aws(name: str) -> bool:
    asked = {
        action.split(":")[0]
        for action in actions_of(FUNCTIONS[name]["Role"]["Fn::GetAtt"].split(".")[0])
    }
    return bool(asked & {"dynamodb", "cognito-idp", "secretsmanager"})


@pytest.mark.parametrize(
    "name", [name for name, made in FUNCTIONS.items() if "SnapStart" in made and calls_aws(name)]
)
def test_the_snapshot_of_a_function_holds_aws_library(name):
    """It is a hundred milliseconds of processor, which each restore would pay for otherwise."""
    loaded = f"import sys, {folder_of(name)}.app; sys.exit('boto3' not in sys.modules)"
    subprocess.run([sys.executable, "-c", loaded], check=True)  # noqa: S603 - our own function


@pytest.mark.parametrize(("route", "function"), routes().items())
def test_every_route_reaches_its_app(route, function):
    method, path = route.split()
    path = path.replace("{provider}", "azure").replace("{connection_id}", "a" * 26)
    path = path.replace("{version}/{file}", "0/settings.js")
    app = importlib.import_module(f"{folder_of(function)}.app").create_app(FakeServices())
    event = json.loads((ROOT / "events/authorize.json").read_text())
    event |= {"rawPath": path, "rawQueryString": "", "routeKey": route}
    event["requestContext"]["http"] |= {"method": method, "path": path}

    assert app.resolve(event, None)["statusCode"] != 404


HTTP_EVENTS = [
    path
    for path in sorted((ROOT / "events").glob("*.json"))
    if json.loads(path.read_text()).get("version") == "2.0"
]


@pytest.mark.parametrize("path", HTTP_EVENTS, ids=lambda path: path.stem)
def test_every_event_reaches_its_app(path):
    event = json.loads(path.read_text())
    assert event["routeKey"] == event["requestContext"]["routeKey"]
    function = routes()[event["routeKey"]]
    app = importlib.import_module(f"{folder_of(function)}.app").create_app(FakeServices())
    assert app.resolve(event, None)["statusCode"] != 404


def test_every_environment_variable_is_declared_and_read():
    declared = set(template()["Globals"]["Function"]["Environment"]["Variables"])
    read = {field.name.upper() for field in fields(Config)}
    assert {name for name in declared if not name.startswith("POWERTOOLS_")} == read


def test_a_change_of_a_layer_alone_goes_live():
    layers = resources("AWS::Serverless::LayerVersion").values()
    assert all(layer["PublishLambdaVersion"] is True for layer in layers)
    assert all(f["AutoPublishAliasAllProperties"] is True for f in FUNCTIONS.values())


def test_an_existing_pool_is_never_mistaken_for_the_stack_s_own():
    """What is made only without one is named by what is made so too, or under that condition."""
    made = {n for n, r in template()["Resources"].items() if r.get("Condition") == "MakesPool"}
    assert made == {"UserPool", "AdministratorsGroup", "ApplicationClient", "SettingsClient"}
    for name, resource in template()["Resources"].items():
        if resource.get("Condition") in ("MakesPool", "MakesPoolDomain"):
            continue
        chosen = re.sub(
            r'\{"Fn::If": \["MakesPool", \{"Ref": "\w+"\}', "", json.dumps(resource, sort_keys=True)
        )
        for pattern in ('"Ref": "{}"', '"{}.', "${{{}}}", "${{{}."):
            assert not any(pattern.format(one) in chosen for one in made), name


def test_no_trigger_leads_back_to_the_pool():
    """Cfn-lint does not see this circle through the SAM transform; a deployment would."""
    triggers = json.dumps(FUNCTIONS["CognitoTriggersFunction"]) + json.dumps(template()["Globals"])
    assert not re.search(
        r'"(Ref|Fn::GetAtt|Fn::Sub)": "[^"]*(UserPool|Client|PoolReference)\b', triggers
    )
    assert "UserPool" not in json.dumps(ROLES["CognitoTriggersRole"])


@pytest.mark.parametrize("name", ROLES)
def test_I05_no_role_reaches_for_everything(name):
    for policy in ROLES[name]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            actions = set(statement["Action"])
            assert not any("*" in action for action in actions)
            assert statement["Resource"] != "*" or actions <= WITHOUT_RESOURCE


def test_I06_the_settings_function_writes_secrets_and_never_reads_them():
    assert "secretsmanager:CreateSecret" in actions_of("SettingsApiRole")
    assert "secretsmanager:GetSecretValue" not in actions_of("SettingsApiRole")
    readers = {name for name in ROLES if "secretsmanager:GetSecretValue" in actions_of(name)}
    assert readers == {"IdpResponseRole", "CognitoFederationRole", "CheckConnectionRole"}


def test_each_function_has_a_role_and_a_log_group_of_its_own():
    roles = [f["Role"]["Fn::GetAtt"] for f in FUNCTIONS.values()]
    groups = [f["LoggingConfig"]["LogGroup"]["Ref"] for f in FUNCTIONS.values()]
    assert len(set(roles)) == len(set(groups)) == len(FUNCTIONS)


def test_I08_F32_only_our_own_api_and_pool_may_call_the_functions():
    permissions = resources("AWS::Lambda::Permission").values()
    called = {p["FunctionName"]["Ref"].removesuffix(".Alias") for p in permissions}
    # Lambda itself polls a stream for its function: there is nobody to be permitted.
    polling = resources("AWS::Lambda::EventSourceMapping").values()
    polled = {m["FunctionName"]["Ref"].removesuffix(".Alias") for m in polling}
    assert called | polled == set(FUNCTIONS)
    assert all("SourceArn" in p and "SourceAccount" in p for p in permissions)
    assert not any("FunctionUrlConfig" in f for f in FUNCTIONS.values())


@pytest.mark.parametrize("name", resources("AWS::DynamoDB::Table"))
def test_every_table_is_on_demand_encrypted_and_recoverable(name):
    table = resources("AWS::DynamoDB::Table")[name]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSESpecification"]["SSEEnabled"] is True
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True


def test_what_expires_is_cleaned_up():
    tables = resources("AWS::DynamoDB::Table")
    assert {n for n, t in tables.items() if "TimeToLiveSpecification" in t} >= {
        "SignInTable",
        "CodeTable",
    }


@pytest.mark.parametrize("name", resources("AWS::Cognito::UserPoolClient"))
def test_F07_nobody_writes_the_own_tenant_or_address(name):
    client = resources("AWS::Cognito::UserPoolClient")[name]
    assert not {"email", "custom:tenant_id", "email_verified"} & set(client["WriteAttributes"])


def test_whatever_reads_or_changes_settings_needs_a_token():
    for route in resources("AWS::ApiGatewayV2::Route").values():
        path = route["RouteKey"].split()[1]
        needs_token = path.startswith("/settings/sso")
        assert (route.get("AuthorizationType") == "JWT") is needs_token, path


def test_I03_the_access_log_holds_no_query_cookie_or_token():
    stage = resources("AWS::ApiGatewayV2::Stage")["ApiStage"]
    log = json.loads(stage["AccessLogSettings"]["Format"])
    assert set(log.values()) <= {
        "$context.requestId",
        "$context.requestTime",
        "$context.routeKey",
        "$context.status",
        "$context.responseLatency",
        "$context.identity.sourceIp",
        "$context.error.message",
        "$context.integrationErrorMessage",
    }


def test_every_parameter_is_described_and_has_a_default():
    for name, parameter in template()["Parameters"].items():
        assert parameter["Description"], name
        assert "Default" in parameter, name


def test_I11_no_function_or_layer_calls_what_is_forbidden():
    """random, uuid1 and unverified TLS have no place here; requests only in the guarded client."""
    for path in [*(ROOT / "functions").rglob("*.py"), *(ROOT / "layers/authsso").rglob("*.py")]:
        tree = ast.parse(path.read_text())
        imported = {
            alias.name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        } | {
            (node.module or "").split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
        }
        assert "random" not in imported, path
        assert "requests" not in imported or path.name == "guarded_http.py", path
        assert "verify=False" not in path.read_text(), path


def test_every_rule_of_checkov_that_is_not_followed_says_why():
    lines = (ROOT / ".checkov.yaml").read_text().partition("skip-check:\n")[2].splitlines()
    rules = [number for number, line in enumerate(lines) if line.startswith("  - CKV")]
    assert rules
    for number in rules:
        assert lines[number - 1].startswith("  # "), lines[number]


STACK_NAME = {"Ref": "AWS::StackName"}
ALARMS = resources("AWS::CloudWatch::Alarm")
OF_OURS = {name: alarm for name, alarm in ALARMS.items() if alarm.get("Namespace") == NAMESPACE}


def dimensions_of(alarm):
    return {dimension["Name"]: dimension["Value"] for dimension in alarm["Dimensions"]}


@pytest.mark.parametrize("name", OF_OURS)
def test_I14_an_alarm_watches_what_is_written_to_the_letter(name, monkeypatch, capsys):
    """CloudWatch knows a metric by its name and all of its dimensions; another set is another."""
    assert (
        template()["Globals"]["Function"]["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"]
        == STACK_NAME
    )
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "authsso-prod")
    alarm, watched = OF_OURS[name], dimensions_of(OF_OURS[name])
    if alarm["MetricName"] == "Refused":
        log_refusal(AuthssoError(watched["code"]))
    else:
        log_fault(ValueError())

    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines() if "_aws" in text)
    (metrics,) = line["_aws"]["CloudWatchMetrics"]
    assert [metric["Name"] for metric in metrics["Metrics"]] == [alarm["MetricName"]]
    (written,) = metrics["Dimensions"]
    assert {name: line[name] for name in written} == watched | {"service": "authsso-prod"}
    assert watched["service"] == STACK_NAME


def test_I14_an_alarm_is_of_something_that_is_counted():
    """Signals of attacks: mix-up, cookie, replay, cross-tenant, forbidden addresses."""
    refused = {dimensions_of(alarm).get("code") for alarm in OF_OURS.values()} - {None}
    documented = (ROOT / "docs/errors.md").read_text()
    assert {code for code in refused if f"`{code}`" not in documented} == set()
    assert refused >= {
        "issuer_mismatch",
        "wrong_callback",
        "wrong_browser",
        "code_used_again",
        "user_of_other_tenant",
        "provider_url_refused",
    }
    assert {alarm["MetricName"] for alarm in OF_OURS.values()} <= set(get_args(Counted.__value__))
