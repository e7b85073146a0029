"""What the user pool must hold for a connection, and what must never get there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authsso.adapters.connection_items import connection_ids
from authsso.model import PROVIDER_KINDS, Connection
from authsso.protocol import cognito_provider
from harness.providers import metadata, version

HOST = "login.microsoftonline.com"
ISSUER = f"https://{HOST}/tenant/v2.0"
ID = "a" * 26
# Cognito's own: CreateIdentityProvider, ProviderName.
NAME = re.compile(r"[^_\s][^\s][^_\s]+")


def connection(**changes):
    fields = {"tenant_id": "acme", "provider": "azure", "connection_id": ID, "enabled": True}
    return Connection(**fields | {"live": 1} | changes)


def obstacle(head=None, live=None, **changes):
    asked = {"pinned_hosts": (HOST,), "enforced_elsewhere": False, "is_offered": True}
    live = live or version(metadata=metadata(ISSUER))
    return cognito_provider.obstacle(head or connection(), live, **asked | changes)


def provider(**changes):
    fields = {"client_secret": "secret", "identifiers": ()} | changes
    return cognito_provider.wanted(connection(), version(metadata=metadata(ISSUER)), **fields)


@given(st.text(min_size=1, max_size=40))
def test_every_tenant_gets_names_that_cognito_takes(salt):
    for connection_id in connection_ids(salt).values():
        name = cognito_provider.name_of(connection_id)
        assert NAME.fullmatch(name)
        assert len(name) <= 32
        assert "_" not in name, "Cognito cuts a federated username there"
        assert cognito_provider.connection_id_of(name) == connection_id


@pytest.mark.parametrize(
    "name",
    [
        "",
        "sso-",
        "Google",
        "SSO-" + ID,
        f"sso-{ID}_x",
        f"sso-{ID}a",
        f"sso-{ID[:-1]}",
        f"xsso-{ID}",
        f"sso-{ID}\n",
        f"sso-{ID[:-1]}А",  # a Cyrillic letter
    ],
)
def test_a_name_that_is_not_ours_is_nobodys(name):
    assert cognito_provider.connection_id_of(name) is None


def test_an_enabled_connection_on_pinned_hosts_is_free():
    assert obstacle() is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"is_offered": False}, "not_offered", id="nobody-opted-in"),
        pytest.param({"pinned_hosts": ()}, "own_callback", id="any-host-6.3"),
        pytest.param({"head": connection(enabled=False)}, "not_enabled", id="disabled"),
        pytest.param({"enforced_elsewhere": True}, "not_enforced", id="another-is-enforced"),
    ],
)
def test_what_stands_in_the_way_is_named(changes, expected):
    assert obstacle(**changes) == expected


def test_the_enforced_one_itself_is_free():
    assert obstacle(connection(enforced=True), enforced_elsewhere=True) is None


def test_without_a_live_version_there_is_nothing_to_put():
    asked = {"pinned_hosts": (HOST,), "enforced_elsewhere": False, "is_offered": True}
    assert cognito_provider.obstacle(connection(live=None), None, **asked) == "not_enabled"


@pytest.mark.parametrize(
    "endpoint", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"]
)
@pytest.mark.parametrize(
    "host", ["evil.example", f"{HOST}.evil.example", "microsoftonline.com", f"x{HOST}"]
)
def test_no_endpoint_on_a_foreign_host_reaches_the_shared_callback(endpoint, host):
    """Design 6.3: it would harvest other tenants' codes."""
    live = version(metadata=metadata(ISSUER, **{endpoint: f"https://{host}/x"}))
    assert obstacle(live=live) == "not_pinned"


def test_an_issuer_on_a_foreign_host_does_not_either():
    endpoints = dict.fromkeys(
        ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"),
        f"https://{HOST}/x",
    )
    live = version(metadata=metadata("https://evil.example", **endpoints))
    assert obstacle(live=live) == "not_pinned"


def test_nothing_privileged_is_mapped():
    """Mapped attributes are rewritten at each sign-in, and must be writable by the client."""
    mapped = provider().attribute_mapping
    assert mapped == {
        "username": "sub",
        "name": "name",
        "given_name": "given_name",
        "family_name": "family_name",
    }


def test_a_tenants_own_mapping_does_not_reach_cognito():
    live = version(metadata=metadata(ISSUER), attribute_mapping={"email": "custom:tenant_id"})
    made = cognito_provider.wanted(connection(), live, client_secret="s", identifiers=())
    assert made.attribute_mapping == cognito_provider.ATTRIBUTE_MAPPING


def test_the_secret_is_not_in_what_gets_printed():
    assert "hush" not in repr(provider(client_secret="hush"))


@pytest.mark.parametrize(
    ("domains", "expected"),
    [
        ((), ()),
        (("b.example", "a.example"), ("a.example", "b.example")),
        (("xn--bcher-kva.example",), ("xn--bcher-kva.example",)),
        (("a" * 40 + ".example", "a.example"), ("a.example",)),
        ([f"d{n:02}.example" for n in range(60)], tuple(f"d{n:02}.example" for n in range(50))),
    ],
)
def test_identifiers_are_what_cognito_takes(domains, expected):
    assert cognito_provider.identifiers(domains) == expected


def test_one_connection_bears_the_domains_the_enforced_one_first():
    heads = [connection(provider=kind, connection_id=kind) for kind in reversed(PROVIDER_KINDS)]
    assert cognito_provider.bearer(heads).provider == "azure"
    enforced = connection(provider="okta", connection_id="o", enforced=True)
    assert cognito_provider.bearer([*heads, enforced]) is enforced
    assert cognito_provider.bearer([]) is None


@pytest.mark.parametrize(
    ("wanted", "found", "action"),
    [
        (None, None, "none"),
        (provider(), None, "create"),
        (None, provider(), "remove"),
        (provider(), provider(), "none"),
        (provider(), provider(client_secret="old"), "update"),
        (provider(identifiers=("a.example",)), provider(), "update"),
    ],
)
def test_the_difference_is_what_has_to_be_done(wanted, found, action):
    assert cognito_provider.difference(wanted, found) == action


def test_applications_opt_in_by_name_or_id():
    clients = {"id-1": "portal", "id-2": "backend", "id-3": "id-1"}
    assert cognito_provider.opted_in(clients, ("portal", "id-2")) == ("id-1", "id-2")
    assert cognito_provider.opted_in(clients, ()) == ()
