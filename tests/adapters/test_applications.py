"""App clients as Cognito describes them (E02)."""

import pytest
from botocore.exceptions import ClientError

from authsso.adapters.applications import Applications
from authsso.errors import UnavailableError
from authsso.model import Application

POOL = "eu-central-1_pool"


class Cognito:
    """Knows one app client; refuses ill-formed ids as Cognito does."""

    def __init__(self):
        self.asked = []
        self.fails = False
        self.flows = {"ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"]}

    def describe_user_pool_client(self, **asked):
        self.asked.append(asked["ClientId"])
        if self.fails:
            raise _error("TooManyRequestsException")
        if not asked["ClientId"].isascii():
            raise _error("InvalidParameterException")
        if asked != {"UserPoolId": POOL, "ClientId": "portal"}:
            raise _error("ResourceNotFoundException")
        return {
            "UserPoolClient": {
                "ClientName": "Portal",
                "CallbackURLs": ["https://portal.example/cb"],
                "AllowedOAuthScopes": ["openid"],
                **self.flows,
                "LogoutURLs": ["https://portal.example/bye"],
                "ReadAttributes": ["email"],
            }
        }


def _error(code):
    return ClientError({"Error": {"Code": code, "Message": ""}}, "DescribeUserPoolClient")


@pytest.fixture
def cognito():
    return Cognito()


@pytest.fixture
def clock():
    return [1000]


@pytest.fixture
def applications(cognito, clock):
    return Applications(cognito, lambda: clock[0])


@pytest.mark.parametrize(
    "client_id",
    [
        pytest.param("", id="E02-missing"),
        pytest.param("pörtal", id="E02-letter-that-is-not-ascii"),
        pytest.param("portal١", id="E02-digit-that-is-not-ascii"),
        pytest.param("portal ", id="E02-space"),
        pytest.param("../portal", id="E02-path"),
        pytest.param("p" * 129, id="E02-long"),
    ],
)
def test_what_cannot_be_a_client_id_does_not_reach_cognito(applications, cognito, client_id):
    assert applications.find(POOL, client_id) is None
    assert cognito.asked == []


def test_an_unknown_one_is_none_and_remembered__E19(applications, cognito):
    assert [applications.find(POOL, "other") for _ in range(3)] == [None] * 3
    assert cognito.asked == ["other"]


def test_it_is_read_once_a_minute(applications, cognito, clock):
    found = applications.find(POOL, "portal")
    assert found == Application(
        client_id="portal",
        name="Portal",
        client_secret=None,
        redirect_uris=("https://portal.example/cb",),
        logout_uris=("https://portal.example/bye",),
        scopes=("openid",),
        allows_custom_authentication=True,
        read_attributes=("email",),
    )
    clock[0] += 59
    assert applications.find(POOL, "portal") is found
    clock[0] += 1
    applications.find(POOL, "portal")
    assert len(cognito.asked) == 2


@pytest.mark.parametrize(
    ("flows", "allows"),
    [
        pytest.param({"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]}, False, id="others"),
        pytest.param({"ExplicitAuthFlows": ["CUSTOM_AUTH_FLOW_ONLY"]}, True, id="old-name"),
        pytest.param({}, True, id="unset-which-allows-it-by-default"),
    ],
)
def test_which_app_clients_allow_custom_authentication(applications, cognito, flows, allows):
    cognito.flows = flows
    found = applications.find(POOL, "portal")
    assert found is not None
    assert found.allows_custom_authentication is allows


def test_pools_do_not_share(applications):
    assert applications.find(POOL, "portal")
    assert applications.find("eu-central-1_other", "portal") is None


def test_memory_stays_bounded__E19(applications):
    for number in range(300):
        applications.find(POOL, f"other{number}")
    assert len(applications._kept) == 256


def test_an_outage_is_not_an_unknown_application(applications, cognito):
    cognito.fails = True
    with pytest.raises(UnavailableError):
        applications.find(POOL, "portal")
    cognito.fails = False
    assert applications.find(POOL, "portal")
