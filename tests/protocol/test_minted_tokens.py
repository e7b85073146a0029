"""Tokens of another person, application, tenant or pool are never handed out (E45)."""

import pytest

from authsso.errors import TokenError
from authsso.model import AuthorizationCode
from authsso.protocol import minted_tokens
from harness.tokens import compact

POOL = "eu-central-1_pool"
CODE = AuthorizationCode(
    code_hash="a" * 64,
    client_id="portal",
    redirect_uri="https://portal.example/cb",
    code_challenge="c" * 43,
    username="user-1",
    tenant_id="acme",
    connection_id="connection",
    version=1,
    reference="REFERENC",
    expires_at=0,
)
COMMON = {
    "iss": f"https://cognito-idp.eu-central-1.amazonaws.com/{POOL}",
    "custom:tenant_id": "acme",
}
IDENTITY = COMMON | {"aud": "portal", "cognito:username": "user-1"}
ACCESS = COMMON | {"client_id": "portal", "username": "user-1"}


def check(of_identity=IDENTITY, of_access=ACCESS, **changes):
    tokens = {"id_token": compact({}, of_identity), "access_token": compact({}, of_access)}
    minted_tokens.check(**tokens | changes, client_id="portal", user_pool_id=POOL, code=CODE)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"of_identity": IDENTITY | {"aud": "other"}}, id="E45-id-of-other-client"),
        pytest.param({"of_identity": IDENTITY | {"aud": ["portal"]}}, id="E45-id-list"),
        pytest.param(
            {"of_identity": IDENTITY | {"cognito:username": "user-2"}}, id="E45-id-of-other-user"
        ),
        pytest.param(
            {"of_identity": IDENTITY | {"custom:tenant_id": "globex"}}, id="E45-id-other-tenant"
        ),
        pytest.param(
            {"of_identity": IDENTITY | {"custom:tenant_id": None}}, id="E45-id-without-tenant"
        ),
        pytest.param(
            {"of_identity": IDENTITY | {"iss": "https://cognito-idp/eu-central-1_other"}},
            id="E45-id-of-other-pool",
        ),
        pytest.param(
            {"of_identity": IDENTITY | {"iss": f"https://cognito-idp/x{POOL}"}},
            id="E45-id-of-a-pool-whose-name-ends-alike",
        ),
        pytest.param({"of_identity": {}}, id="E45-id-says-nothing"),
        pytest.param({"of_access": ACCESS | {"client_id": "x"}}, id="E45-access-of-other-client"),
        pytest.param({"of_access": ACCESS | {"username": "x"}}, id="E45-access-of-other-user"),
        pytest.param(
            {"of_access": ACCESS | {"custom:tenant_id": "x"}}, id="E45-access-of-other-tenant"
        ),
        pytest.param({"of_access": ACCESS | {"iss": 7}}, id="E45-access-of-other-pool"),
        pytest.param({"of_identity": ACCESS, "of_access": IDENTITY}, id="E45-swapped"),
        pytest.param({"id_token": ""}, id="E45-empty"),
        pytest.param({"id_token": "a.b"}, id="E45-no-json"),
        pytest.param({"access_token": "a.W10.c"}, id="E45-json-list"),
        pytest.param({"access_token": "a.é.c"}, id="E45-not-ascii"),
    ],
)
def test_what_differs_is_a_fault_of_ours(change):
    with pytest.raises(TokenError) as caught:
        check(**change)
    assert (caught.value.code, caught.value.error) == ("tokens_differ", "server_error")
    assert caught.value.status == 500


def test_what_was_asked_for_is_handed_out():
    check()
