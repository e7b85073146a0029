"""Every change reaches EventBridge at least once, in the documented shape (J19)."""

import json

import pytest
from botocore.exceptions import ClientError

from audit_publisher.app import create_handler
from authsso.adapters.event_bus import EventBus
from authsso.errors import UnavailableError
from harness.template import ROOT

RECORD = json.loads((ROOT / "events/audit_publisher.json").read_text())["Records"][0]


class Bridge:
    """EventBridge, which refuses the entries at some positions."""

    def __init__(self, refused=(), failure=None):
        self.refused, self.failure = set(refused), failure
        self.taken = []

    def put_events(self, *, Entries):  # noqa: N803 - boto3's name
        if self.failure:
            raise self.failure
        assert len(Entries) <= 10
        self.taken += [e for place, e in enumerate(Entries) if place not in self.refused]
        return {
            "Entries": [
                {"ErrorCode": "ThrottlingException"} if place in self.refused else {"EventId": "x"}
                for place, _ in enumerate(Entries)
            ]
        }


class Bus:
    def __init__(self, bridge):
        self.event_bus = EventBus(bridge)


def records(count):
    return [
        RECORD | {"dynamodb": RECORD["dynamodb"] | {"SequenceNumber": str(number)}}
        for number in range(count)
    ]


def handle(bridge, found):
    return create_handler(lambda: Bus(bridge))({"Records": found}, None)


def test_an_event_arrives_as_documented():
    bridge = Bridge()

    assert handle(bridge, [RECORD]) == {"batchItemFailures": []}

    [entry] = bridge.taken
    documented = (ROOT / "docs/events.md").read_text().split("```json\n")[1].split("```")[0]
    whole = json.loads(documented)
    assert (entry["Source"], entry["DetailType"]) == (whole["source"], whole["detail-type"])
    assert json.loads(entry["Detail"]) == whole["detail"]


def test_only_new_items_are_told():
    bridge = Bridge()
    expired = {"eventName": "REMOVE", "dynamodb": {"Keys": {}, "SequenceNumber": "1"}}

    assert handle(bridge, [expired]) == {"batchItemFailures": []}
    assert bridge.taken == []


def test_more_than_ten_go_in_tens():
    bridge = Bridge()

    handle(bridge, records(25))

    assert len(bridge.taken) == 25


def test_the_stream_goes_on_at_the_first_that_was_not_taken():
    answer = handle(Bridge(refused=[2, 5]), records(8))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}]}


def test_an_outage_brings_the_batch_again__J19():
    failure = ClientError({"Error": {"Code": "InternalFailure"}}, "PutEvents")

    with pytest.raises(UnavailableError, match="aws_unavailable"):
        handle(Bridge(failure=failure), records(1))
