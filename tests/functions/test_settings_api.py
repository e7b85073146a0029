"""What administrators are shown, the toggles, and the OpenAPI description."""

import pytest

from harness.settings_caller import BODY, Api, has_domain
from harness.settings_fakes import FakeDomains, settings_services
from harness.template import routes


@pytest.fixture
def api():
    return Api(settings_services())


# What is shown


def test_the_first_get_shows_all_kinds_with_their_redirect_uris(api):
    answer = api.get("/settings/sso")

    providers = {shown["provider"]: shown for shown in answer.json["providers"]}
    assert answer.status == 200
    assert list(providers) == [
        "azure",
        "google",
        "okta",
        "onelogin",
        "keycloak",
        "salesforce",
        "oidc",
    ]
    azure, oidc = providers["azure"], providers["oidc"]
    assert azure["redirect_uris"] == [
        {"name": "authsso", "uri": "https://authsso.saas.example/oauth2/idpresponse"},
        {
            "name": "cognito",
            "uri": "https://saas.auth.eu-central-1.amazoncognito.com/oauth2/idpresponse",
        },
    ]
    own = f"https://authsso.saas.example/oauth2/idpresponse/{oidc['connection_id']}"
    assert oidc["redirect_uris"] == [{"name": "authsso", "uri": own}]
    assert [azure[name] for name in ("enabled", "enforced", "etag", "live", "draft")] == [
        False,
        False,
        None,
        None,
        None,
    ]
    assert [field["name"] for field in azure["fields"]] == [
        "client_id",
        "client_secret",
        "discovery_url",
    ]
    assert providers["google"]["fields"] == []
    assert api.get("/settings/sso").json == answer.json


def test_domains_are_shown_proven_or_not(api):
    api.services.domains = FakeDomains(
        **{"acme.example": ("tenant-a", 7), "b.example": ("tenant-a", None), "c": ("tenant-b", 1)}
    )

    shown = api.get("/settings/sso").json["domains"]

    assert [(one["domain"], one["state"], one["proven_at"]) for one in shown] == [
        ("acme.example", "proven", 7),
        ("b.example", "pending", None),
    ]


# Toggles


def test_enable_without_a_draft_is_409(api):
    answer = api.patch({"enabled": True})

    assert (answer.status, answer.json["code"]) == (409, "no_draft")


def test_the_first_enable_takes_the_draft_live(api):
    api.put()

    answer = api.patch({"enabled": True}, etag='"1"')

    assert answer.status == 200
    assert (answer.json["enabled"], answer.json["etag"]) == (True, '"2"')
    assert (answer.json["live"]["number"], answer.json["draft"]) == (1, None)
    assert [warning["code"] for warning in answer.json["warnings"]] == ["no_proven_domain"]


def test_a_toggle_that_stands_as_asked_is_left_alone(api):
    api.put()
    api.patch({"enabled": True}, etag='"1"')

    again = api.patch({"enabled": True}, etag='"1"')

    assert (again.status, again.json["etag"]) == (200, '"2"')


def test_a_toggle_needs_if_match(api):
    api.put()

    assert api.patch({"enabled": True}).status == 428
    assert api.patch({"enabled": True}, etag='"7"').status == 412


def test_f12_enforce_waits_for_emergency_access(api):
    has_domain(api)
    api.put()
    api.patch({"enabled": True}, etag='"1"')

    answer = api.patch({"enforced": True}, etag='"2"')

    assert (answer.status, answer.json["code"]) == (409, "enforce_needs_emergency_access")
    assert api.get().json["enforced"] is False


def test_disable_and_enable_again_keeps_what_is_live(api):
    api.put()
    api.patch({"enabled": True}, etag='"1"')
    api.put(BODY | {"method": "GET"}, etag='"2"')

    api.patch({"enabled": False}, etag='"3"')
    answer = api.patch({"enabled": True}, etag='"4"')

    assert (answer.json["live"]["number"], answer.json["draft"]["number"]) == (1, 2)


# The description


def test_the_api_describes_itself(api):
    document = api.call("GET", "/settings/openapi.json", claims=None).json

    assert document["openapi"].startswith("3.1")
    assert {
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method in operations
    } == {route for route in routes() if " /settings/sso" in route}
    assert document["security"] == [{"access_token": []}]
    put = document["paths"]["/settings/sso/connections/{provider}"]["put"]
    assert {"200", "400", "412", "428"} <= set(put["responses"])
    assert "422" not in put["responses"]
    delete = document["paths"]["/settings/sso/connections/{provider}"]["delete"]
    assert "content" not in delete["responses"]["204"]
    assert list(delete["responses"]["500"]["content"]) == ["application/problem+json"]
    schemas = document["components"]["schemas"]
    assert not {"ValidationError", "ResponseValidationError"} & set(schemas)
    assert "client_secret" not in schemas["VersionAnswer"]["properties"]
    assert schemas["ConnectionSettings"]["additionalProperties"] is False
