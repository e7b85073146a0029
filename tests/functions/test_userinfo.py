"""GET, POST /oauth2/userInfo through its app: whose token, which claims, who gets none."""

from dataclasses import replace

import pytest

from authsso.errors import UnavailableError
from harness.fakes import NOW
from harness.http_event import http_event
from harness.settings_fakes import CONFIG
from harness.sign_in_world import PORTAL, answered, services, user
from harness.tokens import compact, ec_key, rsa_jwk, rsa_key, sign
from userinfo.app import create_app

CLAIMS = {
    "iss": CONFIG.pool_issuer,
    "token_use": "access",
    "client_id": "portal",
    "username": "user-1",
    "sub": "sub of user-1",
    "scope": "openid email",
    "exp": NOW + 1,
}
ATTRIBUTES = {
    "email_verified": "true",
    "name": "Ada Lovelace",
    "phone_number": "+441234",
    "custom:tenant_id": "acme",
    "custom:secret": "x",
}
READABLE = ("email", "email_verified", "name", "phone_number", "custom:tenant_id")


@pytest.fixture
def world():
    made = services(users=(user(),))
    made.users.more_attributes = ATTRIBUTES
    made.applications.kept["portal"] = replace(PORTAL, read_attributes=READABLE)
    made.calls.clear()
    return made


def token(changes=None, *, key="pool", header=None, **named):
    claims = CLAIMS | (changes or {}) | named
    claims = {name: value for name, value in claims.items() if value is not ...}
    return sign(claims, rsa_key(key), header={"kid": "pool"} | (header or {}))


def ask(world, bearer, method="GET", authorization=None, **changes):
    if authorization is None:
        authorization = f"Bearer {bearer}"
    event = http_event(method, "/oauth2/userInfo", headers={"Authorization": authorization})
    return answered(create_app(world), event | changes)


def refused(answer):
    """The error, said twice: in the body, and in the header for it (RFC 6750, 3)."""
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.json) == {"error", "error_description"}
    error, challenge = answer.json["error"], answer.headers["WWW-Authenticate"]
    assert challenge.startswith(f'Bearer error="{error}", error_description="')
    assert "alert" not in answer.body + challenge
    return answer.status, error


INVALID = (401, "invalid_token")


# --- tokens that are not good


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"iss": "https://evil.example"}, id="other-issuer"),
        pytest.param({"iss": CONFIG.pool_issuer + "x"}, id="A02-other-pool"),
        pytest.param({"iss": ...}, id="no-issuer"),
        pytest.param({"token_use": "id"}, id="F02-id-token"),
        pytest.param({"token_use": ...}, id="F02-no-use"),
        pytest.param({"exp": NOW}, id="F01-expired"),
        pytest.param({"exp": ...}, id="endless"),
        pytest.param({"exp": str(NOW + 1)}, id="time-as-text"),
        pytest.param({"exp": True}, id="time-as-bool"),
        pytest.param({"exp": 1e300}, id="time-as-float"),
        pytest.param({"scope": "email profile"}, id="without-openid"),
        pytest.param({"scope": "xopenid openid2"}, id="openid-in-a-word"),
        pytest.param({"scope": "aws.cognito.signin.user.admin"}, id="self-service"),
        pytest.param({"scope": ["openid"]}, id="scopes-as-list"),
        pytest.param({"scope": ...}, id="no-scopes"),
        pytest.param({"client_id": "other"}, id="unknown-application"),
        pytest.param({"client_id": ...}, id="no-application"),
        pytest.param({"username": "other"}, id="unknown-user"),
        pytest.param({"username": ...}, id="no-user"),
        pytest.param({"sub": "sub of user-2"}, id="another-with-that-name"),
        pytest.param({"sub": ...}, id="no-subject"),
    ],
)
def test_a_token_that_does_not_hold(world, change):
    assert refused(ask(world, token(change))) == INVALID


@pytest.mark.parametrize(
    "bearer",
    [
        pytest.param("x", id="no-jwt"),
        pytest.param("a.b.c", id="not-json"),
        pytest.param("a.b.c.d.e", id="jwe"),
        pytest.param(compact({"alg": "none"}, CLAIMS), id="F01-alg-none"),
        pytest.param(compact({"alg": "HS256", "kid": "pool"}, CLAIMS, b"x"), id="F01-hs256"),
        pytest.param(compact({"alg": "RS256", "kid": "pool"}, CLAIMS, b"x"), id="F01-forged"),
        pytest.param(token(key="evil"), id="F01-other-key"),
        pytest.param(token(header={"kid": "other"}), id="unknown-key"),
        pytest.param(token(header={"crit": ["exp"]}), id="crit"),
        pytest.param(
            sign(CLAIMS, ec_key(), algorithm="ES256", header={"kid": "pool"}), id="other-algorithm"
        ),
        pytest.param(token()[:-8], id="cut"),
        pytest.param(token() + ",Bearer x", id="two-headers"),
        pytest.param("x" * 40_000, id="endless"),
        pytest.param("<script>alert(1)</script>", id="H11"),
    ],
)
def test_what_the_pool_has_not_signed(world, bearer):
    assert refused(ask(world, bearer)) == INVALID
    assert not {"applications.find", "users.attributes"} & set(world.calls)


@pytest.mark.parametrize(
    "authorization",
    [
        pytest.param("", id="none"),
        pytest.param("Bearer", id="scheme-alone"),
        pytest.param("Bearer  ", id="blank"),
        pytest.param("Basic cG9ydGFsOng=", id="basic"),
        pytest.param(token(), id="token-alone"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_comes_in_its_header_alone(world, method, authorization):
    elsewhere = {"rawQueryString": f"access_token={token()}"}
    if method == "POST":
        elsewhere |= {"body": f"access_token={token()}"}
    answer = ask(world, None, method, authorization, **elsewhere)
    assert refused(answer) == (400, "invalid_request")
    assert world.calls == []


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_other_methods_are_nothing(world, method):
    assert ask(world, token(), method).status == 404


def test_a_disabled_user_is_nobody__F38(world):
    world.users.kept["user-1"] = user(enabled=False)
    assert refused(ask(world, token())) == INVALID


def test_every_refusal_of_a_token_reads_the_same(world):
    bodies = {ask(world, bearer).body for bearer in ("x", token(exp=NOW), token(username="other"))}
    assert len(bodies) == 1


def test_the_missing_scope_is_named(world):
    assert "openid" in ask(world, token(scope="email")).json["error_description"]


@pytest.mark.parametrize("call", ["pool_keys.keys", "applications.find", "users.attributes"])
def test_an_outage_is_a_503__J15(world, call):
    world.failures[call] = UnavailableError("aws_unavailable", "pool x")
    answer = ask(world, token())
    assert (answer.status, answer.json["error"]) == (503, "server_error")
    assert "pool" not in answer.body


def test_no_token_is_in_a_log__E46(world, capsys, caplog):
    for bearer in (token(), token(exp=NOW), token(key="evil")):
        ask(world, bearer)
        assert bearer not in capsys.readouterr().out + caplog.text


# --- keys that change


def test_a_key_that_is_new_is_looked_for_once(world):
    bearer = token(key="next", header={"kid": "next"})
    world.pool_keys.found_later = [rsa_jwk(rsa_key("next"), kid="next")]
    assert ask(world, bearer).status == 200
    assert world.calls.count("pool_keys.refetched") == 1


def test_a_forged_signature_under_a_known_key_fetches_nothing__J07(world):
    ask(world, token(key="evil"))
    assert "pool_keys.refetched" not in world.calls


# --- what is told


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_it_is(world, method):
    answer = ask(world, token(), method)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json == {
        "sub": "sub of user-1",
        "username": "user-1",
        "email": "ada@acme.example",
        "email_verified": "true",
    }


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        pytest.param("openid", set(READABLE), id="openid-alone-is-all"),
        pytest.param("openid api/read", set(READABLE), id="own-scopes-narrow-nothing"),
        pytest.param("openid profile", {"name", "custom:tenant_id"}, id="profile"),
        pytest.param("openid phone", {"phone_number"}, id="phone"),
        pytest.param(
            "openid phone email", {"phone_number", "email", "email_verified"}, id="phone-and-email"
        ),
    ],
)
def test_claims_follow_the_scopes(world, scope, told):
    assert set(ask(world, token(scope=scope)).json) == {"sub", "username"} | told


@pytest.mark.parametrize("scope", ["openid", "openid profile"])
def test_what_the_application_may_not_read_it_is_not_told(world, scope):
    assert "custom:secret" not in ask(world, token(scope=scope)).json


def test_without_a_list_of_its_own_an_application_reads_the_standard_ones(world):
    world.applications.kept["portal"] = PORTAL
    told = set(ask(world, token(scope="openid")).json)
    assert told == {"sub", "username", *READABLE} - {"custom:tenant_id"}


def test_no_attribute_can_pose_as_the_subject(world):
    world.applications.kept["portal"] = replace(PORTAL, read_attributes=("username", "email"))
    world.users.more_attributes = {"username": "eve"}
    assert ask(world, token(scope="openid")).json["username"] == "user-1"
