"""Microsoft Graph over a real connection: what it is sent, and what it may answer."""

import json

import pytest

from authsso.adapters.entra_groups import EntraGroups
from authsso.adapters.guarded_http import GuardedHttp
from authsso.errors import ProviderError
from harness.rude_server import answer, says, serving


@pytest.fixture(scope="module")
def graph():
    return EntraGroups(
        GuardedHttp(loopback_allowed=True, deadline_seconds=2), loopback_allowed=True
    )


def sends(value, status="200 OK"):
    return says(answer(json.dumps(value).encode(), status))


def test_the_token_is_in_the_header_alone_and_the_question_is_json__A19(graph):
    with serving(sends({"value": ["one", "two"]})) as server:
        issuer = f"http://localhost:{server.port}/tenant/v2.0"
        assert graph.of_person(issuer, "t0ken") == ("one", "two")
        head, _, body = server.requests[0].decode().partition("\r\n\r\n")
    assert head.startswith("POST /v1.0/me/getMemberObjects HTTP/1.1")
    assert "Authorization: Bearer t0ken" in head
    assert "Content-Type: application/json" in head
    assert head.count("t0ken") == 1
    assert json.loads(body) == {"securityEnabledOnly": False}


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        pytest.param(sends({}, "403 Forbidden"), "graph_refused", id="no-permission"),
        pytest.param(sends({}, "503 Busy"), "graph_unavailable", id="J06-busy"),
        pytest.param(sends({}, "307 Moved"), "provider_redirected", id="G10-redirect"),
        pytest.param(says(answer(b" " * 1_048_577)), "provider_answer_too_large", id="D13-size"),
    ],
)
def test_a_failure_has_a_name_and_is_not_retried(graph, behaviour, code):
    with serving(behaviour) as server:
        with pytest.raises(ProviderError) as caught:
            graph.of_person(f"http://localhost:{server.port}/tenant/v2.0", "t0ken")
        assert len(server.requests) == 1
    assert caught.value.code == code


def test_nobody_is_asked_where_no_graph_is_known(graph):
    with pytest.raises(ProviderError, match="graph_refused"):
        graph.of_person("https://login.example/tenant/v2.0", "t0ken")
