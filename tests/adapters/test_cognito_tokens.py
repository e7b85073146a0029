"""Cognito's word on a revocation, and what we make of it."""

import pytest
from botocore.exceptions import ClientError

from authsso.adapters.cognito_tokens import CognitoTokens
from authsso.errors import UnavailableError
from harness.sign_in_world import BACKEND, PORTAL


class Cognito:
    """Keeps what it was asked, and fails where it was told to."""

    def __init__(self, failure=""):
        self.asked = []
        self.failure = failure

    def revoke_token(self, **asked):
        self.asked.append(asked)
        if self.failure:
            raise ClientError({"Error": {"Code": self.failure, "Message": ""}}, "RevokeToken")
        return {}


@pytest.mark.parametrize("failure", ["TooManyRequestsException", "InternalErrorException"])
def test_an_outage_is_not_a_revocation(failure):
    with pytest.raises(UnavailableError):
        CognitoTokens(Cognito(failure), "pool").revoke(PORTAL, "token")


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        ("UnsupportedTokenTypeException", "not_a_refresh_token"),
        ("UnsupportedOperationException", "switched_off"),
        ("UnauthorizedException", "refused"),
        ("NotAuthorizedException", "refused"),
        ("InvalidParameterException", "not_a_token"),
    ],
)
def test_what_cognito_says_is_kept_apart(failure, outcome):
    assert CognitoTokens(Cognito(failure), "pool").revoke(PORTAL, "token") == outcome


@pytest.mark.parametrize(
    ("application", "secret"),
    [
        pytest.param(PORTAL, {}, id="public"),
        pytest.param(BACKEND, {"ClientSecret": "backend-secret"}, id="confidential"),
    ],
)
def test_an_application_proves_itself_to_cognito(application, secret):
    cognito = Cognito()
    assert CognitoTokens(cognito, "pool").revoke(application, "token") == "done"
    assert cognito.asked == [{"ClientId": application.client_id, "Token": "token", **secret}]
