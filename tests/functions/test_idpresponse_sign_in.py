"""The callback through its app: the good way, whole."""

import re

import pytest

from authsso.errors import UnavailableError
from authsso.web import organisation_cookie, session_cookies
from harness.callback_answers import record_of, told, welcomed
from harness.fakes import NOW
from harness.sign_in_world import (
    CALLBACK,
    ISSUERS,
    REQUEST,
    SHARED,
    change_connection,
    connect,
)
from harness.tokens import compact

# --- the good way


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        pytest.param("azure", "query", id="shared-query"),
        pytest.param("okta", "form_post", id="shared-form-post"),
        pytest.param("oidc", "query", id="own-query"),
        pytest.param("oidc", "form_post", id="own-form-post"),
    ],
)
def test_a_sign_in_ends_with_our_code__E01_H13(browser, world, kind, mode):
    tenant_id = "acme" if kind == "azure" else "globex"
    world.domains.owners["globex.example"] = "globex"
    if kind != "azure":
        connect(world, tenant_id, kind, response_mode=mode)
        world.provider.person["email"] = "bob@globex.example"
    connection = world.connections.connection(tenant_id, kind)
    answer_of_provider = world.provider.sign_in(browser.leave(idp_identifier=tenant_id))
    path = f"{SHARED}/{connection.connection_id}" if kind == "oidc" else SHARED

    answer = browser.come_back(
        answer_of_provider | {"iss": ISSUERS[kind]}, path, "POST" if mode == "form_post" else "GET"
    )

    record = record_of(world, answer)
    assert set(answer.query) == {"code", "state"}
    assert (record.client_id, record.redirect_uri) == ("portal", CALLBACK)
    assert (record.tenant_id, record.connection_id) == (tenant_id, connection.connection_id)
    assert (record.code_challenge, record.expires_at) == (REQUEST["code_challenge"], NOW + 60)
    assert [("Max-Age=0" in cookie) for cookie in answer.cookies] == [True, False, False]
    assert set(browser.cookies) == {organisation_cookie.NAME, session_cookies.SESSION}
    assert browser.cookies[session_cookies.SESSION] == connection.connection_id
    assert answer.headers["Cache-Control"] == "no-store"
    assert not world.sign_ins.kept


def test_the_first_sign_in_under_enforcement_ends_all_other_sessions__F37(browser, world):
    connection = world.connections.connection("acme", "azure")
    change_connection(world, connection, enforced=True, enforced_at=NOW - 3600)
    username = record_of(world, browser.sign_in()).username
    assert world.tokens.signed_out == [username]
    welcomed(browser.sign_in())
    assert world.tokens.signed_out == [username]


def test_without_enforcement_nobody_is_signed_out(browser, world):
    welcomed(browser.sign_in())
    assert world.tokens.signed_out == []


def test_no_code_comes_out_when_the_other_sessions_cannot_be_ended__F37(browser, world):
    connection = world.connections.connection("acme", "azure")
    change_connection(world, connection, enforced=True, enforced_at=NOW - 3600)
    world.failures["tokens.sign_out_everywhere"] = UnavailableError("aws_unavailable", "")
    assert told(browser.sign_in()) == "server_error"
    assert not world.codes.kept


def test_the_order_of_a_good_sign_in__B38(browser, world):
    welcomed(browser.sign_in())
    order = [
        "sign_ins.take",
        "connections.connection",
        "client_secrets.get",
        "provider.exchange",
        "provider_keys.keys",
        "identities.of_identity",
        "codes.save",
    ]
    assert [call for call in world.calls if call in order] == order


def test_two_tabs_finish_in_reverse_order__B06(browser, world):
    connect(world, "globex", "okta")
    world.domains.owners["globex.example"] = "globex"
    first = world.provider.sign_in(browser.leave(idp_identifier="acme"))
    second = world.provider.sign_in(browser.leave(idp_identifier="globex"))
    assert len(browser.cookies) == 2
    world.provider.person["email"] = "bob@globex.example"
    assert record_of(world, browser.come_back(second)).tenant_id == "globex"
    world.provider.person["email"] = "ada@acme.example"
    assert record_of(world, browser.come_back(first)).tenant_id == "acme"
    assert set(browser.cookies) == {organisation_cookie.NAME, session_cookies.SESSION}


def test_no_token_code_or_secret_is_in_a_log__E46_I02(browser, world, capsys, caplog):
    code = welcomed(browser.sign_in())
    text = capsys.readouterr().out + caplog.text
    for secret in (code, "provider-code", "client-secret", "provider-access-token", "ada@acme"):
        assert secret not in text
    assert compact({}, {})[:2] + "J0eXAi" not in text


def test_a_known_identity_is_keyed_by_hash_alone__F21(browser, world):
    welcomed(browser.sign_in())
    (identity_key, user_key) = sorted(world.identities.kept)
    link = world.identities.kept[user_key]
    assert identity_key == f"identity#{link.identity_hash}"
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", link.username)
    assert user_key == f"user#{link.username}"
    assert world.provider.person["email"] not in repr(world.identities.kept)
