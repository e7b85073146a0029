"""What Cognito's own federation says is taken for this connection only, and with doubt."""

import json

import pytest

from authsso.errors import ProviderError
from authsso.model import Connection, Identity
from authsso.protocol import federated_sign_in
from authsso.protocol.pool_identities import read_identities
from harness.providers import ISSUER, version

ID = "a" * 26
HEAD = Connection("acme", "azure", ID, enabled=True, live=1)
GOOD = {"iss": ISSUER, "aud": "client", "sub": "ada", "email": "ada@acme.example"}


def claims(id_token, userinfo=None):
    attributes = {"idToken": id_token, "userInfo": userinfo, "tokenResponse": {"id_token": "x"}}
    return federated_sign_in.claims_of(attributes, version())


@pytest.mark.parametrize(
    ("connection", "enforced", "expected"),
    [
        pytest.param(None, (), "connection_disabled", id="gone"),
        pytest.param(HEAD, (), None, id="stands"),
        pytest.param(HEAD, {ID}, None, id="is-the-enforced-one"),
        pytest.param(HEAD, {"b" * 26}, "connection_not_enforced", id="another-is-enforced"),
        pytest.param(
            Connection("acme", "azure", ID, enabled=False, live=1),
            (),
            "connection_disabled",
            id="F16-disabled",
        ),
        pytest.param(
            Connection("acme", "azure", ID, enabled=True), (), "connection_disabled", id="no-live"
        ),
        pytest.param(
            Connection("acme", "azure", "c" * 26, enabled=True, live=1),
            (),
            "connection_disabled",
            id="F17-tenant-made-anew",
        ),
    ],
)
def test_a_connection_that_does_not_stand_lets_nobody_in(connection, enforced, expected):
    code = federated_sign_in.refusal(connection, ID, enforced=frozenset(enforced))
    assert code == expected
    assert code is None or federated_sign_in.TEXTS[code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"iss": "https://evil.example"}, "id_token_issuer", id="A02-wrong-issuer"),
        pytest.param({"iss": ISSUER + "/"}, "id_token_issuer", id="A02-almost-the-issuer"),
        pytest.param({"aud": "other"}, "id_token_audience", id="A94-wrong-audience"),
        pytest.param({"aud": ["client", "other"]}, "id_token_audience", id="A87-two-audiences"),
        pytest.param({"aud": []}, "id_token_audience", id="A94-no-audience"),
    ],
)
def test_a_token_of_another_connection_is_refused(changes, code):
    with pytest.raises(ProviderError) as caught:
        claims(GOOD | changes)
    assert caught.value.code == code


@pytest.mark.parametrize("id_token", [None, {}, [], "text", 1])
def test_without_a_decoded_token_nobody_comes_in(id_token):
    with pytest.raises(ProviderError) as caught:
        claims(id_token)
    assert caught.value.code == "id_token_missing"


@pytest.mark.parametrize("audience", ["client", ["client"], '["client"]', "[client]"])
def test_one_audience_in_whichever_form_lambda_gets_it(audience):
    assert claims(GOOD | {"aud": audience})["sub"] == "ada"


@pytest.mark.parametrize(
    ("verified", "expected"),
    [("true", True), ("True", True), ("false", False), ("1", False), (True, True), (False, False)],
)
def test_F19_verified_is_true_or_it_is_not(verified, expected):
    assert claims(GOOD | {"email_verified": verified})["email_verified"] is expected


def test_A16_userinfo_about_somebody_else_is_not_heard():
    more = {"sub": "eve", "email": "eve@acme.example", "name": "Eve"}
    assert claims(GOOD, more) == GOOD


def test_userinfo_fills_gaps_and_never_overrules_the_token():
    more = {"sub": "ada", "email": "other@acme.example", "name": "Ada", "tid": "evil"}
    assert claims(GOOD, more) == GOOD | {"name": "Ada"}


@pytest.mark.parametrize(
    ("tenant_id", "owner", "expected"),
    [
        ("acme", "acme", None),
        ("acme", None, None),
        ("globex", "acme", "user_of_other_tenant"),
        (None, "acme", "user_of_other_tenant"),
        ("acme", "globex", "domain_of_other_tenant"),
    ],
)
def test_F19_a_user_must_belong_to_the_connections_tenant(tenant_id, owner, expected):
    code = federated_sign_in.mismatch(HEAD, tenant_id=tenant_id, domain_owner=owner)
    assert code == expected
    assert code is None or federated_sign_in.TEXTS[code]


def test_F07_cognito_writes_names_and_nothing_else():
    known = Identity(ID, ISSUER, "ada", "acme", "ada@acme.example", name="Ada", groups=("admins",))
    assert federated_sign_in.written(known) == {"sub": "ada", "name": "Ada"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, set()),
        ("", set()),
        ("{", set()),
        ("{}", set()),
        ('["x", 1, {"providerName": "sso"}]', set()),
        (
            json.dumps([{"providerName": "sso-x", "userId": "Ada_1", "primary": False}]),
            {("sso-x", "Ada_1")},
        ),
    ],
)
def test_identities_are_read_as_cognito_writes_them(text, expected):
    assert read_identities(text) == expected
