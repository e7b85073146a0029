"""Each repair of local/emulator closes its gap: one test or more for each, on the real thing."""

import io
import json
import time
import zipfile

import pytest

ORIGIN = "http://app.localhost:9999"


def test_cors_of_the_template_answers_preflights(repairs):
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "PUT"}

    answer = repairs.send("OPTIONS", "/echo", headers=asked)

    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["access-control-allow-headers"] == "if-match"
    assert answer.headers["access-control-max-age"] == "600"


def test_cors_of_the_template_marks_answers(repairs):
    answer = repairs.send("GET", "/echo", headers={"Origin": ORIGIN})

    assert answer.headers["access-control-expose-headers"] == "etag"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/oauth2/authorize"),
        ("GET", "/oauth2/userInfo"),
        ("GET", "/logout"),
        ("POST", "/oauth2/token"),
        ("POST", "/oauth2/userInfo"),
        ("POST", "/login"),
    ],
)
def test_a_custom_domain_owns_its_paths(repairs, method, path):
    assert repairs.send(method, path).json()["rawPath"] == path


def test_the_pool_keeps_its_own_host(repairs):
    assert repairs.send("GET", "/logout", host="localhost").status == 400


def test_the_event_is_that_of_an_http_api(repairs):
    sent = {"Cookie": "a=1; b=2", "X-Forwarded-For": "203.0.113.7"}

    event = repairs.send("GET", "/echo?x=1", headers=sent).json()

    assert event["cookies"] == ["a=1", "b=2"]
    assert "cookie" not in event["headers"]
    assert event["headers"]["x-forwarded-for"] == "203.0.113.7, 127.0.0.1"
    assert event["headers"]["x-forwarded-proto"] == "http"
    assert event["headers"]["x-forwarded-port"] == str(repairs.port)
    assert event["requestContext"]["domainName"] == "own.localhost"
    assert event["requestContext"]["domainPrefix"] == "own"
    assert event["requestContext"]["http"]["sourceIp"] == "127.0.0.1"
    assert event["stageVariables"] == {"colour": "teal"}


def test_a_failed_function_says_nothing_about_itself(repairs):
    answer = repairs.send("GET", "/fail")

    assert answer.status == 500
    assert answer.json() == {"message": "Internal Server Error"}


def test_the_templates_time_to_live_is_switched_on(repairs):
    described = repairs.aws("dynamodb").describe_time_to_live(TableName=repairs.outputs["Table"])

    assert described["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED",
        "AttributeName": "expires_at",
    }


def test_a_policy_apart_from_its_role_is_put_on_it(repairs):
    policy = repairs.aws("iam").get_role_policy(
        RoleName=repairs.outputs["Role"], PolicyName="apart"
    )

    assert policy["PolicyDocument"]["Statement"][0]["Action"] == "dynamodb:GetItem"


def test_a_silent_function_is_not_waited_for(repairs):
    def took():
        began = time.perf_counter()
        assert repairs.send("GET", "/silent").status == 200
        return time.perf_counter() - began

    # 50 ms is what every single call took before.
    assert min(took() for _ in range(10)) < 0.045


def test_what_a_function_prints_is_still_logged(repairs):
    username = repairs.user()

    repairs.password_sign_in(username)

    assert repairs.calls(username, "PostAuthentication_Authentication")


def test_workers_share_an_unpacked_layer(repairs):
    functions = repairs.aws("lambda")
    layer = functions.publish_layer_version(
        LayerName="shared",
        Content={"ZipFile": zipped({"python/in_the_layer.py": "HERE = __file__"})},
    )
    role = repairs.aws("iam").get_role(RoleName=repairs.outputs["Role"])["Role"]
    code = "import in_the_layer\n\ndef handler(event, context):\n    return in_the_layer.HERE\n"

    def where(name):
        functions.create_function(
            FunctionName=name,
            Runtime="python3.13",
            Handler="index.handler",
            Role=role["Arn"],
            Code={"ZipFile": zipped({"index.py": code})},
            Layers=[layer["LayerVersionArn"]],
        )
        return json.load(functions.invoke(FunctionName=name)["Payload"])

    assert where("one") == where("two")


def zipped(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_a_first_call_may_take_longer_than_the_timeout(repairs):
    functions = repairs.aws("lambda")
    role = repairs.aws("iam").get_role(RoleName=repairs.outputs["Role"])["Role"]
    functions.create_function(
        FunctionName="slow",
        Runtime="python3.13",
        Handler="index.handler",
        Role=role["Arn"],
        Timeout=1,
        Code={"ZipFile": zipped({"index.py": SLEEPS_LONGER_THAN_ITS_TIMEOUT})},
    )

    first = functions.invoke(FunctionName="slow")
    second = functions.invoke(FunctionName="slow")

    assert "FunctionError" not in first
    assert "timed out" in json.load(second["Payload"])["errorMessage"]


SLEEPS_LONGER_THAN_ITS_TIMEOUT = """
import time

def handler(event, context):
    time.sleep(1.3)  # its time is up after one second
"""
