"""Hints lead to the connections of one tenant, and to no other (E11, E17)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.model import AuthorizationRequest, Connection
from authsso.protocol import home_realm
from authsso.protocol.home_realm import Hints

ID = "abcdefghijklmnopqrstuvwxyz"
REQUEST = AuthorizationRequest(
    client_id="portal",
    redirect_uri="https://portal.example/cb",
    state=None,
    code_challenge="c" * 43,
    scopes=(),
)
AZURE = Connection("acme", "azure", "id-azure", enabled=True, live=1)
OKTA = Connection("acme", "okta", "id-okta", enabled=True, live=4)


def hints(**changes):
    return home_realm.hints(replace(REQUEST, **changes))


@pytest.mark.parametrize(
    "named",
    [
        pytest.param("Facebook", id="E11-unknown"),
        pytest.param("cognito", id="E11-case-of-COGNITO"),
        pytest.param("azure#", id="E11-hash"),
        pytest.param("../azure", id="E11-dots"),
        pytest.param(ID.upper(), id="E11-case-of-an-id"),
        pytest.param(ID + "a", id="E11-longer-id"),
        pytest.param(ID[:-1] + "1", id="E11-no-base32"),
        pytest.param(ID + "\n", id="E11-line-end"),
        pytest.param("аzure", id="E11-homoglyph"),
    ],
)
def test_a_name_that_is_no_connection_can_be_a_provider_of_the_pool_alone(named):
    assert hints(identity_provider=named) == Hints(pool_provider=named, named=True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, Hints(), id="nothing"),
        pytest.param({"identity_provider": "COGNITO"}, Hints(), id="Amplify-names-nothing"),
        pytest.param(
            {"identity_provider": "COGNITO", "login_hint": "ada@acme.example"},
            Hints(domain="acme.example"),
            id="E17-COGNITO-does-not-hide-the-organisation",
        ),
        pytest.param(
            {"identity_provider": "azure"},
            Hints(provider="azure", pool_provider="azure"),
            id="kind",
        ),
        pytest.param(
            {"identity_provider": "Google"},
            Hints(provider="google", pool_provider="Google"),
            id="kind-any-case",
        ),
        pytest.param(
            {"identity_provider": f"sso-{ID}"},
            Hints(connection_id=ID, named=True),
            id="provider-of-ours-in-the-pool",
        ),
        pytest.param(
            {"identity_provider": ID}, Hints(connection_id=ID, named=True), id="connection"
        ),
        pytest.param({"idp_identifier": "acme"}, Hints(tenant="acme", named=True), id="tenant"),
        pytest.param(
            {"login_hint": "Ada@ACME.example"}, Hints(domain="acme.example"), id="domain-any-case"
        ),
        pytest.param({"login_hint": "ada"}, Hints(), id="no-address"),
        pytest.param({"login_hint": "a@acme.example@evil.example"}, Hints(), id="D10-two-domains"),
    ],
)
def test_hints(change, expected):
    assert hints(**change) == expected


@settings(max_examples=50)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_hint_breaks_anything(provider, tenant, login_hint):
    hints(identity_provider=provider, idp_identifier=tenant, login_hint=login_hint)
    home_realm.as_domain(tenant)


@pytest.mark.parametrize(
    ("tenant", "domain"),
    [
        pytest.param("acme.example", "acme.example", id="domain"),
        pytest.param("ACME.Example", "acme.example", id="domain-any-case"),
        pytest.param("acme", None, id="id"),
        pytest.param("6babcaad-604b-40ac-a9d7-9fd97c0b779f", None, id="guid"),
        pytest.param("acme.example/..", None, id="E11-dots"),
        pytest.param("", None, id="empty"),
    ],
)
def test_an_identifier_is_a_domain_or_a_tenant(tenant, domain):
    assert home_realm.as_domain(tenant) == domain


@pytest.mark.parametrize(
    ("connections", "provider", "expected"),
    [
        pytest.param([replace(AZURE, enabled=False)], None, (), id="E11-disabled"),
        pytest.param([replace(AZURE, live=None)], None, (), id="E11-never-live"),
        pytest.param([AZURE], "okta", (), id="E11-other-kind"),
        pytest.param([replace(AZURE, enforced=True), OKTA], "okta", (), id="E17-other-is-enforced"),
        pytest.param(
            [replace(AZURE, enforced=True), OKTA],
            None,
            (replace(AZURE, enforced=True),),
            id="E17-only-the-enforced",
        ),
        pytest.param(
            [replace(AZURE, enforced=True, enabled=False), OKTA],
            None,
            (OKTA,),
            id="enforced-but-off-counts-for-nothing",
        ),
        pytest.param([AZURE, OKTA], None, (AZURE, OKTA), id="both"),
        pytest.param([AZURE, OKTA], "okta", (OKTA,), id="the-kind-asked-for"),
        pytest.param([], None, (), id="none"),
    ],
)
def test_candidates(connections, provider, expected):
    assert home_realm.candidates(connections, provider) == expected
