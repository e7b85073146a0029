"""More groups than a token holds: who is asked, and what is believed."""

import json

import pytest

from authsso.errors import ProviderError
from authsso.protocol import entra_groups

TENANT = "6babcaad-604b-40ac-a9d7-9fd97c0b779f"
GROUP = "11111111-2222-3333-4444-555555555555"
ATTACKER = {
    "_claim_names": {"groups": "src1"},
    "_claim_sources": {"src1": {"endpoint": "https://evil.example/me/getMemberObjects"}},
}


@pytest.mark.parametrize(
    ("issuer", "url"),
    [
        (f"https://login.microsoftonline.com/{TENANT}/v2.0", "https://graph.microsoft.com"),
        (f"https://login.microsoftonline.us/{TENANT}/v2.0", "https://graph.microsoft.us"),
        (
            f"https://login.partner.microsoftonline.cn/{TENANT}/v2.0",
            "https://microsoftgraph.chinacloudapi.cn",
        ),
    ],
)
def test_each_cloud_has_its_own_graph(issuer, url):
    assert entra_groups.url_at(issuer) == f"{url}/v1.0/me/getMemberObjects"


@pytest.mark.parametrize(
    "issuer",
    [
        pytest.param("https://evil.example", id="K76-any-host"),
        pytest.param("https://login.microsoftonline.com.evil.example/x", id="G09-look-alike"),
        pytest.param("https://login.microsoftonline.com@evil.example/x", id="G09-user-part"),
        pytest.param("http://localhost:5300/x", id="G02-loopback-in-a-deployment"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_token_goes_where_no_graph_is_known(issuer):
    assert entra_groups.url_at(issuer) is None


def test_in_the_local_stack_the_provider_is_its_own_graph():
    url = entra_groups.url_at(f"http://localhost:5300/{TENANT}/v2.0", loopback_allowed=True)
    assert url == "http://localhost:5300/v1.0/me/getMemberObjects"
    assert entra_groups.url_at("https://evil.example", loopback_allowed=True) is None


@pytest.mark.parametrize(
    ("claims", "name", "expected"),
    [
        pytest.param(ATTACKER, "groups", True, id="a-source"),
        pytest.param({"hasgroups": True}, "groups", True, id="hasgroups"),
        pytest.param({"hasgroups": "true"}, "groups", True, id="hasgroups-as-text"),
        pytest.param({"hasgroups": False}, "groups", False, id="hasgroups-false"),
        pytest.param({"_claim_names": ["groups"]}, "groups", False, id="names-no-object"),
        pytest.param({"_claim_names": {"wids": "s"}}, "groups", False, id="another-claim"),
        pytest.param({"groups": [GROUP]}, "groups", False, id="groups"),
        pytest.param(ATTACKER, "roles", False, id="groups-are-not-what-is-read"),
    ],
)
def test_an_overage_is_recognised(claims, name, expected):
    assert entra_groups.is_overage(claims, name) is expected


def test_the_groups_take_the_place_of_the_hint():
    claims = {**ATTACKER, "hasgroups": True, "sub": "ada"}
    claims["_claim_names"] = {"groups": "src1", "wids": "src2"}
    filled = entra_groups.filled_in(claims, (GROUP,))
    assert (filled["groups"], filled["sub"]) == ([GROUP], "ada")
    assert filled["_claim_names"] == {"wids": "src2"}
    assert not entra_groups.is_overage(filled, "groups")


def judge(value, status=200, content_type="application/json; charset=utf-8"):
    return entra_groups.judge(status, content_type, json.dumps(value).encode())


@pytest.mark.parametrize(
    ("value", "status", "code"),
    [
        pytest.param({"error": {"code": "Authorization_RequestDenied"}}, 403, "graph_refused"),
        pytest.param({"error": {"code": "InvalidAuthenticationToken"}}, 401, "graph_refused"),
        pytest.param(
            {"error": {"code": "Directory_ResultSizeLimitExceeded"}}, 400, "graph_refused"
        ),
        pytest.param({}, 404, "graph_refused"),
        pytest.param({}, 408, "graph_unavailable"),
        pytest.param({}, 429, "graph_unavailable"),
        pytest.param({}, 503, "graph_unavailable"),
        pytest.param({"value": [GROUP]}, 206, "graph_unavailable"),
        pytest.param([GROUP], 200, "graph_malformed"),
        pytest.param({}, 200, "graph_malformed"),
        pytest.param({"value": GROUP}, 200, "graph_malformed"),
        pytest.param({"value": {"0": GROUP}}, 200, "graph_malformed"),
        pytest.param({"value": [GROUP, 7]}, 200, "graph_malformed"),
        pytest.param({"value": [GROUP, None]}, 200, "graph_malformed"),
        pytest.param({"value": [[GROUP]]}, 200, "graph_malformed"),
        pytest.param({"value": [GROUP] * 11_001}, 200, "graph_malformed", id="D13-over-11000"),
    ],
)
def test_an_answer_is_taken_whole_or_not_at_all(value, status, code):
    with pytest.raises(ProviderError) as caught:
        judge(value, status)
    assert caught.value.code == code
    assert GROUP not in caught.value.detail


def test_html_is_no_answer():
    with pytest.raises(ProviderError, match="graph_malformed"):
        judge({"value": [GROUP]}, content_type="text/html")


def test_a_full_answer_is_within_its_bounds():
    groups = [f"{number:08d}{GROUP[8:]}" for number in range(entra_groups.MAX_GROUPS)]
    assert judge({"value": groups}) == tuple(groups)
