"""UserInfo: whose it is, what it may say, and how it joins the ID token (D03-D05, A16, A26)."""

import json

import pytest

from authsso.errors import ProviderError
from authsso.protocol import userinfo

SUBJECT = "248289761001"
GOOD = {"sub": SUBJECT, "email": "ann@acme.example", "name": "Ann"}


def judge(status=200, content_type="application/json", body=None):
    octets = body if isinstance(body, bytes) else json.dumps(GOOD | (body or {})).encode()
    return userinfo.judge(status, content_type, octets, subject=SUBJECT)


def test_claims_about_the_same_person_are_accepted():
    assert judge(content_type="application/json;charset=UTF-8") == GOOD


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param({"body": {"sub": SUBJECT + "invalid"}}, "userinfo_subject", id="A16-other"),
        pytest.param({"body": {"sub": None}}, "userinfo_subject", id="A16-null"),
        pytest.param({"body": {"sub": [SUBJECT]}}, "userinfo_subject", id="A16-list"),
        pytest.param({"body": {"sub": 248289761001}}, "userinfo_subject", id="A16-number"),
        pytest.param({"body": b"{}"}, "userinfo_subject", id="A16-missing"),
        pytest.param({"body": b"[]"}, "userinfo_malformed", id="D03-array"),
        pytest.param(
            {"body": b'{"sub": "248289761001", "sub": "x"}'},
            "userinfo_malformed",
            id="D03-duplicate-sub",
        ),
        pytest.param(
            {"body": b"<html>", "content_type": "text/html"}, "userinfo_malformed", id="D03-html"
        ),
        pytest.param({"status": 204, "body": b""}, "userinfo_unavailable", id="D03-204"),
        pytest.param(
            {"body": b"e30.e30.", "content_type": "application/jwt"},
            "userinfo_signed",
            id="A39-signed",
        ),
        pytest.param(
            {"content_type": "Application/JWT; x=y"}, "userinfo_signed", id="D04-json-called-jwt"
        ),
        pytest.param({"body": b"e30.e30."}, "userinfo_malformed", id="D04-jwt-called-json"),
        pytest.param({"content_type": ""}, "userinfo_malformed", id="D03-no-type"),
        pytest.param({"status": 401}, "userinfo_refused", id="D08-401"),
        pytest.param({"status": 403}, "userinfo_refused", id="D08-403"),
        pytest.param({"status": 500}, "userinfo_unavailable", id="D08-500"),
        pytest.param({"status": 429}, "userinfo_unavailable", id="D08-429"),
    ],
)
def test_anything_else_is_refused(answer, code):
    with pytest.raises(ProviderError) as caught:
        judge(**answer)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("challenge", "error", "detail"),
    [
        pytest.param("", None, "HTTP 403", id="silent"),
        pytest.param("Bearer error=insufficient_scope", None, "HTTP 403", id="not-quoted"),
        pytest.param('Bearer error="a b"', None, "HTTP 403", id="I04-not-a-code"),
        pytest.param(
            'Bearer realm="r", error="insufficient_scope", error_description="Ann has none"',
            "insufficient_scope",
            "HTTP 403",
            id="keycloak",
        ),
        pytest.param(
            'Bearer error="invalid_token", error_description="MSIS9921: Received from ann@x"',
            "invalid_token",
            "HTTP 403, MSIS9921",
            id="adfs",
        ),
    ],
)
def test_of_a_challenge_the_error_and_the_number_are_kept(challenge, error, detail):
    with pytest.raises(ProviderError) as caught:
        userinfo.judge(403, "", b"", subject=SUBJECT, challenge=challenge)
    assert (caught.value.error, caught.value.detail) == (error, detail)


ID_TOKEN = {"iss": "https://idp.example", "sub": SUBJECT, "aud": "us", "exp": 9}


@pytest.mark.parametrize(
    ("id_token", "answer", "merged"),
    [
        pytest.param({}, {"name": "Ann"}, {"name": "Ann"}, id="adds-what-is-missing"),
        pytest.param(
            {"name": "Signed"}, {"name": "Ann"}, {"name": "Signed"}, id="the-signed-word-stands"
        ),
        pytest.param(
            {},
            {"iss": "x", "aud": "x", "exp": 1, "nonce": "x", "tid": "x", "oid": "x", "hd": "x"},
            {},
            id="D05-protocol-claims",
        ),
        pytest.param(
            {"tid": "t"}, {"tid": "other", "acr": "mfa"}, {"tid": "t"}, id="D05-entra-tenant"
        ),
        pytest.param(
            {"_claim_names": {"groups": "src"}},
            {
                "_claim_names": {"address": "src"},
                "_claim_sources": {"src": {"endpoint": "https://evil.example", "JWT": "e30"}},
            },
            {},
            id="A26-A27-claim-sources",
        ),
        pytest.param(
            {"email": "a@acme.example"},
            {"email": "b@acme.example", "email_verified": True},
            {"email": "a@acme.example"},
            id="verified-belongs-to-its-own-address",
        ),
        pytest.param(
            {"email_verified": True},
            {"email": "b@acme.example"},
            {"email": "b@acme.example"},
            id="verified-without-an-address-says-nothing",
        ),
    ],
)
def test_the_id_token_has_the_word(id_token, answer, merged):
    assert userinfo.merge(ID_TOKEN | id_token, {"sub": SUBJECT} | answer) == ID_TOKEN | merged


def test_missing_claims_are_those_absent_or_empty():
    claims = {"email": "", "name": "Ann", "groups": [], "given_name": None, "verified": False}
    wanted = ("name", "email", "groups", "given_name", "family_name", "verified")
    assert userinfo.missing_claims(claims, wanted) == (
        "email",
        "groups",
        "given_name",
        "family_name",
    )
