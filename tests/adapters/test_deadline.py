"""A request has one end, however many calls and retries it is made of (J01)."""

from types import SimpleNamespace

import pytest
from botocore.awsrequest import AWSResponse

from authsso.adapters import aws, deadline
from authsso.adapters.deadline import within
from authsso.adapters.guarded_http import GuardedHttp
from authsso.adapters.network import Network
from authsso.errors import ProviderError, UnavailableError
from authsso.web.entrypoint import RESERVED_SECONDS, lambda_handler

THROTTLED = b'{"__type":"ThrottlingException","message":"slow down"}'


@pytest.fixture
def dynamodb(monkeypatch):
    """The client that adapters get; what it sends is answered here, throttled, and listed."""
    for name, value in {
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    made, sent = aws.client("dynamodb"), []

    def respond(request, **_):
        sent.append(request.url)
        return AWSResponse(request.url, 400, {}, SimpleNamespace(stream=lambda: iter([THROTTLED])))

    made.meta.events.register_last("before-send", respond)
    yield made, sent
    made.close()


def ask(client):
    with aws.calling("a table"):
        client.get_item(TableName="t", Key={"k": {"S": "x"}})


def test_J01_no_call_of_aws_begins_after_the_end(dynamodb):
    client, sent = dynamodb
    for seconds in (0, 3.9):
        with pytest.raises(UnavailableError, match="DeadlinePassedError"), within(seconds):
            ask(client)
    assert sent == []
    with pytest.raises(UnavailableError, match="ThrottlingException"), within(60):
        ask(client)
    assert len(sent) == 3, "three attempts within the time"


def test_J01_no_retry_begins_after_the_end(dynamodb, monkeypatch):
    client, sent = dynamodb
    monkeypatch.setattr(aws.deadline, "has_left", lambda _: len(sent) < 1)
    with pytest.raises(UnavailableError, match="DeadlinePassedError"):
        ask(client)
    assert len(sent) == 1


@pytest.fixture(scope="module")
def dialled():
    return []


@pytest.fixture(scope="module")
def http(dialled):
    """A client of a provider to which no connection is ever made; tells how long it would wait."""

    def dial(_address, seconds):
        dialled.append(seconds)
        raise OSError

    return GuardedHttp(network=Network(resolve=lambda *_: ("93.184.216.34",), dial=dial))


@pytest.mark.parametrize(
    ("seconds", "code", "waits"),
    [
        pytest.param(0, "provider_timeout", 0, id="J01-nothing-left"),
        pytest.param(2, "provider_unreachable", 2, id="J01-what-is-left"),
        pytest.param(60, "provider_unreachable", 5, id="J01-five-seconds-at-most"),
    ],
)
def test_a_provider_gets_what_the_request_has_left(http, dialled, seconds, code, waits):
    dialled.clear()
    with pytest.raises(ProviderError) as caught, within(seconds):
        http.send("GET", "https://idp.example.com/", headers={}, limit=10)
    assert caught.value.code == code
    assert bool(dialled) is bool(waits)
    assert all(waits - 1 < each <= waits for each in dialled)


@pytest.mark.parametrize(
    ("milliseconds", "fits"),
    [
        pytest.param(25_000, True, id="J01-a-function-that-has-just-begun"),
        pytest.param(int(RESERVED_SECONDS * 1000), False, id="J01-one-that-has-its-reserve-left"),
    ],
)
def test_a_handler_keeps_a_reserve_of_lambdas_own_time(monkeypatch, milliseconds, fits):
    monkeypatch.setattr("authsso.services.from_environment", object)
    seen = []

    class App:
        def resolve(self, _event, _context):
            seen.append(deadline.has_left(0.1))

    context = SimpleNamespace(
        get_remaining_time_in_millis=lambda: milliseconds,
        function_name="f",
        memory_limit_in_mb=1,
        invoked_function_arn="a",
        aws_request_id="r",
    )
    lambda_handler(lambda _: App())({"requestContext": {"requestId": "r"}}, context)

    assert seen == [fits]
    assert deadline.has_left(1000), "nothing is left to the next request"
