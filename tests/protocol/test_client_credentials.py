"""How an application proves itself: one way, and the right one (E30)."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.errors import TokenError
from authsso.model import Application
from authsso.protocol import client_credentials

SECRET = "s3cr3t:with+colon %"


def application(secret):
    return Application("portal", "Portal", secret, (), (), (), allows_custom_authentication=True)


PUBLIC, CONFIDENTIAL = application(None), application(SECRET)


def basic(text):
    return f"Basic {base64.b64encode(text.encode()).decode()}"


ENCODED = "portal:s3cr3t%3Awith%2Bcolon+%25"
FORM = {"client_id": "portal", "client_secret": SECRET}


def prove(parameters, authorization="", known=CONFIDENTIAL):
    shown = client_credentials.presented(parameters, authorization)
    found = known if shown.client_id == "portal" else None
    return client_credentials.check(shown, found)


@pytest.mark.parametrize(
    ("parameters", "authorization", "known", "code"),
    [
        pytest.param({}, "", None, "unknown_application", id="E30-nothing"),
        pytest.param({"client_id": "evil"}, "", PUBLIC, "unknown_application", id="E02-unknown"),
        pytest.param(
            {"client_id": "portal"}, "", CONFIDENTIAL, "client_secret_wrong", id="E30-no-secret"
        ),
        pytest.param(
            FORM | {"client_secret": ""}, "", CONFIDENTIAL, "client_secret_wrong", id="E30-empty"
        ),
        pytest.param(
            FORM | {"client_secret": SECRET[:-1]},
            "",
            CONFIDENTIAL,
            "client_secret_wrong",
            id="E30-truncated",
        ),
        pytest.param(
            FORM | {"client_secret": SECRET + "x"},
            "",
            CONFIDENTIAL,
            "client_secret_wrong",
            id="E30-extended",
        ),
        pytest.param(
            FORM | {"client_secret": SECRET.upper()},
            "",
            CONFIDENTIAL,
            "client_secret_wrong",
            id="E30-case",
        ),
        pytest.param(
            FORM | {"client_secret": "é"},
            "",
            CONFIDENTIAL,
            "client_secret_wrong",
            id="E30-not-ascii",
        ),
        pytest.param(FORM, "", PUBLIC, "client_secret_wrong", id="E30-secret-of-a-public-one"),
        pytest.param(
            FORM, basic(ENCODED), CONFIDENTIAL, "client_authentication_mixed", id="E30-both-places"
        ),
        pytest.param(
            {"client_id": "other"},
            basic(ENCODED),
            CONFIDENTIAL,
            "client_authentication_mixed",
            id="E30-basic-for-one-body-for-another",
        ),
        pytest.param(
            {"client_id": ""},
            basic(ENCODED),
            CONFIDENTIAL,
            "client_authentication_mixed",
            id="E30-empty-id-in-the-body",
        ),
        pytest.param(
            {}, basic("portal"), CONFIDENTIAL, "client_authentication_mixed", id="E30-no-colon"
        ),
        pytest.param(
            {}, "Basic ###", CONFIDENTIAL, "client_authentication_malformed", id="E30-no-base64"
        ),
        pytest.param(
            {},
            f"Basic {base64.b64encode(b'\xff\xfe:x').decode()}",
            CONFIDENTIAL,
            "client_authentication_malformed",
            id="E30-not-utf8",
        ),
        pytest.param({}, "Basic", CONFIDENTIAL, "client_authentication_mixed", id="E30-no-value"),
        pytest.param(
            FORM, "Bearer x", CONFIDENTIAL, "client_authentication_mixed", id="E30-bearer"
        ),
        pytest.param(
            {}, basic("portal:wrong"), CONFIDENTIAL, "client_secret_wrong", id="E30-basic-wrong"
        ),
        pytest.param(
            {}, basic("portal:"), CONFIDENTIAL, "client_secret_wrong", id="E30-basic-empty"
        ),
    ],
)
def test_who_does_not_prove_itself_is_refused(parameters, authorization, known, code):
    with pytest.raises(TokenError) as caught:
        prove(parameters, authorization, known)
    assert (caught.value.code, caught.value.error) == (code, "invalid_client")
    assert caught.value.status == 401
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("parameters", "authorization", "known"),
    [
        pytest.param(FORM, "", CONFIDENTIAL, id="form"),
        pytest.param({}, basic(ENCODED), CONFIDENTIAL, id="E30-basic-url-decoded-at-first-colon"),
        pytest.param({}, basic(ENCODED).replace("Basic", "bAsIc"), CONFIDENTIAL, id="scheme-case"),
        pytest.param({"client_id": "portal"}, basic(ENCODED), CONFIDENTIAL, id="id-in-body-too"),
        pytest.param({"client_id": "portal"}, "", PUBLIC, id="public"),
    ],
)
def test_who_proves_itself_is_let_in(parameters, authorization, known):
    assert prove(parameters, authorization, known) is known


def test_a_secret_is_in_no_repr():
    assert SECRET not in repr(client_credentials.presented(FORM, ""))
    assert SECRET not in repr(CONFIDENTIAL)


@settings(max_examples=100)
@given(st.text(max_size=40))
def test_no_header_breaks_it(header):
    for authorization in (header, f"Basic {header}", basic(header)):
        try:
            client_credentials.presented({}, authorization)
        except TokenError:
            continue
