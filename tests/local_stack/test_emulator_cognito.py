"""Each repair of the emulated Cognito closes its gap, on the real thing."""

import time
from urllib.parse import urlencode

import pytest
from botocore.exceptions import ClientError

from harness.token_payload import payload

CALLBACK = "http://app.localhost:9999/"
REFUSE = {"refuse": "yes"}


def test_group_overrides_are_in_both_tokens(repairs):
    tokens = repairs.password_sign_in(repairs.user())

    assert payload(tokens["IdToken"])["cognito:groups"] == ["from-trigger"]
    assert payload(tokens["AccessToken"])["cognito:groups"] == ["from-trigger"]
    assert "extra" in payload(tokens["AccessToken"])["scope"].split()


def test_the_token_trigger_is_called_once_for_a_set_of_tokens(repairs):
    username = repairs.user()

    repairs.custom_sign_in(username)

    assert len(repairs.calls(username, "TokenGeneration_")) == 1


def test_metadata_of_the_beginning_reaches_pre_authentication_alone(repairs):
    username = repairs.user()

    repairs.custom_sign_in(username, begin={"from": "begin"}, respond={"from": "respond"})

    (pre,) = repairs.calls(username, "PreAuthentication")
    first, last = repairs.calls(username, "DefineAuthChallenge")
    (create,) = repairs.calls(username, "CreateAuthChallenge")
    (verify,) = repairs.calls(username, "VerifyAuthChallengeResponse")
    assert pre["request"]["validationData"] == {"from": "begin"}
    assert not first["request"].get("clientMetadata")
    assert not create["request"].get("clientMetadata")
    assert verify["request"]["clientMetadata"] == {"from": "respond"}
    assert last["request"]["clientMetadata"] == {"from": "respond"}


@pytest.mark.parametrize(
    ("flow", "parameters"),
    [
        ("USER_PASSWORD_AUTH", {"PASSWORD": "Correct-Horse-7"}),
        ("USER_SRP_AUTH", {"SRP_A": "ab" * 64}),
        ("CUSTOM_AUTH", {}),
    ],
)
def test_pre_authentication_can_refuse_each_way_to_sign_in(repairs, flow, parameters):
    username = repairs.user()

    with pytest.raises(ClientError, match="PreAuthentication failed with error refused") as caught:
        repairs.aws("cognito-idp").initiate_auth(
            ClientId=repairs.outputs["Client"],
            AuthFlow=flow,
            AuthParameters={"USERNAME": username, **parameters},
            ClientMetadata=REFUSE,
        )

    assert caught.value.response["Error"]["Code"] == "UserLambdaValidationException"


def test_pre_authentication_is_told_of_the_user_behind_an_address(repairs):
    username = repairs.user()

    repairs.password_sign_in(f"{username}@acme.example")

    (call,) = repairs.calls(username, "PreAuthentication")
    assert call["request"]["userAttributes"]["email_verified"] == "true"
    assert call["request"]["userAttributes"]["cognito:user_status"] == "CONFIRMED"


def test_pre_authentication_is_told_of_an_unknown_user(repairs):
    with pytest.raises(ClientError, match="NotAuthorized"):
        repairs.password_sign_in("nobody-is-here")

    (call,) = repairs.calls("nobody-is-here", "PreAuthentication")
    assert call["request"]["userNotFound"] is True


@pytest.mark.parametrize("way", ["password_sign_in", "custom_sign_in"])
def test_post_authentication_fires_once(repairs, way):
    username = repairs.user()

    getattr(repairs, way)(username)

    assert len(repairs.calls(username, "PostAuthentication")) == 1


def test_an_alias_is_not_given_to_a_new_user(repairs):
    holder = repairs.user()
    address = f"{holder}@acme.example"
    cognito = repairs.aws("cognito-idp")

    def create(username, verified, **more):
        cognito.admin_create_user(
            UserPoolId=repairs.outputs["Pool"],
            Username=username,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": address},
                {"Name": "email_verified", "Value": verified},
            ],
            **more,
        )

    with pytest.raises(ClientError, match="UsernameExistsException"):
        create(f"{holder}-2", "true")
    create(f"{holder}-2", "false")
    create(f"{holder}-3", "true", ForceAliasCreation=True)


def test_pre_sign_up_fires_for_a_user_that_an_administrator_makes(repairs):
    with pytest.raises(ClientError, match="UserLambdaValidationException"):
        repairs.aws("cognito-idp").admin_create_user(
            UserPoolId=repairs.outputs["Pool"], Username="refused-one", ClientMetadata=REFUSE
        )

    assert repairs.calls("refused-one", "PreSignUp_AdminCreateUser")


@pytest.mark.parametrize(
    ("ask", "source"),
    [
        ("forgot_password", "CustomMessage_ForgotPassword"),
        ("resend_confirmation_code", "CustomMessage_ResendCode"),
    ],
)
def test_a_code_that_is_asked_for_fires_the_message_trigger(repairs, ask, source):
    username = repairs.user()
    asked = {"ClientId": repairs.outputs["Client"], "Username": f"{username}@acme.example"}
    send = getattr(repairs.aws("cognito-idp"), ask)
    send(**asked)
    with pytest.raises(ClientError, match="CustomMessage failed with error refused"):
        send(**asked, ClientMetadata=REFUSE)

    (call, _) = repairs.calls(username, source)
    assert call["request"]["userAttributes"]["email"] == f"{username}@acme.example"
    assert call["callerContext"]["clientId"] == repairs.outputs["Client"]


def test_the_token_trigger_can_refuse_a_refresh(repairs):
    tokens = repairs.password_sign_in(repairs.user())

    with pytest.raises(ClientError, match="PreTokenGeneration failed with error refused") as caught:
        repairs.aws("cognito-idp").get_tokens_from_refresh_token(
            ClientId=repairs.outputs["Client"],
            RefreshToken=tokens["RefreshToken"],
            ClientMetadata=REFUSE,
        )

    assert caught.value.response["Error"]["Code"] == "UserLambdaValidationException"


def test_a_refresh_keeps_the_time_of_the_sign_in(repairs):
    tokens = repairs.password_sign_in(repairs.user())
    time.sleep(1.1)  # claims count whole seconds, and the emulator has no clock to turn

    refreshed = repairs.aws("cognito-idp").get_tokens_from_refresh_token(
        ClientId=repairs.outputs["Client"], RefreshToken=tokens["RefreshToken"]
    )["AuthenticationResult"]

    before, after = payload(tokens["AccessToken"]), payload(refreshed["AccessToken"])
    assert after["auth_time"] == before["auth_time"]
    assert after["iat"] > before["iat"]


def authorization_request(repairs, **more):
    return {
        "client_id": repairs.outputs["Client"],
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "openid",
        **more,
    }


def test_cognito_is_the_name_of_the_pools_own_users(repairs):
    query = authorization_request(repairs, identity_provider="COGNITO")

    answer = repairs.send("GET", f"/oauth2/authorize?{urlencode(query)}", host="localhost")

    assert answer.status == 200
    assert b'name="password"' in answer.body


def hosted_sign_in(repairs, username, password):
    form = authorization_request(repairs, username=username, password=password)
    return repairs.send("POST", "/login", host="localhost", form=form)


def test_the_pools_page_fires_the_triggers(repairs):
    username = repairs.user()

    answer = hosted_sign_in(repairs, username, repairs.password)

    assert answer.status == 302
    assert repairs.calls(username, "PreAuthentication")
    assert repairs.calls(username, "PostAuthentication")


def test_a_refresh_at_the_pools_token_endpoint_knows_the_user(repairs):
    username = repairs.user()
    code = hosted_sign_in(repairs, username, repairs.password).headers["location"].split("code=")[1]
    client = {"client_id": repairs.outputs["Client"]}
    grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, **client}
    tokens = repairs.send("POST", "/oauth2/token", host="localhost", form=grant).json()

    grant = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"], **client}
    repairs.send("POST", "/oauth2/token", host="localhost", form=grant)

    signed_in, refreshed = repairs.calls(username, "TokenGeneration_")
    assert signed_in["triggerSource"] == "TokenGeneration_HostedAuth"
    assert refreshed["triggerSource"] == "TokenGeneration_RefreshTokens"
    assert refreshed["request"]["userAttributes"]["email"] == f"{username}@acme.example"


def test_post_authentication_fires_after_a_challenge(repairs):
    username = repairs.user(permanent=False)
    cognito, client = repairs.aws("cognito-idp"), repairs.outputs["Client"]
    begun = cognito.initiate_auth(
        ClientId=client,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": repairs.password},
    )
    assert begun["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert not repairs.calls(username, "PostAuthentication")

    cognito.respond_to_auth_challenge(
        ClientId=client,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=begun["Session"],
        ChallengeResponses={"USERNAME": username, "NEW_PASSWORD": "Another-Horse-8"},
    )

    assert len(repairs.calls(username, "PostAuthentication")) == 1
