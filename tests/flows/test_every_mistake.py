"""Every mistake that a provider can be made to show is named on the deployed stack (issue 4).

The demo provider plays each row of local/demo_provider/scenarios.json; the finding, who must act
and what to do are read where an administrator reads them. What the catalogue expects is
tests/findings/entra_cases.csv.
"""

import json
import re
from html import unescape
from typing import Any

import pytest

from authsso.findings import catalogue
from findings_book import cases
from harness.administrator import Administrator
from harness.organisation import Organisation
from harness.person import answer_of
from local_stack.plan import ROOT

SCENARIOS = json.loads((ROOT / "local/demo_provider/scenarios.json").read_text())
WIRE = {"discovery", "keys", "authorize", "token", "client_check", "id_token", "userinfo", "claims"}
# What no local server can pretend to be: their issuers leave no room to tell two scenarios apart.
ELSEWHERE = {"google", "onelogin", "salesforce"}
PROBE = {"discovery": "discovery", "keys": "keys", "client_check": "client"}
# These come with the claims, beside a sign-in that succeeds.
BESIDE = {"claims"}
KINDS = ("azure", "keycloak", "oidc", "okta")
TAG = re.compile(r"<(script|style)>.*?</\1>|<[^>]*>", re.DOTALL)
MAPPING = {"group_mapping": {"staff": "managers"}}


def seen_at(*places):
    return [
        pytest.param(name, id=f"{name}-{row['finding'] or 'goes-well'}")
        for name, row in SCENARIOS.items()
        if row["seen_at"] in places
    ]


@pytest.fixture(scope="module")
def chosen(demo_provider_of_stack):
    """What an administrator enters for each scenario."""
    return {row["name"]: row for row in demo_provider_of_stack.scenarios()}


@pytest.fixture(scope="module")
def victims(stack, aws):
    return Organisation(stack, aws)


@pytest.fixture(scope="module")
def administrator(stack, victims, chosen):
    caller = Administrator(stack, victims)
    for kind in KINDS:  # only a check without mistakes lets a connection be enabled
        caller.take_live(kind, settings(chosen[f"well-{kind}"], **MAPPING))
    return caller


def settings(row: dict[str, Any], **more: Any) -> dict[str, Any]:
    kept = ("client_id", "client_secret", "discovery_url")
    return {name: row[name] for name in kept} | more


def through(organisation: Organisation, row: dict[str, Any]) -> dict[str, str]:
    """The hints that lead to the provider as somebody who meets this mistake there."""
    return {
        "identity_provider": row["kind"],
        "idp_identifier": organisation.tenant.tenant_id,
        "login_hint": f"{row['name']}@{organisation.tenant.domain}".lower(),
    }


def is_explained(told: dict[str, Any] | None, code: str) -> bool:
    """Tell whether this is the finding, with who must act and what to do in the book's words."""
    book = catalogue.finding(code)
    return told is not None and (told["code"], told["who"], told["fix"]) == (
        code,
        book.who,
        book.fix,
    )


def test_every_failure_that_has_a_wire_shape_can_be_played():
    expected = {
        case.id: case.named
        for case in cases.read()
        if case.named and case.place in WIRE and case.seen["provider"] not in ELSEWHERE
    }
    played = {name: row["finding"] for name, row in SCENARIOS.items() if name in expected}
    assert played == expected


@pytest.mark.parametrize("name", seen_at("discovery", "keys", "client_check"))
def test_a_check_names_it(administrator, chosen, name):
    row = chosen[name]
    answer = administrator.call("POST", f"/connections/{row['kind']}/check", settings(row))
    probes = {probe["name"]: probe for probe in answer.json()["probes"]}
    found = probes[PROBE[row["seen_at"]]]

    if catalogue.finding(row["finding"]).who == "nobody":  # it may pass, so no mistake is claimed
        assert found["state"] == "cannot_tell"
    else:
        assert is_explained(found["finding"], row["finding"]), found


@pytest.mark.parametrize("name", seen_at("authorize", "token", "id_token", "userinfo", "claims"))
def test_a_sign_in_names_it(victims, administrator, person, chosen, name):
    row = chosen[name]
    hints = through(victims, row)

    told = answer_of(person.send(person.back_from_provider(hints["login_hint"], **hints)))

    trace = administrator.next_sign_in()
    assert ("code" in told) == (row["seen_at"] in BESIDE)
    assert any(is_explained(told, row["finding"]) for told in trace["findings"]), trace["findings"]


def test_J05_a_key_changed_during_the_sign_in_is_found(stack, organisation, person, chosen):
    row = chosen["faults-keys-rotated"]
    Administrator(stack, organisation).take_live("azure", settings(row))
    hints = through(organisation, row)
    assert person.sign_in(hints.pop("login_hint"), **hints)["id_token"]


@pytest.mark.parametrize("name", seen_at("page"))
def test_the_text_of_the_providers_own_page_names_it(victims, administrator, person, chosen, name):
    row = chosen[name]
    hints = through(victims, row)
    departure = person.authorize(**hints).headers["location"]
    page = person.stranded_at_provider(departure, hints["login_hint"])
    shown = unescape(TAG.sub(" ", page))

    answer = administrator.call(
        "POST", f"/connections/{row['kind']}/explain", {"text": shown[:2000]}
    )

    assert is_explained(answer.json()["finding"], row["finding"]), answer.json()
