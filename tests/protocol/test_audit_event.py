"""What is written down of a change: everything but secrets (F28, F09)."""

import json
from dataclasses import replace

import pytest

from authsso.model import Connection
from authsso.protocol.audit_event import Actor, AuditEvent, event_id, of_draft, of_toggles
from authsso.protocol.published_event import detail, detail_type
from harness.providers import version

HEAD = Connection("t", "azure", "id", live=1)
EVENT = AuditEvent("t", "1-x", 7, Actor("anna", None, "192.0.2.1"), "enabled", "azure", {"n": 1})


def test_ids_sort_by_time_and_differ():
    early, late = event_id(999, "A-b_c"), event_id(1_000, "A-b_c")

    assert early < late
    assert event_id(1_000, "other") != late
    assert late.isascii()


def test_a_draft_is_told_as_before_and_after():
    before = version(1, secret_id="s", method="POST", scopes=("openid",))
    after = replace(before, number=2, method="GET")

    told = of_draft(before, after)

    assert told == {
        "version": 2,
        "secret": "kept",
        "changes": {"method": {"before": "POST", "after": "GET"}},
    }


def test_a_first_draft_is_told_whole_without_its_secret():
    told = of_draft(None, version(1, secret_id="secret-id-canary"))

    assert told["secret"] == "new"
    assert "canary" not in json.dumps(told)
    assert told["changes"]["client_id"]["before"] is None


@pytest.mark.parametrize(
    ("changes", "actions"),
    [
        ({"enabled": True}, ("enabled",)),
        ({"enabled": True, "enforced": True}, ("enabled", "enforced")),
        ({}, ()),
    ],
)
def test_toggles_are_told_by_what_they_did(changes, actions):
    after = replace(HEAD, **changes)
    opposite = {"enabled": "disabled", "enforced": "unenforced"}

    assert of_toggles(HEAD, after) == actions
    assert of_toggles(after, HEAD) == tuple(opposite[action] for action in actions)


def test_what_others_receive_has_a_version():
    assert detail(EVENT) == {
        "schema_version": 1,
        "id": "1-x",
        "tenant_id": "t",
        "at": 7,
        "actor": {"username": "anna", "email": None},
        "source_ip": "192.0.2.1",
        "action": "enabled",
        "subject": "azure",
        "details": {"n": 1},
    }


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("enabled", "authsso.settings.changed"),
        ("recovery_code_spent", "authsso.enforcement.lifted"),
        ("domain_lapsed", "authsso.domain.lapsed"),
    ],
)
def test_what_nobody_chose_has_a_type_of_its_own(action, kind):
    assert detail_type(replace(EVENT, action=action)) == kind
