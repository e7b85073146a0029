"""What is added to Cognito's tokens, and what is taken out (F36)."""

import pytest

from authsso.protocol import token_claims
from authsso.protocol.token_claims import TokenClaims

SELF_SERVICE = "aws.cognito.signin.user.admin"
TENANT = {"custom:tenant_id": "acme"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            {"tenant_id": None}, TokenClaims({}, ("openid", "email"), (SELF_SERVICE,)), id="none"
        ),
        pytest.param(
            {"tenant_id": ""}, TokenClaims({}, ("openid", "email"), (SELF_SERVICE,)), id="F36-empty"
        ),
        pytest.param(
            {}, TokenClaims(TENANT, ("openid", "email"), (SELF_SERVICE,)), id="minted-by-api"
        ),
        pytest.param(
            {"allowed": ["openid", SELF_SERVICE]},
            TokenClaims(TENANT, ("openid",), ()),  # and that one not twice
            id="self-service-is-granted",
        ),
        pytest.param(
            {"scopes": ["openid", SELF_SERVICE]},
            TokenClaims(TENANT, (), (SELF_SERVICE,)),
            id="what-was-asked-for-at-cognito-and-no-more",
        ),
        pytest.param(
            {"allowed": []}, TokenClaims(TENANT, (), (SELF_SERVICE,)), id="unknown-application"
        ),
        pytest.param({"hosted": True}, TokenClaims(TENANT, (), ()), id="hosted-keeps-its-scopes"),
    ],
)
def test_decide(change, expected):
    good = {
        "tenant_id": "acme",
        "scopes": [SELF_SERVICE],
        "allowed": ["openid", "email"],
        "hosted": False,
    }
    assert token_claims.decide(**good | change) == expected
