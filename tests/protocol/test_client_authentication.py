"""How the token endpoint is shown our secret (C01, C02, C09)."""

import base64
from urllib.parse import unquote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.protocol import client_authentication as ca
from harness.providers import metadata

GRANT = ca.code_grant(
    provider_code="c0de", redirect_uri="https://sso.example/oauth2/idpresponse", code_verifier="v"
)


def read_basic(header):
    """As a provider does: base64, exactly two parts, each form-decoded (A18)."""
    identifier, secret = base64.b64decode(header.removeprefix("Basic ")).decode().split(":")
    return unquote_plus(identifier), unquote_plus(secret)


def test_the_grant_has_exactly_its_four_fields__C09():
    assert GRANT == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "redirect_uri": "https://sso.example/oauth2/idpresponse",
        "code_verifier": "v",
    }


def test_basic_puts_credentials_in_the_header_only__A18():
    request = ca.authenticate(GRANT, "client_secret_basic", client_id="id", client_secret="secret")
    assert request.form == GRANT
    assert request.headers == {"Authorization": "Basic aWQ6c2VjcmV0"}


def test_post_puts_credentials_in_the_form_only():
    request = ca.authenticate(GRANT, "client_secret_post", client_id="id", client_secret="secret")
    assert request.headers == {}
    assert request.form == GRANT | {"client_id": "id", "client_secret": "secret"}


def test_the_secret_is_not_in_the_representation():
    request = ca.authenticate(GRANT, "client_secret_post", client_id="id", client_secret="s3cret")
    assert "s3cret" not in repr(request)


@pytest.mark.parametrize("character", [":", "%", "+", "/", " ", "é", "&", "=", "~", "\U0001f511"])
def test_every_character_arrives_as_it_was_typed(character):
    text = f"a{character}b{character}"
    request = ca.authenticate(GRANT, "client_secret_basic", client_id=text, client_secret=text)
    assert read_basic(request.headers["Authorization"]) == (text, text)


@settings(max_examples=60, deadline=None)
@given(st.text(), st.text())
def test_basic_can_be_read_back_whatever_it_carries(client_id, client_secret):
    request = ca.authenticate(
        GRANT, "client_secret_basic", client_id=client_id, client_secret=client_secret
    )
    assert read_basic(request.headers["Authorization"]) == (client_id, client_secret)


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (("client_secret_basic",), "client_secret_basic"),
        (("client_secret_post",), "client_secret_post"),
        (("client_secret_basic", "client_secret_post"), "client_secret_post"),
    ],
)
def test_post_is_preferred_where_it_is_offered(offered, chosen):
    assert ca.choose(metadata(client_authentication=offered)) == chosen
