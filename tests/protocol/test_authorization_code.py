"""Our code: what it is bound to, and why one is refused (E21-E29)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.errors import TokenError
from authsso.model import AuthorizationCode, AuthorizationRequest, SignIn
from authsso.protocol import authorization_code
from authsso.protocol.authorization_code import Redemption
from authsso.protocol.sign_in import hashed

NOW = 1_795_600_800
TOKEN = "t" * 43
CODE = f"sso_{TOKEN}"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
CALLBACK = "https://portal.example/cb"
STARTED = SignIn(
    state_hash="a" * 64,
    binding_hash="b" * 64,
    reference="REFERENC",
    request=AuthorizationRequest("portal", CALLBACK, "xyz", CHALLENGE, ("openid",)),
    tenant_id="acme",
    provider="azure",
    connection_id="connection",
    version=1,
    response_mode="query",
    started_at=NOW,
    expires_at=NOW + 600,
)
RECORD = AuthorizationCode(
    code_hash=hashed(CODE),
    client_id="portal",
    redirect_uri=CALLBACK,
    code_challenge=CHALLENGE,
    username="user-1",
    tenant_id="acme",
    connection_id="connection",
    version=1,
    reference="REFERENC",
    expires_at=NOW + 60,
)
GOOD = {"code": CODE, "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
WANTED = Redemption(hashed(CODE), "portal", CALLBACK, CHALLENGE)


def test_a_code_is_bound_to_the_sign_in_and_lives_a_minute():
    assert authorization_code.spelled(TOKEN) == CODE
    assert authorization_code.mint(STARTED, "user-1", code=CODE, now=NOW) == RECORD


def test_a_record_does_not_hold_the_code_in_clear__B28():
    assert TOKEN not in repr(RECORD)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(None, id="missing"),
        pytest.param("", id="empty"),
        pytest.param(CODE[:-1], id="E29-truncated"),
        pytest.param(CODE + "t", id="E29-extended"),
        pytest.param("SSO_" + TOKEN, id="E29-case"),
        pytest.param(f" {CODE}", id="E29-space"),
        pytest.param(f"{CODE}\n", id="E29-line-end"),
        pytest.param(f'{{"code":"{CODE}"}}', id="E29-json"),
        pytest.param("sso_" + "t" * 10_240, id="E29-ten-kilobytes"),
        pytest.param("sso_" + "é" * 43, id="E29-not-ascii"),
        pytest.param(TOKEN, id="E29-without-prefix"),
    ],
)
def test_what_cannot_be_a_code_reaches_no_table(code):
    parameters = {name: v for name, v in (GOOD | {"code": code}).items() if v is not None}
    with pytest.raises(TokenError) as caught:
        authorization_code.redemption(parameters, "portal")
    assert (caught.value.code, caught.value.error) == ("code_unknown", "invalid_grant")
    assert caught.value.status == 400


@pytest.mark.parametrize(
    "verifier",
    [
        pytest.param(None, id="E22-missing"),
        pytest.param("", id="E22-empty"),
        pytest.param(VERIFIER[:42], id="E21-short"),
        pytest.param("v" * 129, id="E21-long"),
        pytest.param(VERIFIER + "\n", id="E21-line-end"),
        pytest.param("é" * 43, id="E21-not-ascii"),
        pytest.param(CHALLENGE + "=", id="E21-character"),
    ],
)
def test_a_malformed_verifier_fits_no_challenge_and_still_burns(verifier):
    changed = GOOD | {"code_verifier": verifier}
    parameters = {name: v for name, v in changed.items() if v is not None}
    assert authorization_code.redemption(parameters, "portal") == replace(WANTED, code_challenge="")


def test_the_challenge_itself_is_no_verifier__E21():
    wanted = authorization_code.redemption(GOOD | {"code_verifier": CHALLENGE}, "portal")
    assert wanted.code_challenge not in ("", CHALLENGE)


@pytest.mark.parametrize(
    ("change", "attribute", "value"),
    [
        pytest.param({}, "code_challenge", CHALLENGE, id="good"),
        pytest.param({"redirect_uri": "x"}, "redirect_uri", "x", id="E25-as-it-was-sent"),
        pytest.param({"client_id": "evil"}, "client_id", "portal", id="E24-the-authenticated-one"),
    ],
)
def test_a_redemption(change, attribute, value):
    assert getattr(authorization_code.redemption(GOOD | change, "portal"), attribute) == value


@pytest.mark.parametrize(
    ("record", "wanted", "now", "reason"),
    [
        pytest.param(None, {}, NOW, "code_unknown", id="E29-unknown"),
        pytest.param({"redeemed_at": NOW}, {}, NOW, "code_used_again", id="E26"),
        pytest.param(
            {"redeemed_at": NOW}, {"client_id": "x"}, NOW + 90, "code_used_again", id="E26-and-more"
        ),
        pytest.param({}, {}, NOW + 60, "code_expired", id="E28"),
        pytest.param({}, {"client_id": "x"}, NOW, "code_of_other_application", id="E24"),
        pytest.param({}, {"redirect_uri": ""}, NOW, "redirect_uri_differs", id="E25"),
        pytest.param({}, {"code_challenge": ""}, NOW, "code_verifier_wrong", id="E21"),
    ],
)
def test_why_it_was_refused_is_for_the_log(record, wanted, now, reason):
    code = None if record is None else replace(RECORD, **record)
    assert authorization_code.why_refused(code, replace(WANTED, **wanted), now) == reason


def test_every_refusal_reads_the_same():
    answers = {
        (refused.error, refused.description, refused.status)
        for refused in map(authorization_code.refused, ("code_unknown", "code_expired"))
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        pytest.param(CODE, True, id="ours"),
        pytest.param("6babcaad-604b-40ac-a9d7-9fd97c0b779f", False, id="Cognitos"),
        pytest.param("", False, id="none"),
    ],
)
def test_ours_and_cognitos_are_told_apart(code, ours):
    assert authorization_code.is_ours(code) is ours


@settings(max_examples=100)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_input_breaks_it(code, verifier):
    try:
        wanted = authorization_code.redemption(
            {"code": code, "code_verifier": verifier, "redirect_uri": code}, "portal"
        )
    except TokenError:
        return
    assert len(wanted.code_hash) == 64
