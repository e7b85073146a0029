"""The demo provider does wrong what it is told to."""

import shutil

import pytest
from jose import jws

from harness.demo_visitor import claims_of

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
entra = pytest.mark.parametrize("kind", ["azure"], indirect=True)


@pytest.mark.parametrize(
    ("wrong", "is_so"),
    [
        ({"wrong_nonce": True}, lambda token, _: claims_of(token)["nonce"] != "n1"),
        ({"wrong_audience": True}, lambda token, _: claims_of(token)["aud"] == "somebody-else"),
        ({"wrong_issuer": True}, lambda token, b: claims_of(token)["iss"] != b.registration.issuer),
        ({"expired_id_token": True}, lambda token, b: claims_of(token)["exp"] < b.now()),
        ({"alg_none": True}, lambda token, _: jws.get_unverified_header(token)["alg"] == "none"),
        ({"unknown_key": True}, lambda token, b: key_id(token) not in b.key_ids()),
        ({"bad_signature": True}, lambda token, b: key_id(token) in b.key_ids()),
        ({"missing_claims": ["email"]}, lambda token, _: "email" not in claims_of(token)),
        ({"extra_claims": {"a": [1]}}, lambda token, _: claims_of(token)["a"] == [1]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_id_token_is_wrong_on_demand(browser, wrong, is_so):
    browser.misbehave(**wrong)

    assert is_so(browser.tokens()["id_token"], Facts(browser))


class Facts:
    """What a row above compares with."""

    def __init__(self, browser):
        self.registration = browser.registration
        self._browser = browser

    def now(self):
        return int(self._browser.requests()[-1]["at"])

    def key_ids(self):
        keys = self._browser.http.get(self._browser.discovery["jwks_uri"]).json()["keys"]
        return {key["kid"] for key in keys}


def key_id(token):
    return jws.get_unverified_header(token)["kid"]


def test_a_bad_signature_does_not_verify(browser):
    browser.misbehave(bad_signature=True)
    token = browser.tokens()["id_token"]
    (key,) = browser.http.get(browser.discovery["jwks_uri"]).json()["keys"]

    with pytest.raises(jws.JWSError):
        jws.verify(token, key, algorithms=[jws.get_unverified_header(token)["alg"]])


def test_keys_can_be_rotated(browser):
    before = Facts(browser).key_ids()

    rotated = browser.http.post(f"/_demo/realms/{browser.registration.realm}/rotate-keys", json={})

    assert Facts(browser).key_ids() == {rotated.json()["kid"]} != before
    assert key_id(browser.tokens()["id_token"]) == rotated.json()["kid"]


def test_the_iss_parameter_can_be_wrong(browser):
    browser.misbehave(iss_parameter="https://other.example")

    assert browser.returned()["iss"] == "https://other.example"


def test_the_token_endpoint_can_fail(browser):
    refusal = {"error": "invalid_client", "error_description": "AADSTS7000222: expired"}
    browser.misbehave(token_error={"status": 401, **refusal})

    answer = browser.exchange(browser.returned()["code"])

    told = answer.json()
    assert (answer.status_code, told["error"]) == (401, "invalid_client")
    assert told["error_description"].startswith("AADSTS7000222: expired")


def test_the_provider_can_refuse_a_person(browser):
    browser.misbehave(authorization_error={"error": "interaction_required"})

    assert browser.returned()["error"] == "interaction_required"


@pytest.mark.parametrize(("refused", "other"), [("POST", "GET"), ("GET", "POST")])
def test_userinfo_can_refuse_a_method(browser, refused, other):
    browser.misbehave(userinfo_refuses=[refused])

    assert browser.userinfo(refused).status_code == 405
    assert browser.userinfo(other).status_code == 200


def ask_graph(browser, token, **question):
    url = "/v1.0/me/getMemberObjects"
    return browser.http.post(url, json=question, headers={"authorization": f"Bearer {token}"})


def test_graph_tells_the_groups_when_it_is_allowed_to(browser):
    token = browser.tokens()["access_token"]
    assert ask_graph(browser, "another", securityEnabledOnly=True).status_code == 401
    assert ask_graph(browser, token).status_code == 400
    assert ask_graph(browser, token, securityEnabledOnly=True).status_code == 403

    browser.misbehave(member_objects=["one", "two"])

    answer = ask_graph(browser, token, securityEnabledOnly=True)
    assert answer.json() == {"value": ["one", "two"]}
    assert len(browser.requests(route="graph")) == 2


def test_userinfo_can_be_somebody_elses(browser):
    browser.misbehave(wrong_userinfo_sub=True)

    assert browser.userinfo().json()["sub"] == "somebody-else"


@pytest.mark.parametrize("way", ["client_secret_post", "client_secret_basic"])
def test_the_log_tells_how_the_secret_was_shown(browser, way):
    code = browser.returned()["code"]
    if way == "client_secret_post":
        browser.exchange(code)
    else:
        browser.http.post(
            browser.discovery["token_endpoint"],
            auth=(browser.registration.client_id, browser.registration.client_secret),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": browser.callback,
            },
        )

    (request,) = browser.requests(route="token", client_id=browser.registration.client_id)
    assert request["client_authentication"] == way
    assert request["form"]["code"] == code
    assert request["status"] == 200
    assert browser.requests(route="userinfo") == []
