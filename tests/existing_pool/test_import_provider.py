"""A pool's provider as a connection: what is refused, what is written, what is never said."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from authsso.adapters.imported_providers import ImportedKey
from authsso.errors import ProviderError, SettingsError
from authsso.providers import PROFILES
from existing_pool import candidate, importing
from existing_pool.candidate import NotImportableError, PoolProvider
from existing_pool.pool_providers import People, PoolProviders
from harness.settings_fakes import CONFIG, settings_services

SECRET = "kept~To~Itself~1234567890"
OPERATOR = "arn:aws:iam::123456789012:user/olga"
DETAILS = {
    "oidc_issuer": "https://acme.okta.com",
    "client_id": "0oa1b2c3",
    "client_secret": SECRET,
    "attributes_request_method": "GET",
    "authorize_scopes": "openid email profile",
    "authorize_url": "https://acme.okta.com/oauth2/v1/authorize",
}
OKTA = PoolProvider(
    "Corp_Okta",
    "OIDC",
    DETAILS,
    {"username": "sub", "email": "mail", "custom:company": "company"},
    ("corp",),
)


def provider(**changes):
    details = DETAILS | changes.pop("details", {})
    members = {name: getattr(OKTA, name) for name in OKTA.__slots__}
    return PoolProvider(**members | {"details": details} | changes)


class FakeImported:
    """ImportedProviders over a dictionary; what a transaction writes is handed on."""

    def __init__(self):
        self.names: dict[str, ImportedKey] = {}

    def by_name(self, name):
        return self.names.get(name)

    def by_identifier(self, identifier):
        return self.names.get(f"#{identifier}")

    def puts(self, connection, identifiers, given_up=()):
        self.given_up = given_up
        key = ImportedKey(connection.tenant_id, connection.provider)
        return [(connection.imported_from, tuple(identifiers), key)]


class FakePool:
    def __init__(self, *providers, tenants=("tenant-a",)):
        self.providers, self.tenants = {one.name: one for one in providers}, tenants
        self.came: dict[str, dict[str | None, int]] = {}

    def all(self):
        return iter(self.providers.values())

    def find(self, name):
        if name not in self.providers:
            raise NotImportableError("none")
        return self.providers[name]

    def people(self, name):
        of_provider = self.came.get(name, {})
        return People(frozenset(self.tenants), of_provider)


@pytest.fixture
def services():
    made = settings_services(imported_providers=FakeImported())
    save = made.connections.save_version

    def save_version(*arguments, also, **named):
        save(*arguments, **named)
        for name, _, key in also:
            made.imported_providers.names[name] = key
        made.connections.also = also

    made.connections.save_version = save_version
    return made


def prepare(services, pool=None, name=OKTA.name, tenant_id="tenant-a"):
    return importing.prepare(services, pool or FakePool(OKTA), name, tenant_id)


def import_it(services, **named):
    prepared = prepare(services, **named)
    importing.carry_out(services, prepared, OPERATOR)
    return prepared


def nothing_was_written(services):
    return not (
        services.connections.saved
        or services.connections.heads
        or services.new_secrets.stored
        or services.audit.kept
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"provider_type": "SAML"}, "OIDC alone", id="saml"),
        pytest.param({"provider_type": "Google"}, "OIDC alone", id="social"),
        pytest.param({"name": f"sso-{'a' * 26}"}, "authsso has made it", id="of-our-making"),
        pytest.param(
            {"details": {"oidc_issuer": "https://accounts.google.com"}}, "own client", id="google"
        ),
        pytest.param(
            {"attribute_mapping": {"username": "sub", "custom:tenant_id": "company"}},
            "writes custom:tenant_id from its claim company",
            id="F21-it-chooses-the-tenant",
        ),
        pytest.param({"details": {"client_secret": ""}}, "no client secret", id="no-secret"),
        pytest.param({"details": {"oidc_issuer": "http://acme.okta.com"}}, "https", id="http"),
        pytest.param({"details": {"authorize_scopes": "email"}}, "openid", id="no-openid"),
        pytest.param(
            {"details": {"oidc_issuer": "https://login.microsoftonline.com/common/v2.0"}},
            "tenant",
            id="entra-for-everybody",
        ),
    ],
)
def test_what_cannot_become_a_connection_says_why(services, change, words):
    one = provider(**change)
    with pytest.raises(NotImportableError, match=words) as refused:
        prepare(services, FakePool(one), one.name)
    assert SECRET not in str(refused.value)
    assert nothing_was_written(services)
    assert str(refused.value) in importing.overview(services, FakePool(one))[0]


def test_a_tenant_that_nobody_belongs_to_is_a_slip(services):
    with pytest.raises(NotImportableError, match="no user of the pool carries"):
        prepare(services, tenant_id="tenant-b")
    assert nothing_was_written(services)


def test_a_provider_that_cannot_be_read_is_named(services):
    services.provider.failure = ProviderError("provider_timeout", "slow")
    with pytest.raises(NotImportableError, match="provider_timeout"):
        prepare(services)
    assert nothing_was_written(services)


def test_F26_a_provider_belongs_to_one_tenant(services):
    import_it(services)
    with pytest.raises(NotImportableError, match="tenant-a has imported it"):
        prepare(services, FakePool(OKTA, tenants=("tenant-b",)), tenant_id="tenant-b")


def test_F26_a_provider_of_several_tenants_is_nobodys_connection(services):
    pool = FakePool(OKTA, tenants=("tenant-a", "tenant-b"))
    pool.came = {OKTA.name: {"tenant-a": 3, "tenant-b": 1}}
    with pytest.raises(NotImportableError, match="people of tenant-b have come through it"):
        prepare(services, pool)
    assert nothing_was_written(services)


def test_a_rehearsal_tells_how_many_will_be_given_the_tenant(services):
    pool = FakePool(OKTA)
    pool.came = {OKTA.name: {"tenant-a": 3, None: 2}}
    assert "its people: 5, 2 of them without a tenant" in "\n".join(prepare(services, pool).told())


def test_an_import_for_the_wrong_tenant_is_put_right_by_deleting_it(services):
    import_it(services)
    (key,) = services.connections.heads
    services.connections.heads[key] = replace(
        services.connections.heads[key], live=None, draft=None, previous=None, enabled=False
    )
    import_it(services, pool=FakePool(OKTA, tenants=("tenant-b",)), tenant_id="tenant-b")
    assert services.imported_providers.given_up == ("tenant-a",)
    assert services.imported_providers.by_name(OKTA.name).tenant_id == "tenant-b"


def test_F26_an_identifier_of_another_tenants_connection_is_not_taken(services):
    import_it(services)
    services.imported_providers.names["#corp"] = services.imported_providers.by_name(OKTA.name)
    other = provider(name="Other")
    with pytest.raises(NotImportableError, match="its identifier corp leads to okta of tenant"):
        prepare(services, FakePool(other, tenants=("tenant-b",)), "Other", "tenant-b")


def test_a_second_time_nothing_happens(services):
    import_it(services)
    before = dict(services.connections.heads)
    with pytest.raises(NotImportableError, match="already imported as okta"):
        import_it(services)
    assert services.connections.heads == before
    assert len(services.new_secrets.stored) == 1


def test_a_connection_of_that_kind_is_not_overwritten(services):
    import_it(services)
    other = provider(name="Other")
    with pytest.raises(NotImportableError, match="has a connection of the kind okta"):
        prepare(services, FakePool(other), "Other")


def test_a_rehearsal_says_everything_but_the_secret_and_writes_nothing(services):
    said = "\n".join(prepare(services).told())
    for words in ("Corp_Okta", "tenant-a", "okta ", "https://acme.okta.com", "0oa1b2c3", "GET"):
        assert words in said
    assert "email from mail" in said
    assert "custom:tenant_id" not in said
    assert SECRET not in said
    assert nothing_was_written(services)
    assert importing.overview(services, FakePool(OKTA)) == ["Corp_Okta: would become okta"]


def test_what_is_written_is_what_the_functions_write(services):
    import_it(services)
    head = services.connections.connection("tenant-a", "okta")
    live = services.connections.version("tenant-a", "okta", 1)
    assert (head.enabled, head.enforced, head.live, head.draft, head.revision) == (
        True,
        False,
        1,
        None,
        1,
    )
    assert head.is_at_cognito
    assert (head.imported_from, head.imported_issuer, head.imported_client_id) == (
        "Corp_Okta",
        live.metadata.issuer,
        live.client_id,
    )
    assert (live.method, live.client_authentication) == ("GET", "client_secret_post")
    assert live.attribute_mapping["email"] == "mail"
    assert "custom:tenant_id" not in live.attribute_mapping
    secret = services.client_secrets.get(
        head.connection_id, live.secret_id, issuer=live.metadata.issuer, client_id="0oa1b2c3"
    )
    assert secret == SECRET
    ((name, identifiers, key),) = services.connections.also
    assert (name, identifiers, tuple(key)) == ("Corp_Okta", ("corp",), ("tenant-a", "okta"))
    (event,) = services.audit.kept
    assert (event.action, event.actor.username, event.tenant_id) == (
        "imported",
        OPERATOR,
        "tenant-a",
    )
    assert SECRET not in str(event)


def test_who_was_slower_leaves_no_secret_behind(services):
    prepared = prepare(services)
    services.connections.fail_next_save = SettingsError("changed_meanwhile", status=412, title="x")
    with pytest.raises(SettingsError):
        importing.carry_out(services, prepared, OPERATOR)
    assert nothing_was_written(services)


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("https://login.microsoftonline.com/6babcaad-604b-40ac-a9d7-9fd97c0b779f/v2.0", "azure"),
        ("https://acme.okta.com", "okta"),
        ("https://acme.onelogin.com/oidc/2", "onelogin"),
        ("https://acme.my.salesforce.com", "salesforce"),
        ("https://okta.com.evil.example", "oidc"),
        ("https://idp.acme.example/realms/acme", "oidc"),
        ("", "oidc"),
    ],
)
def test_the_kind_follows_from_the_host(issuer, kind):
    assert candidate.kind_of(issuer, CONFIG) == kind
    assert kind in PROFILES


def test_users_of_the_pool_are_looked_through_for_tenants_and_the_providers_people():
    came = {"Name": "identities", "Value": '[{"providerName": "Corp_Okta", "userId": "7"}]'}
    of_a = {"Name": "custom:tenant_id", "Value": "tenant-a"}
    pages = [
        {"Users": [{"Attributes": [{"Name": "email", "Value": "tenant-b"}]}]},
        {"Users": [{"Attributes": [of_a]}, {"Attributes": [of_a, came]}, {"Attributes": [came]}]},
    ]
    client = SimpleNamespace(
        get_paginator=lambda _: SimpleNamespace(paginate=lambda **_: iter(pages))
    )
    people = PoolProviders(client, "pool").people("Corp_Okta")
    assert people.tenants == {"tenant-a"}
    assert people.of_provider == {"tenant-a": 1, None: 1}
