"""Which addresses of the other providers are right, and what the wrong ones are called."""

import pytest

from authsso.model import PROVIDER_KINDS
from authsso.providers import PROFILES
from authsso.providers.forms import FORMS
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.providers.forms.typed_values import find_mistakes


def mistakes(kind, discovery_url):
    form = FORMS[kind]
    typed = TypedValues(form.normalise(discovery_url), "client", "s3cret")
    return find_mistakes(form, typed, Surroundings(PROFILES[kind].pinned_hosts))


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("okta", "https://acme-admin.okta.com", "portal"),
        ("okta", "https://acme.okta.com/admin/app/oidc_client/instance/0oa1", "portal"),
        ("okta", "https://{domain}.okta.com", "placeholder"),
        ("okta", "https://acme.okta.com/oauth2/v1/authorize", "endpoint"),
        ("okta", "https://acme.okta.com/app/x/sso/saml", "saml"),
        ("okta", "https://acme.okta.com/home", "not_an_issuer"),
        ("okta", "https://okta.com.evil.example", "other_host"),
        ("okta", "https://login.acme.example", "other_host"),
        ("okta", "https://okta.com", "other_host"),
        ("onelogin", "https://acme.onelogin.com/oidc", "not_an_issuer"),
        ("onelogin", "https://acme.example/oidc/2", "other_host"),
        ("onelogin", "https://{subdomain}.onelogin.com/oidc/2", "placeholder"),
        ("keycloak", "https://sso.acme.example", "not_an_issuer"),
        ("keycloak", "https://sso.acme.example/realms/", "not_an_issuer"),
        ("keycloak", "https://sso.acme.example/admin/staff/console/", "portal"),
        ("keycloak", "https://sso.acme.example/admin/master/console/#/staff/clients", "portal"),
        ("keycloak", "https://sso.acme.example/realms/{realm}", "placeholder"),
        ("keycloak", "https://sso.acme.example/realms/staff/account", "not_an_issuer"),
        ("keycloak", "http://sso.acme.example/realms/staff", "not_https"),
        ("salesforce", "https://acme.lightning.force.com", "portal"),
        ("salesforce", "https://login.salesforce.com", "open_to_all"),
        ("salesforce", "https://test.salesforce.com", "open_to_all"),
        ("salesforce", "https://acme.my.salesforce.com/services/oauth2", "not_an_issuer"),
        ("salesforce", "https://acme.example", "other_host"),
        ("oidc", "https://idp.example/oauth2/authorize", "endpoint"),
        ("oidc", "https://user:pw@idp.example", "not_plain"),
        ("oidc", "https://idp.example#x", "not_plain"),
        ("oidc", "http://idp.example", "not_https"),
        ("oidc", "javascript:alert(1)", "not_a_url"),
        ("oidc", "https://b\N{LATIN SMALL LETTER U WITH DIAERESIS}cher.example", "not_a_url"),
    ],
)
def test_a_wrong_address_is_named(kind, typed, code):
    assert [mistake.code for mistake in mistakes(kind, typed)] == [f"discovery_url_{code}"]


@pytest.mark.parametrize(
    ("typed", "issuer"),
    [
        pytest.param("/admin/master/console/#/staff", "/realms/staff", id="shown"),
        pytest.param("/admin/master/console/#/staff/clients", "/realms/staff", id="deeper"),
        pytest.param("/admin/master/console/#/staff?tab=1", "/realms/staff", id="query"),
        pytest.param("/admin/master/console/#/master/users", "/realms/master", id="master-shown"),
        pytest.param("/auth/admin/master/console/#/realms/staff", "/auth/realms/staff", id="old"),
        pytest.param("/admin/staff/console/", "/realms/staff", id="a-realms-own-console"),
        pytest.param("/admin/staff/console/#/staff/keys", "/realms/staff", id="own-and-shown"),
    ],
)
def test_keycloaks_console_tells_the_realm_that_is_on_screen(typed, issuer):
    (found,) = mistakes("keycloak", f"https://sso.acme.example{typed}")

    assert found.fix == f"Use https://sso.acme.example{issuer}"


@pytest.mark.parametrize("typed", ["", "/", "/#", "/#/"])
def test_keycloaks_console_without_a_realm_on_screen_asks_for_it(typed):
    (found,) = mistakes("keycloak", f"https://sso.acme.example/admin/master/console{typed}")

    assert found.fix == (
        "Use https://sso.acme.example/realms/{realm}, with the name of your realm for {realm}."
    )


@pytest.mark.parametrize(
    ("kind", "typed", "issuer"),
    [
        ("okta", "acme.okta.com", "https://acme.okta.com"),
        ("okta", "https://acme.okta.com/oauth2/default/", "https://acme.okta.com/oauth2/default"),
        ("okta", "https://acme.okta-emea.com", "https://acme.okta-emea.com"),
        ("onelogin", "https://acme.onelogin.com", "https://acme.onelogin.com/oidc/2"),
        (
            "onelogin",
            "https://acme.onelogin.com/oidc/2/.well-known/openid-configuration",
            "https://acme.onelogin.com/oidc/2",
        ),
        ("keycloak", "sso.acme.example/realms/Staff", "https://sso.acme.example/realms/Staff"),
        (
            "keycloak",
            "https://SSO.acme.example/auth/realms/staff/",
            "https://sso.acme.example/auth/realms/staff",
        ),
        ("salesforce", "acme.my.salesforce.com", "https://acme.my.salesforce.com"),
        (
            "salesforce",
            "https://acme--dev.sandbox.my.salesforce.com/",
            "https://acme--dev.sandbox.my.salesforce.com",
        ),
        ("oidc", "https://idp.example:443/tenant", "https://idp.example:443/tenant"),
        ("oidc", "idp.example", "https://idp.example"),
    ],
)
def test_a_right_address_becomes_the_issuer(kind, typed, issuer):
    assert FORMS[kind].normalise(typed) == issuer
    assert mistakes(kind, typed) == ()


@pytest.mark.parametrize("kind", PROVIDER_KINDS)
def test_every_kind_is_complete(kind):
    form = FORMS[kind]

    assert PROFILES[kind].kind == kind
    assert form.guide_url.startswith("https://")
    assert {"email", "name"} <= set(form.attribute_mapping)
    assert form.response_mode == "query"
    assert len(form.fields) == (0 if kind == "google" else 3)


@pytest.mark.parametrize("kind", PROFILES)
def test_no_kind_asks_for_more_than_who_somebody_is__A17(kind):
    assert sorted(PROFILES[kind].default_scopes) == ["email", "openid", "profile"]
