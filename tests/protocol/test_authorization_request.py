"""One good authorization request, and one thing at a time changed (E02-E16)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.errors import DisplayedError, RedirectedError
from authsso.model import Application, AuthorizationRequest
from authsso.protocol import authorization_request

CALLBACK = "https://portal.example/cb"
PORTAL = Application(
    client_id="portal",
    name="Portal",
    client_secret=None,
    redirect_uris=(CALLBACK, "https://portal.example/other?x=1", "portal://cb"),
    logout_uris=(),
    scopes=("openid", "email", "profile"),
    allows_custom_authentication=True,
)
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
GOOD = {
    "client_id": "portal",
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "openid email",
    "state": "xyz",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def parse(application=PORTAL, **changes):
    merged = GOOD | changes
    parameters = {name: value for name, value in merged.items() if value is not None}
    return authorization_request.parse(parameters, application)


def refusal(**changes):
    with pytest.raises(RedirectedError) as caught:
        parse(**changes)
    assert caught.value.redirect_uri == CALLBACK
    return caught.value


# --- nobody is redirected to an address that is not proven


@pytest.mark.parametrize(
    "redirect_uri",
    [
        pytest.param(None, id="E03-missing"),
        pytest.param("", id="E03-empty"),
        pytest.param("https://portal.example/cb/", id="E03-slash-added"),
        pytest.param("https://portal.example/CB", id="E03-path-case"),
        pytest.param("https://PORTAL.example/cb", id="E03-host-case"),
        pytest.param("https://portal.example/cb?x=1", id="E03-query-added"),
        pytest.param("https://portal.example/other", id="E03-query-dropped"),
        pytest.param("https://portal.example/cb#x", id="E03-fragment"),
        pytest.param("https://portal.example/cb;x", id="E03-path-parameter"),
        pytest.param("https://portal.example/x/..;/cb", id="E03-dots-semicolon"),
        pytest.param("https://portal.example/x/%2e%2e/cb", id="E03-encoded-dots"),
        pytest.param("https://portal.example%2Fcb", id="E03-encoded-slash"),
        pytest.param("https://portal.example@evil.example/cb", id="E03-userinfo"),
        pytest.param("https://portal.example.evil.example/cb", id="E03-longer-host"),
        pytest.param("https://evil.example\\portal.example/cb", id="E03-backslash"),
        pytest.param("https://portal.example/cb\t", id="E03-tab"),
        pytest.param(" https://portal.example/cb", id="E03-space-before"),
        pytest.param("https://portal.example:443/cb", id="E03-port"),
        pytest.param("http://portal.example/cb", id="E03-http"),
        pytest.param("javascript:alert(1)", id="E03-javascript"),
        pytest.param("https://pörtal.example/cb", id="E03-idn"),
        pytest.param("http://localhost:1/cb", id="E03-localhost"),
        pytest.param("https://portal.example/cb,https://evil.example", id="E03-joined"),
        pytest.param("https://portalXexample/cb", id="E03-K40-dot-is-no-wildcard"),
        pytest.param("https://portal.example/other?x=1&code=1", id="E03-prefix-of-a-registered"),
    ],
)
def test_an_unregistered_redirect_uri_is_never_redirected_to__K09_K13_K33_K40_K55(redirect_uri):
    with pytest.raises(DisplayedError) as caught:
        parse(redirect_uri=redirect_uri)
    assert caught.value.code == "unregistered_redirect_uri"


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_nothing_but_a_registered_text_is_a_redirect_uri(text):
    if text not in PORTAL.redirect_uris:
        with pytest.raises(DisplayedError):
            parse(redirect_uri=text)


@pytest.mark.parametrize("registered", PORTAL.redirect_uris)
def test_each_of_several_registered_uris_works_alone_and_no_fourth_does__K47(registered):
    assert parse(redirect_uri=registered).redirect_uri == registered
    with pytest.raises(DisplayedError):
        parse(redirect_uri=registered + "x")


def test_who_has_registered_nothing_is_sent_nowhere__K40():
    with pytest.raises(DisplayedError) as caught:
        parse(replace(PORTAL, redirect_uris=()))
    assert caught.value.code == "unregistered_redirect_uri"


def test_an_unknown_application_is_told_to_the_person__E02():
    with pytest.raises(DisplayedError) as caught:
        parse(None)
    assert caught.value.code == "unknown_application"


def test_a_wrong_redirect_uri_comes_before_every_other_mistake():
    with pytest.raises(DisplayedError):
        parse(redirect_uri="https://evil.example", response_type=None, scope="everything")


# --- the application hears of its own mistakes


@pytest.mark.parametrize(
    ("change", "code", "error"),
    [
        pytest.param({"response_type": None}, "response_type", "invalid_request", id="E05-none"),
        pytest.param(
            {"response_type": "token"}, "response_type", "invalid_request", id="E05-token"
        ),
        pytest.param(
            {"response_type": "id_token"}, "response_type", "invalid_request", id="E05-id-token"
        ),
        pytest.param(
            {"response_type": "code token"}, "response_type", "invalid_request", id="E05-hybrid"
        ),
        pytest.param({"response_type": "CODE"}, "response_type", "invalid_request", id="E05-case"),
        pytest.param(
            {"code_challenge_method": None}, "pkce_method", "invalid_request", id="E06-no-method"
        ),
        pytest.param(
            {"code_challenge_method": "plain"}, "pkce_method", "invalid_request", id="E06-plain"
        ),
        pytest.param(
            {"code_challenge_method": "s256"}, "pkce_method", "invalid_request", id="E06-case"
        ),
        pytest.param(
            {"code_challenge": None, "code_challenge_method": None},
            "pkce_method",
            "invalid_request",
            id="E06-no-pkce",
        ),
        pytest.param(
            {"code_challenge": None}, "pkce_challenge", "invalid_request", id="E06-no-challenge"
        ),
        pytest.param(
            {"code_challenge": CHALLENGE[:-1]}, "pkce_challenge", "invalid_request", id="E06-short"
        ),
        pytest.param(
            {"code_challenge": CHALLENGE + "A"}, "pkce_challenge", "invalid_request", id="E06-long"
        ),
        pytest.param(
            {"code_challenge": CHALLENGE[:-1] + "+"},
            "pkce_challenge",
            "invalid_request",
            id="E06-base64-not-url",
        ),
        pytest.param(
            {"code_challenge": CHALLENGE + "\n"},
            "pkce_challenge",
            "invalid_request",
            id="E06-line-end",
        ),
        pytest.param(
            {"code_challenge": CHALLENGE[:-1] + "é"},
            "pkce_challenge",
            "invalid_request",
            id="E06-letter-that-is-not-ascii",
        ),
        pytest.param({"scope": "openid admin"}, "scope_not_granted", "invalid_scope", id="E08"),
        pytest.param(
            {"scope": "openid phone"}, "scope_not_granted", "invalid_scope", id="E08-not-granted"
        ),
        pytest.param(
            {"scope": "OpenID"}, "scope_not_granted", "invalid_scope", id="E08-other-case"
        ),
        pytest.param(
            {"scope": "aws.cognito.signin.user.admin"},
            "scope_not_granted",
            "invalid_scope",
            id="E08-self-service",
        ),
        pytest.param(
            {"scope": " ".join(f"s{n}" for n in range(300))},
            "scope_not_granted",
            "invalid_scope",
            id="E08-three-hundred",
        ),
        pytest.param({"nonce": "n"}, "nonce_not_offered", "invalid_request", id="E10-nonce"),
        pytest.param({"nonce": ""}, "nonce_not_offered", "invalid_request", id="E10-empty-nonce"),
        pytest.param(
            {"request": "ey"}, "request_parameter", "request_not_supported", id="E13-request"
        ),
        pytest.param(
            {"request_uri": "https://evil.example"},
            "request_parameter",
            "request_not_supported",
            id="E13-request-uri",
        ),
        pytest.param(
            {"registration": "{}"},
            "request_parameter",
            "request_not_supported",
            id="E13-registration",
        ),
        pytest.param(
            {"claims": "{}"}, "request_parameter", "request_not_supported", id="E13-claims"
        ),
        pytest.param({"prompt": "create"}, "prompt", "invalid_request", id="E14-unknown-prompt"),
        pytest.param({"prompt": "none login"}, "prompt", "invalid_request", id="E16-none-and-more"),
        pytest.param(
            {"login_hint": "a" * 321}, "hint_malformed", "invalid_request", id="E14-long-hint"
        ),
        pytest.param(
            {"login_hint": "ada@acme.example\r\nX: y"},
            "hint_malformed",
            "invalid_request",
            id="H12-line-end-in-a-hint",
        ),
        pytest.param(
            {"idp_identifier": "acme\x85"}, "hint_malformed", "invalid_request", id="H12-separator"
        ),
        pytest.param(
            {"identity_provider": "x" * 400},
            "hint_malformed",
            "invalid_request",
            id="E11-long-provider",
        ),
    ],
)
def test_a_mistake_of_the_application_is_told_to_it(change, code, error):
    refused = refusal(**change)
    assert (refused.code, refused.error, refused.state) == (code, error, "xyz")
    for value in filter(None, change.values()):
        assert len(value) < 8 or value not in refused.description


def test_an_endless_state_is_refused_and_not_repeated__E09():
    refused = refusal(state="s" * 8192)
    assert (refused.code, refused.error) == ("state_too_long", "invalid_request")
    assert refused.state is None


# --- what is accepted


def test_the_good_request():
    assert parse() == AuthorizationRequest(
        client_id="portal",
        redirect_uri=CALLBACK,
        state="xyz",
        code_challenge=CHALLENGE,
        scopes=("openid", "email"),
    )


@pytest.mark.parametrize(
    ("change", "attribute", "value"),
    [
        pytest.param({"state": None}, "state", None, id="no-state"),
        pytest.param({"state": ""}, "state", "", id="E09-empty-state"),
        pytest.param({"state": 'é+ %20&="<'}, "state", 'é+ %20&="<', id="E09-any-character"),
        pytest.param({"state": "s" * 2048}, "state", "s" * 2048, id="E09-two-kilobytes"),
        pytest.param({"state": "s" * 4096}, "state", "s" * 4096, id="E09-at-the-limit"),
        pytest.param({"scope": None}, "scopes", PORTAL.scopes, id="E08-all-that-is-allowed"),
        pytest.param({"scope": " "}, "scopes", PORTAL.scopes, id="E08-blank"),
        pytest.param({"scope": "email  email"}, "scopes", ("email",), id="E08-named-twice"),
        pytest.param({"resource": "https://api.example"}, "state", "xyz", id="E13-resource"),
        pytest.param({"login_hint": "ada"}, "login_hint", "ada", id="hint"),
        pytest.param({"login_hint": ""}, "login_hint", None, id="empty-hint"),
        pytest.param({"prompt": "NONE"}, "prompt", "none", id="prompt-as-Amplify-says-it"),
        pytest.param({"prompt": ""}, "prompt", None, id="empty-prompt"),
        pytest.param({"prompt": "login consent"}, "prompt", "login consent", id="several-prompts"),
        pytest.param({"lang": "de-CH"}, "lang", "de-CH", id="lang"),
        pytest.param({"lang": "<script>"}, "lang", None, id="H11-lang-that-is-none"),
        pytest.param({"redirect_uri": "portal://cb"}, "redirect_uri", "portal://cb", id="mobile"),
    ],
)
def test_what_is_accepted(change, attribute, value):
    assert getattr(parse(**change), attribute) == value


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(
            [*GOOD, "nonce", "prompt", "login_hint", "idp_identifier", "identity_provider", "lang"]
        ),
        st.text(max_size=50),
    )
)
def test_whatever_comes_it_is_a_request_or_a_refusal(changes):
    parameters = GOOD | changes
    try:
        request = authorization_request.parse(parameters, PORTAL)
    except (DisplayedError, RedirectedError):
        return
    assert request.redirect_uri in PORTAL.redirect_uris
    assert set(request.scopes) <= set(PORTAL.scopes)
    assert len(request.code_challenge) == 43
