"""Sign-ins as administrators see them: list, detail, test and a pasted error."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from authsso.adapters.evidence_table import Result
from authsso.findings.catalogue import ALL
from authsso.findings.unknown import UNKNOWN
from authsso.protocol.sign_in import hashed
from authsso.protocol.trace import Noted, Step, Summary, Trace
from harness.settings_caller import AZURE, BODY, NOW, OTHER_TENANT, Api
from harness.settings_fakes import settings_services
from harness.settings_outside import FakeUsers
from settings_api.traces import explained

LIST, TESTS = "/settings/sso/sign-ins", "/settings/sso/tests"
ADA = "ada@a.example"


@pytest.fixture
def api():
    return Api(settings_services())


def keep(api, reference="ABCDEFG2", **changes):
    """Write a trace down, of a minute ago unless told otherwise."""
    details = set(changes) & {"steps", "findings", "groups"}
    of_trace = {name: changes.pop(name) for name in details}
    fields = {"tenant_id": "tenant-a", "started_at": NOW - 60, "outcome": "signed_in"}
    summary = Summary(
        **{"reference": reference, "kind": "sign_in", "provider": "azure", "version": 1}
        | fields
        | changes
    )
    kept = Trace(summary, connection_id="c", application="portal", **of_trace)
    api.services.traces.save(kept)
    return kept


@pytest.mark.parametrize("path", [LIST, f"{LIST}/ABCDEFG2", f"{TESTS}/ABCDEFG2"])
def test_F05_another_tenants_sign_ins_are_not_there(api, path):
    keep(api, person=ADA)
    answer = api.get(path, claims=OTHER_TENANT)
    assert "ada@" not in answer.text
    assert answer.status == (200 if path == LIST else 404)


@pytest.mark.parametrize(
    "query",
    [
        {"outcome": "x"},
        {"limit": "0"},
        {"limit": "101"},
        {"before": "1' OR 1=1"},
        {"person": ""},
        {"person": "x" * 255},
    ],
)
def test_what_cannot_be_asked_is_400(api, query):
    assert api.get(LIST, query=query).status == 400


@pytest.mark.parametrize("reference", ["abcdefg2", "A", "AAAAAAA%00", "AAAAAAAAA"])
def test_what_is_no_reference_is_400(api, reference):
    assert api.get(f"{LIST}/{reference}").status in {400, 404}


def test_the_newest_comes_first_page_by_page(api):
    for number, reference in enumerate(["AAAAAAA2", "AAAAAAA3", "AAAAAAA4"]):
        keep(api, reference, started_at=NOW - 100 + number)

    first = api.get(LIST, query={"limit": "2"}).json
    rest = api.get(LIST, query={"limit": "2", "before": first["next"]}).json

    shown = [one["reference"] for one in first["sign_ins"] + rest["sign_ins"]]
    assert (shown, rest["next"]) == (["AAAAAAA4", "AAAAAAA3", "AAAAAAA2"], None)


def test_the_list_is_filtered_by_outcome_and_person(api):
    keep(api, "AAAAAAA2", person=ADA, outcome="refused", error="email_missing")
    keep(api, "AAAAAAA3", person=ADA)
    keep(api, "AAAAAAA4", person="bob@a.example", outcome="refused", error="email_missing")

    answer = api.get(LIST, query={"outcome": "refused", "person": "ADA@"})

    assert [one["reference"] for one in answer.json["sign_ins"]] == ["AAAAAAA2"]


@pytest.mark.parametrize(
    ("age", "outcome", "code"),
    [(600, "started", None), (601, "never_came_back", "not_come_back")],
)
def test_who_never_came_back_is_a_finding(api, age, outcome, code):
    keep(api, started_at=NOW - age, outcome="started")
    (shown,) = api.get(LIST).json["sign_ins"]
    assert (shown["outcome"], (shown["finding"] or {}).get("code")) == (outcome, code)


def test_a_refusal_is_shown_with_the_providers_own_words(api):
    noted = Noted("entra_user_not_assigned", 50105, "AADSTS50105: not assigned.", "guid")
    keep(
        api,
        outcome="refused",
        error="provider_refused",
        finding=noted.code,
        findings=(noted, Noted("entra_guest")),
        steps=(Step("sent_to_provider", 0), Step("came_back", 4200)),
    )

    shown = api.get(f"{LIST}/ABCDEFG2").json

    assert [found["code"] for found in shown["findings"]] == [noted.code, "entra_guest"]
    assert shown["finding"] == shown["findings"][0]
    assert shown["finding"]["provider_text"] == "AADSTS50105: not assigned."
    assert shown["finding"]["look_up_url"].endswith("50105")
    assert shown["steps"][1] == {"name": "came_back", "after_ms": 4200}


def test_a_finding_that_the_catalogue_has_forgotten_is_still_shown(api):
    keep(api, outcome="refused", error="x", finding="gone", findings=(Noted("gone"),))
    assert api.get(f"{LIST}/ABCDEFG2").json["finding"]["code"] == "fault_of_ours"


@pytest.mark.parametrize("found", [*ALL, UNKNOWN], ids=lambda found: found.code)
def test_every_finding_can_be_shown(found):
    assert explained(Noted(found.code)).fix == found.fix


def test_the_application_fetching_its_tokens_is_the_last_step(api):
    keep(api, steps=(Step("sent_to_provider", 0),))
    api.services.traces.record_tokens("tenant-a", "ABCDEFG2", (NOW - 60) * 1000 + 5_500)
    shown = api.get(f"{LIST}/ABCDEFG2").json
    assert shown["steps"][-1] == {"name": "tokens_issued", "after_ms": 5_500}


def test_groups_are_shown_with_where_they_lead_now(api):
    api.put(BODY)
    head = api.services.connections.heads["tenant-a", "azure"]
    key = ("tenant-a", "azure", head.draft)
    saved = api.services.connections.saved[key]
    mapping = {"staff": "support", "bosses": "tenant-admins", "old": "no-more-allowed"}
    version = replace(saved.version, group_mapping=mapping)
    api.services.config = replace(api.services.config, group_allow_list=("support",))
    api.services.connections.saved[key] = saved._replace(version=version)
    keep(api, groups=("staff", "other", "bosses", "old"))

    assert api.get(f"{LIST}/ABCDEFG2").json["groups"] == [
        {"name": "staff", "cognito_group": "support"},
        {"name": "other", "cognito_group": None},
        {"name": "bosses", "cognito_group": None},
        {"name": "old", "cognito_group": None},
    ]


def test_nothing_saved_cannot_be_tried(api):
    assert api.post(f"{AZURE}/test").json["code"] == "nothing_to_test"


def test_F31_who_is_no_administrator_any_more_cannot_try(api):
    api.put(BODY)
    api.services.users = FakeUsers()
    assert api.post(f"{AZURE}/test").status == 403
    assert api.services.traces.kept == {}


def test_a_test_waits_for_its_address_to_be_opened(api):
    api.put(BODY)

    answer = api.post(f"{AZURE}/test").json

    query = parse_qs(urlsplit(answer["url"]).query)
    assert answer["url"].startswith("https://authsso.saas.example/oauth2/test?")
    assert (query["idp_identifier"], query["test_id"]) == (["tenant-a"], [answer["test_id"]])
    kept = api.services.traces.of(answer["test_id"])
    assert (kept.summary.version, kept.summary.started_by) == (1, "anna")
    tickets = api.services.traces.tickets
    assert tickets["tenant-a", answer["test_id"]] == hashed(query["ticket"][0])
    shown = api.get(f"{TESTS}/{answer['test_id']}").json
    assert (shown["outcome"], shown["steps"], shown["kind"]) == ("started", [], "test")


def test_results_are_shown_with_the_version_they_belong_to(api):
    api.put(BODY)
    connection_id = api.get().json["connection_id"]
    api.services.evidence.was_checked = False
    result = Result(1, NOW, "anna", passed=False, findings=("entra_spa_platform",), reference="R")
    api.services.evidence.record_result("test", connection_id, result, named={1})

    shown = api.get().json

    assert shown["last_test"] == shown["draft"]["last_test"]
    assert shown["last_test"]["findings"] == ["entra_spa_platform"]
    assert (shown["last_check"], shown["draft"]["last_check"]) == (None, None)


@pytest.mark.parametrize("result", [None, Result(1, NOW, "anna", passed=False)])
def test_F11_the_first_enable_needs_a_check_without_errors(api, result):
    connection_id = api.put(BODY).json["connection_id"]
    api.services.evidence.was_checked = False
    if result:
        api.services.evidence.record_result("check", connection_id, result, named={1})

    refused = api.patch({"enabled": True}, etag='"1"')

    assert (refused.status, refused.json["code"]) == (409, "enable_needs_check")
    refused = api.post(f"{AZURE}/activate", etag='"1"')
    assert (refused.status, refused.json["code"]) == (409, "enable_needs_check")
    assert api.get().json["live"] is None
    passed = Result(1, NOW, "anna", passed=True)
    api.services.evidence.record_result("check", connection_id, passed, named={1})
    assert api.patch({"enabled": True}, etag='"1"').json["live"]["number"] == 1


def test_F11_a_check_of_an_older_draft_does_not_count(api):
    connection_id = api.put(BODY).json["connection_id"]
    api.services.evidence.was_checked = False
    passed = Result(1, NOW, "anna", passed=True)
    api.services.evidence.record_result("check", connection_id, passed, named={1})
    api.put(BODY | {"method": "GET"}, etag='"1"')
    assert api.patch({"enabled": True}, etag='"2"').json["code"] == "enable_needs_check"


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("50011", "entra_redirect_uri_not_registered", 50011),
        ("Error: AADSTS50105 and more", "entra_user_not_assigned", 50105),
        ("AADSTS9999999: nobody knows", "provider_said_otherwise", 9999999),
        ("<script>alert(1)</script>", "entra_number_missing", None),
        ("Sorry, but we are having trouble signing you in.", "entra_number_missing", None),
        ("Der Zugriff wurde verweigert: AADSTS50105", "entra_user_not_assigned", 50105),
    ],
)
def test_what_the_provider_showed_is_explained(api, text, code, number):
    answer = api.post(f"{AZURE}/explain", {"text": text}).json
    assert (answer["finding"]["code"], answer["number"]) == (code, number)


def test_a_text_without_a_number_is_asked_for_the_whole_page(api):
    finding = api.post(f"{AZURE}/explain", {"text": "Sorry, no."}).json["finding"]
    assert finding["message"] == "No AADSTS number was found in it."
    assert finding["fix"] == "Paste the whole page: the number begins with AADSTS."
    assert (finding["provider_text"], finding["correlation_id"]) == ("", None)


def test_of_other_providers_no_number_is_expected(api):
    path = AZURE.replace("azure", "okta")
    finding = api.post(f"{path}/explain", {"text": "The moon is in the wrong house."}).json[
        "finding"
    ]
    assert finding["code"] == "provider_said_otherwise"


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 4001}, {"text": 50011}])
def test_what_cannot_be_explained_is_400(api, body):
    assert api.post(f"{AZURE}/explain", body).status == 400
