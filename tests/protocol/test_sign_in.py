"""Begin a sign-in, and recognise its answer: one good answer, one thing changed (B09-B31, A58)."""

from dataclasses import asdict, replace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.errors import DisplayedError, RedirectedError
from authsso.model import AuthorizationRequest, Connection
from authsso.protocol import sign_in
from authsso.protocol.sign_in import ProviderAnswer
from harness.providers import ISSUER, metadata, version

NOW = 1_795_600_800
STATE, BINDING = "s" * 43, "b" * 43
REQUEST = AuthorizationRequest(
    client_id="portal",
    redirect_uri="https://portal.example/cb",
    state="xyz",
    code_challenge="c" * 43,
    scopes=("openid",),
)
CONNECTION = Connection("acme", "azure", "connection", enabled=True, live=1)
CALLBACK = "https://authsso.example/oauth2/idpresponse"
GOOD = {"code": "provider-code", "state": STATE}


def begun(request=REQUEST, **changes):
    return sign_in.begin(
        request,
        CONNECTION,
        version(**changes),
        state=STATE,
        binding=BINDING,
        reference="REFERENC",
        now=NOW,
    )


def check(parameters=GOOD, started=None, known=None, **changes):
    expectations = {"method": "GET", "callback_of": None, "own_callback": False, "now": NOW + 60}
    return sign_in.check_answer(
        parameters, started or begun(), known or metadata(), **expectations | changes
    )


def displayed(*arguments, **changes):
    with pytest.raises(DisplayedError) as caught:
        check(*arguments, **changes)
    return caught.value.code


# --- what the browser is sent away with


def test_a_sign_in_holds_no_secret_in_clear__B28():
    text = repr(asdict(begun()))
    for secret in (STATE, BINDING, sign_in.nonce(BINDING), sign_in.code_verifier(BINDING)):
        assert secret not in text


@settings(max_examples=50)
@given(st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=43))
def test_nonce_verifier_and_hashes_tell_nothing_of_each_other__B27(binding):
    values = {
        binding,
        sign_in.nonce(binding),
        sign_in.code_verifier(binding),
        sign_in.s256(sign_in.code_verifier(binding)),
        sign_in.hashed(binding),
    }
    assert len(values) == 5
    assert len(sign_in.nonce(binding)) == len(sign_in.code_verifier(binding)) == 43
    assert not any(a in b for a in values for b in values if a != b)


def test_s256_is_that_of_rfc_7636_appendix_b():
    challenge = sign_in.s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    assert challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def url_for(request=REQUEST, endpoint=None, **changes):
    known = metadata(authorization_endpoint=endpoint) if endpoint else metadata()
    live = version(metadata=known, **changes)
    return sign_in.provider_url(
        begun(request, **changes), live, state=STATE, binding=BINDING, redirect_uri=CALLBACK
    )


def test_the_provider_is_asked_for_a_code_with_pkce_and_nonce__A15_A17_A37_A38():
    url = urlsplit(url_for(scopes=("openid", "email")))
    assert f"{url.scheme}://{url.netloc}{url.path}" == metadata().authorization_endpoint
    assert dict(parse_qsl(url.query)) == {
        "client_id": "client",
        "response_type": "code",
        "scope": "openid email",
        "redirect_uri": CALLBACK,
        "state": STATE,
        "nonce": sign_in.nonce(BINDING),
        "code_challenge": sign_in.s256(sign_in.code_verifier(BINDING)),
        "code_challenge_method": "S256",
    }


@pytest.mark.parametrize(
    ("request_change", "version_change", "added"),
    [
        pytest.param({}, {"response_mode": "form_post"}, {"response_mode": "form_post"}, id="post"),
        pytest.param({"login_hint": "a&b=c"}, {}, {"login_hint": "a&b=c"}, id="E14-hint"),
        pytest.param({"prompt": "login"}, {}, {"prompt": "login"}, id="prompt"),
    ],
)
def test_only_hint_prompt_and_mode_come_on_top__E14(request_change, version_change, added):
    plain = dict(parse_qsl(urlsplit(url_for()).query))
    query = urlsplit(url_for(replace(REQUEST, **request_change), **version_change)).query
    assert dict(parse_qsl(query)) == plain | added


def test_nothing_of_the_application_reaches_the_provider():
    url = url_for(replace(REQUEST, state="their-state", lang="xx-lang"))
    for theirs in ("their-state", "portal.example", "xx-lang", REQUEST.code_challenge):
        assert theirs not in url


def test_a_hint_cannot_replace_what_is_ours__E14():
    url = url_for(replace(REQUEST, login_hint="x&state=evil&redirect_uri=https://evil.example#"))
    query = parse_qs(urlsplit(url).query)
    assert query["state"] == [STATE]
    assert query["redirect_uri"] == [CALLBACK]
    assert urlsplit(url).fragment == ""


def test_an_endpoint_with_a_query_keeps_it():
    query = parse_qs(urlsplit(url_for(endpoint="https://idp.example.com/a?realm=x")).query)
    assert query["realm"] == ["x"]
    assert query["state"] == [STATE]


@pytest.mark.parametrize(
    ("own", "url"),
    [
        pytest.param(False, CALLBACK, id="shared"),
        pytest.param(True, f"{CALLBACK}/connection", id="B20-own"),
    ],
)
def test_the_callback(own, url):
    assert sign_in.callback_url("https://authsso.example", "connection", own=own) == url


# --- signs of mix-up and tampering: the application hears nothing


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"now": NOW + 600}, "sign_in_expired", id="B09-expired"),
        pytest.param({"now": NOW - 61}, "sign_in_expired", id="B10-from-the-future"),
        pytest.param({"callback_of": "connection"}, "wrong_callback", id="B20-own-for-shared"),
        pytest.param({"callback_of": "other"}, "wrong_callback", id="B20-other-for-shared"),
        pytest.param({"own_callback": True}, "wrong_callback", id="B20-shared-for-own"),
        pytest.param(
            {"own_callback": True, "callback_of": "other"}, "wrong_callback", id="B20-anothers-own"
        ),
        pytest.param(
            {"own_callback": True, "callback_of": "CONNECTION"}, "wrong_callback", id="B20-case"
        ),
        pytest.param({"method": "POST"}, "wrong_response_mode", id="B16-posted"),
        pytest.param({"method": "HEAD"}, "wrong_response_mode", id="B18-head"),
        pytest.param(
            {"started": begun(response_mode="form_post")}, "wrong_response_mode", id="B16-downgrade"
        ),
        pytest.param(
            {"parameters": GOOD | {"iss": "https://evil.example"}}, "issuer_mismatch", id="A58"
        ),
        pytest.param({"parameters": GOOD | {"iss": ISSUER + "/"}}, "issuer_mismatch", id="A58-/"),
        pytest.param({"parameters": GOOD | {"iss": ""}}, "issuer_mismatch", id="A58-empty"),
        pytest.param(
            {"known": metadata(sends_iss_parameter=True)}, "issuer_missing", id="A59-promised"
        ),
        pytest.param(
            {
                "parameters": {
                    "state": STATE,
                    "error": "access_denied",
                    "iss": "https://evil.example",
                }
            },
            "issuer_mismatch",
            id="A58-on-an-error",
        ),
        pytest.param({"parameters": {"state": STATE}}, "code_missing", id="B01-only-state"),
        pytest.param({"parameters": GOOD | {"code": ""}}, "code_missing", id="B01-empty-code"),
        pytest.param({"parameters": GOOD | {"code": "c" * 8193}}, "code_missing", id="B34-long"),
    ],
)
def test_a_sign_of_tampering_is_shown_to_the_person_alone(change, code):
    assert displayed(**change) == code


# --- what the provider reports


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param("access_denied", "access_denied", id="B29-denied"),
        pytest.param("server_error", "access_denied", id="B29-server-error"),
        pytest.param("<script>", "access_denied", id="H11-no-code-at-all"),
        pytest.param("", "access_denied", id="B29-empty"),
        pytest.param("login_required", "login_required", id="E16-passed-on"),
        pytest.param("interaction_required", "interaction_required", id="E16-interaction"),
    ],
)
def test_an_error_of_the_provider_is_told_in_our_words(error, told):
    parameters = {"state": STATE, "error": error, "error_description": "their text"}
    with pytest.raises(RedirectedError) as caught:
        check(parameters)
    assert (caught.value.code, caught.value.error) == ("provider_refused", told)
    assert (caught.value.redirect_uri, caught.value.state) == (REQUEST.redirect_uri, "xyz")
    assert "their text" not in caught.value.description


def test_code_and_error_together_are_an_error__B19():
    with pytest.raises(RedirectedError):
        check(GOOD | {"error": "access_denied"})


# --- what is accepted


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({}, id="good"),
        pytest.param({"now": NOW + 599}, id="B09-last-second"),
        pytest.param({"now": NOW - 60}, id="B10-clocks-differ-a-little"),
        pytest.param({"parameters": GOOD | {"iss": ISSUER}}, id="B12-iss-not-promised"),
        pytest.param(
            {
                "parameters": GOOD | {"iss": ISSUER},
                "known": metadata(sends_iss_parameter=True),
            },
            id="A58-iss-promised",
        ),
        pytest.param({"own_callback": True, "callback_of": "connection"}, id="B20-own"),
        pytest.param(
            {"started": begun(response_mode="form_post"), "method": "POST"}, id="B16-form-post"
        ),
        pytest.param({"parameters": GOOD | {"session_state": "x"}}, id="more-than-we-know"),
    ],
)
def test_the_answer_to_this_sign_in_is_accepted(change):
    assert check(**change) == ProviderAnswer(provider_code="provider-code")
