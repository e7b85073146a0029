"""Unmodified clients of a Cognito domain, at our address: with single sign-on, with a password.

Each client goes each way once; the tests ask what came of it.
"""

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import Error

from harness.client_visitor import PASSWORD, WORK_EMAIL, Journey
from harness.token_payload import payload

CLIENTS = ["amplify", "oidc-client-ts", "openid-client"]
TOKENS = ["id_token", "access_token"]


@pytest.fixture(scope="module", params=CLIENTS)
def application(request, applications):
    return applications[request.param]


@pytest.fixture(scope="module", params=["sso", "password"])
def way(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def tenant(stack, password_organisation, way):
    return stack.tenants[0] if way == "sso" else password_organisation.tenant


@pytest.fixture(scope="module")
def journey(visits, application, way) -> Journey:
    with visits(application.name, way) as visitor:
        return visitor.goes_through()


def is_revoked(aws, application, tokens: dict[str, str]) -> bool:
    refresh = {"ClientId": application.client_id, "RefreshToken": tokens["refresh_token"]}
    try:
        aws.cognito.get_tokens_from_refresh_token(**refresh, **application.secret)
    except ClientError as error:
        return "revoked" in str(error)
    return False


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_tell_the_tenant(journey, tenant, token):
    assert payload(journey.tokens[token])["custom:tenant_id"] == tenant.tenant_id


def test_tokens_are_the_persons_and_the_applications(journey, tenant, application):
    identity, access = (payload(journey.tokens[name]) for name in TOKENS)
    assert identity["email"] == tenant.user.email
    assert identity["aud"] == access["client_id"] == application.client_id
    assert identity["sub"] == access["sub"]
    assert set(access["scope"].split()) == set(application.scopes)


@pytest.mark.parametrize("token", TOKENS)
def test_a_refresh_brings_new_tokens_of_the_same_session(journey, token):
    before, after = payload(journey.tokens[token]), payload(journey.refreshed[token])
    assert after["jti"] != before["jti"]
    kept = {"iss", "sub", "auth_time", "origin_jti", "custom:tenant_id", "scope"}
    assert {n: after.get(n) for n in kept} == {n: before.get(n) for n in kept}


def test_userinfo_tells_who_it_is(journey, tenant):
    assert journey.user_info["email"] == tenant.user.email
    assert journey.user_info["sub"] == payload(journey.tokens["id_token"])["sub"]


def test_signing_out_ends_the_refresh_token(aws, journey, application):
    assert journey.kept_after_signing_out is None
    assert is_revoked(aws, application, journey.refreshed)


def test_whoever_has_signed_out_is_asked_again(journey, way):
    asked_for = [WORK_EMAIL] if way == "sso" else [WORK_EMAIL, PASSWORD]
    assert journey.asked_again_for == asked_for


@pytest.mark.parametrize("name", CLIENTS)
def test_a_cancelled_sign_in_is_told_to_the_client(visits, name):
    with visits(name, "sso") as visitor:
        visitor.opens()
        visitor.departs()
        visitor.cancels()
        with pytest.raises(Error, match=r"pressed Cancel.*reference [A-Z2-7]{8}\)"):
            visitor.does("tokens")


def test_a_client_that_asks_silently_is_told_that_nobody_is_signed_in(visits):
    with visits("oidc-client-ts", "sso") as visitor:
        visitor.opens()
        with pytest.raises(Error, match="Nobody is signed in"):
            visitor.does("askSilently")


def test_amplify_reads_attributes_at_cognito_and_signs_out_everywhere(
    stack, aws, visits, applications
):
    """Past us: with access tokens that we have got, at Cognito's own API."""
    with visits("amplify", "sso") as visitor:
        visitor.comes_in()
        tokens = visitor.does("tokens")
        assert visitor.does("attributes")["email"] == stack.demo.user.email
        visitor.goes_out(by="signOutEverywhere")
    assert is_revoked(aws, applications["amplify"], tokens)
