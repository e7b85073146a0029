"""The pool's providers and the app clients that offer them, as Cognito's API has them."""

import boto3
import pytest
from botocore.stub import ANY, Stubber

from authsso.adapters.pool_federation import PoolFederation, PoolRefusedError
from authsso.errors import UnavailableError
from authsso.protocol.cognito_provider import ATTRIBUTE_MAPPING, CognitoProvider

POOL = "eu-central-1_pool"
NAME = "sso-" + "a" * 26
OTHER = "sso-" + "b" * 26
PROVIDER = CognitoProvider(
    name=NAME,
    issuer="https://login.microsoftonline.com/tenant/v2.0",
    client_id="client",
    client_secret="hush",
    method="POST",
    scopes=("openid", "email"),
    attribute_mapping=ATTRIBUTE_MAPPING,
    identifiers=("acme.example",),
)
SETTINGS = {
    "UserPoolId": POOL,
    "ProviderName": NAME,
    "ProviderDetails": {
        "oidc_issuer": PROVIDER.issuer,
        "client_id": "client",
        "client_secret": "hush",
        "attributes_request_method": "POST",
        "authorize_scopes": "openid email",
    },
    "AttributeMapping": dict(ATTRIBUTE_MAPPING),
    "IdpIdentifiers": ["acme.example"],
}
# Every member of an app client that Cognito describes, with a value that is no default.
DESCRIBED = {
    "UserPoolId": POOL,
    "ClientId": "portal",
    "ClientName": "Portal",
    "ClientSecret": "s" * 24,
    "CreationDate": 1,
    "LastModifiedDate": 2,
    "RefreshTokenValidity": 7,
    "AccessTokenValidity": 8,
    "IdTokenValidity": 9,
    "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "hours", "RefreshToken": "days"},
    "ReadAttributes": ["email"],
    "WriteAttributes": ["name"],
    "ExplicitAuthFlows": ["ALLOW_CUSTOM_AUTH"],
    "SupportedIdentityProviders": ["COGNITO", "Google", OTHER],
    "CallbackURLs": ["https://portal.example/cb"],
    "LogoutURLs": ["https://portal.example/out"],
    "DefaultRedirectURI": "https://portal.example/cb",
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid"],
    "AllowedOAuthFlowsUserPoolClient": True,
    "AnalyticsConfiguration": {"ApplicationArn": "arn:aws:mobiletargeting:eu-central-1:1:apps/x"},
    "PreventUserExistenceErrors": "ENABLED",
    "EnableTokenRevocation": False,
    "EnablePropagateAdditionalUserContextData": False,
    "AuthSessionValidity": 5,
    "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
}
# What only Cognito writes, and what it has no way of describing (PublishSecrets...: left out, it
# "doesn't change how it manages the existing secret", as its documentation says).
WRITTEN_BY_COGNITO = {
    "ClientSecret",
    "ClientSecretArn",
    "ClientType",
    "CreationDate",
    "LastModifiedDate",
}
NOT_DESCRIBED = {"PublishSecretsInAWSSecretsManager"}


@pytest.fixture
def cognito():
    return boto3.client(
        "cognito-idp",
        region_name="eu-central-1",
        aws_access_key_id="nobody",
        aws_secret_access_key="nobody",
    )


@pytest.fixture
def answers(cognito):
    with Stubber(cognito) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


@pytest.fixture
def pool(cognito):
    return PoolFederation(cognito, POOL)


def described(**changes):
    return {"UserPoolClient": DESCRIBED | changes}


def members(cognito, operation, *, output=False):
    shape = cognito.meta.service_model.operation_model(operation)
    return shape.output_shape.members if output else shape.input_shape.members


# --- providers


def test_a_provider_is_made_and_replaced_with_all_its_settings(pool, answers):
    answers.add_response(
        "create_identity_provider",
        {"IdentityProvider": {}},
        {**SETTINGS, "ProviderType": "OIDC"},
    )
    answers.add_response("update_identity_provider", {"IdentityProvider": {}}, SETTINGS)
    pool.create(PROVIDER)
    pool.update(PROVIDER)


def test_what_cognito_adds_by_discovery_is_no_difference(pool, answers):
    discovered = {
        "authorize_url": "https://login.microsoftonline.com/x",
        "token_url": "https://login.microsoftonline.com/y",
        "attributes_url_add_attributes": "false",
    }
    found = SETTINGS | {"ProviderDetails": SETTINGS["ProviderDetails"] | discovered}
    answers.add_response("describe_identity_provider", {"IdentityProvider": found})
    assert pool.find(NAME) == PROVIDER


def test_a_provider_that_is_gone_is_none_and_removed_once(pool, answers):
    answers.add_client_error("describe_identity_provider", "ResourceNotFoundException")
    answers.add_client_error("delete_identity_provider", "ResourceNotFoundException")
    assert pool.find(NAME) is None
    pool.remove(NAME)


def test_only_our_own_providers_are_listed_page_by_page(pool, answers):
    names = (["Google", NAME], [OTHER, "sso-not-ours", "ssoa"])
    for number, page in enumerate(names):
        answer = {"Providers": [{"ProviderName": name} for name in page]}
        answers.add_response(
            "list_identity_providers", answer | ({} if number else {"NextToken": "next"})
        )
    assert pool.names() == {NAME, OTHER}


@pytest.mark.parametrize(
    ("cognitos", "ours"),
    [
        ("LimitExceededException", "limit"),
        ("DuplicateProviderException", "duplicate"),
        ("InvalidParameterException", "refused"),
    ],
)
def test_a_refusal_is_told_from_being_busy(pool, answers, cognitos, ours):
    answers.add_client_error("create_identity_provider", cognitos, "Cognito's own words")
    with pytest.raises(PoolRefusedError) as caught:
        pool.create(PROVIDER)
    assert caught.value.code == ours
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    "busy",
    ["TooManyRequestsException", "ConcurrentModificationException", "InternalErrorException"],
)
def test_busy_is_worth_another_attempt(pool, answers, busy):
    answers.add_client_error("update_identity_provider", busy)
    with pytest.raises(UnavailableError):
        pool.update(PROVIDER)


# --- app clients


def test_every_member_that_can_be_updated_is_described_here(cognito):
    """A member that is new in Cognito fails this, before it is reset in production."""
    takes = set(members(cognito, "UpdateUserPoolClient"))
    gives = set(members(cognito, "DescribeUserPoolClient", output=True)["UserPoolClient"].members)
    assert takes - NOT_DESCRIBED <= set(DESCRIBED)
    assert gives <= set(DESCRIBED) | WRITTEN_BY_COGNITO


def test_all_that_an_update_takes_is_given_back(cognito, pool, answers):
    answers.add_response("describe_user_pool_client", described())
    takes = set(members(cognito, "UpdateUserPoolClient"))
    expected = {name: value for name, value in DESCRIBED.items() if name in takes}
    expected["SupportedIdentityProviders"] = ["COGNITO", "Google", OTHER, NAME]
    answers.add_response("update_user_pool_client", {"UserPoolClient": {}}, expected)
    pool.offer("portal", add={NAME})
    assert expected.keys() >= takes - NOT_DESCRIBED


def test_taking_away_leaves_everybody_elses(pool, answers):
    answers.add_response("describe_user_pool_client", described())
    answers.add_response(
        "update_user_pool_client",
        {"UserPoolClient": {}},
        {name: ANY for name in DESCRIBED if name not in WRITTEN_BY_COGNITO}
        | {"SupportedIdentityProviders": ["COGNITO", "Google"]},
    )
    pool.offer("portal", drop={OTHER, NAME})


@pytest.mark.parametrize("changes", [{"add": {OTHER}}, {"drop": {NAME}}, {}])
def test_nothing_is_written_when_nothing_changes(pool, answers, changes):
    answers.add_response("describe_user_pool_client", described())
    pool.offer("portal", **changes)


def test_offers_are_ours_only(pool, answers):
    answers.add_response("describe_user_pool_client", described())
    assert pool.offered("portal") == {OTHER}


def test_app_clients_are_listed_page_by_page(pool, answers):
    for number in (1, 2):
        client = {"ClientId": f"id{number}", "ClientName": f"name{number}"}
        answers.add_response(
            "list_user_pool_clients",
            {"UserPoolClients": [client]} | ({"NextToken": "n"} if number == 1 else {}),
        )
    assert pool.clients() == {"id1": "name1", "id2": "name2"}
