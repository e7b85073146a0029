"""What is counted in the log, in CloudWatch's embedded metric format."""

import json

import pytest

from authsso.errors import AuthssoError
from authsso.web import entrypoint


def counted(capsys):
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line for line in lines if "_aws" in line]


@pytest.mark.parametrize(
    ("happen", "name", "dimensions"),
    [
        (
            lambda: entrypoint.log_refusal(AuthssoError("a_code", "why")),
            "Refused",
            {"code": "a_code"},
        ),
        (lambda: entrypoint.log_fault(ValueError("x")), "Faults", {}),
        (lambda: entrypoint.log_sign_in("SignedIn", "REF", tenant="acme"), "SignedIn", {}),
        (lambda: entrypoint.log_sign_in("TokensIssued", "REF"), "TokensIssued", {}),
    ],
    ids=["refusal", "fault", "signed-in", "tokens"],
)
def test_each_is_counted_once_without_tenants_or_people(capsys, happen, name, dimensions):
    happen()
    [metric] = counted(capsys)
    described = metric["_aws"]["CloudWatchMetrics"]
    assert described == [
        {
            "Namespace": "authsso",
            "Dimensions": [list(dimensions)],
            "Metrics": [{"Name": name, "Unit": "Count"}],
        }
    ]
    assert {key: metric[key] for key in dimensions} == dimensions
    assert set(metric) == {"_aws", name, *dimensions}
