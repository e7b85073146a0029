"""What nobody needs any more goes, and nothing else (I09)."""

from types import SimpleNamespace

import pytest

from authsso.errors import UnavailableError
from authsso.protocol.version_retention import ROTATION_SECONDS
from harness.settings_caller import AZURE, BODY, NOW, OTHER_TENANT, Api
from harness.settings_fakes import Clock, settings_services
from version_cleanup.app import create_handler


@pytest.fixture
def api():
    """A secret has just been rotated: version 2 is live, version 1 is what was before."""
    services = settings_services(tenants=SimpleNamespace(ids=lambda: ("tenant-a", "tenant-b")))
    made = Api(services)
    made.put()
    made.patch({"enabled": True}, etag='"1"')
    made.put(BODY | {"client_secret": "another~Value"}, etag='"2"')
    made.post(f"{AZURE}/activate", etag='"3"')
    return made


def clean(api, now=NOW):
    api.services.now = Clock(now)
    return create_handler(lambda: api.services)({}, None)


def seen_to_work(api, secret_id):
    api.services.evidence.secrets[api.get().json["connection_id"]] = secret_id


def test_nothing_goes_while_the_new_secret_has_not_worked(api):
    assert clean(api, NOW + ROTATION_SECONDS) == {}
    assert len(api.services.new_secrets.stored) == 2


def test_a_new_secret_that_has_worked_for_a_day_ends_the_rotation(api):
    seen_to_work(api, "secret-2")

    assert clean(api, NOW + ROTATION_SECONDS - 1) == {}
    assert clean(api, NOW + ROTATION_SECONDS) == {"rotation_finished": 1}
    assert api.get().json["previous"] is None
    assert api.services.new_secrets.retired == []
    assert clean(api, NOW + ROTATION_SECONDS + 600) == {"version_thrown_away": 1}

    assert api.services.new_secrets.retired == ["secret-1"]
    event = api.services.audit.kept[-1]
    assert (event.action, event.actor.username) == ("rotation_finished", "authsso")
    assert api.get().json["live"]["number"] == 2


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_draft_that_is_saved_meanwhile_stays_with_its_secret(api, when):
    """Whether the job has seen the draft's version or not when the administrator saves."""
    versions = api.services.connections.versions

    def meanwhile(*which):
        found = () if when == "before" else versions(*which)
        api.services.connections.versions = versions
        etag = api.get().headers["ETag"]
        assert api.put(BODY | {"client_secret": "new~Value"}, etag=etag).status == 200
        return found or versions(*which)

    api.services.connections.versions = meanwhile
    clean(api, NOW + 600)

    draft = api.get().json["draft"]
    assert draft["number"] == 3
    assert api.services.new_secrets.retired == []


def test_one_tenants_trouble_stops_no_other(api):
    api.put(claims=OTHER_TENANT)
    versions = api.services.connections.versions

    def fail(tenant_id, provider):
        if tenant_id == "tenant-a":
            raise UnavailableError("aws_unavailable", "throttled")
        return versions(tenant_id, provider)

    api.services.connections.versions = fail
    api.services.connections.saved["tenant-b", "azure", 9] = saved = api.services.connections.saved[
        "tenant-b", "azure", 1
    ]
    assert saved

    assert clean(api, NOW + 600)["unknown"] == 1
