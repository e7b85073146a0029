"""E-mail domains: claimed, proven by DNS, given up."""

import pytest

from authsso.errors import UnavailableError
from harness.settings_caller import AZURE, BODY, CLAIMS, NOW, OTHER_TENANT, Api, mistakes
from harness.settings_fakes import settings_services

DOMAINS = "/settings/sso/domains"
ACME = f"{DOMAINS}/acme.example"


@pytest.fixture
def api():
    return Api(settings_services())


def claim(api, domain="acme.example", **options):
    return api.post(DOMAINS, {"domain": domain}, **options)


def publish(api, claimed, *, say=None):
    record = claimed.json["record"]
    api.services.dns.records[record["name"]] = [say or record["value"]]


def proven(api, domain="acme.example", **options):
    publish(api, claim(api, domain, **options))
    answer = api.post(f"{DOMAINS}/{domain}/verify", **options)
    assert answer.status == 200, answer.text
    return answer


def told(api):
    return [event.action for event in api.services.audit.kept]


def test_a_claim_names_the_record_that_proves_it(api):
    answer = claim(api, " ACME.Example. ")

    assert answer.status == 201
    assert answer.json == {
        "domain": "acme.example",
        "state": "pending",
        "proven_at": None,
        "checked_at": None,
        "record": {
            "name": "_authsso.acme.example",
            "type": "TXT",
            "value": "authsso-verification=token-1",
        },
    }
    assert api.get(DOMAINS).json == {"domains": [answer.json]}
    assert told(api) == ["domain_claimed"]


def test_a_claim_that_is_repeated_is_the_same_claim(api):
    first, again = claim(api), claim(api, "ACME.example")

    assert (again.status, again.json) == (200, first.json)
    assert told(api) == ["domain_claimed"]


@pytest.mark.parametrize(
    ("domain", "code"), [("gmail.com", "domain_public"), ("acme", "domain_malformed")]
)
def test_f18_what_is_no_tenants_domain_is_400(api, domain, code):
    answer = claim(api, domain)

    assert (answer.status, answer.json["code"]) == (400, "invalid_domain")
    assert mistakes(answer) == [("domain", code)]


def test_a_published_record_proves_the_domain(api):
    answer = proven(api)

    assert (answer.json["state"], answer.json["proven_at"]) == ("proven", NOW)
    assert api.services.domains.proven_owner("acme.example") == "tenant-a"
    assert told(api) == ["domain_claimed", "domain_proven"]
    again = api.post(f"{ACME}/verify")
    assert (again.status, again.json["state"]) == (200, "proven")
    assert told(api) == ["domain_claimed", "domain_proven"]


@pytest.mark.parametrize("said", [(), ("v=spf1 -all",), ("authsso-verification=other",)])
def test_f18_anything_else_proves_nothing_and_says_what_was_found(api, said):
    claimed = claim(api)
    api.services.dns.records[claimed.json["record"]["name"]] = said

    answer = api.post(f"{ACME}/verify")

    assert (answer.status, answer.json["code"]) == (409, "domain_record_missing")
    message = answer.json["errors"][0]["message"]
    assert all(text in message for text in said)
    assert api.services.domains.proven_owner("acme.example") is None
    assert api.get(DOMAINS).json["domains"][0]["checked_at"] == NOW


def test_a_record_at_the_doubled_name_is_named_and_proves_nothing(api):
    record = claim(api).json["record"]
    api.services.dns.records[f"{record['name']}.acme.example"] = (record["value"],)

    answer = api.post(f"{ACME}/verify")

    assert (answer.status, answer.json["code"]) == (409, "domain_record_missing")
    assert "_authsso.acme.example.acme.example" in answer.json["errors"][0]["message"]
    assert api.services.domains.proven_owner("acme.example") is None


def test_no_answer_at_the_doubled_name_is_no_failure(api):
    doubled = f"{claim(api).json['record']['name']}.acme.example"
    api.services.dns.records[doubled] = UnavailableError("dns_unavailable", "SERVFAIL")

    answer = api.post(f"{ACME}/verify")

    assert (answer.status, answer.json["code"]) == (409, "domain_record_missing")


def test_dns_that_does_not_answer_is_503(api):
    claimed = claim(api)
    error = UnavailableError("dns_unavailable", "SERVFAIL")
    api.services.dns.records[claimed.json["record"]["name"]] = error

    answer = api.post(f"{ACME}/verify")

    assert (answer.status, answer.json["code"]) == (503, "dns_unavailable")


def test_f18_one_tenants_record_proves_nothing_for_another(api):
    publish(api, claim(api))
    claim(api, claims=OTHER_TENANT)

    answer = api.post(f"{ACME}/verify", claims=OTHER_TENANT)

    assert (answer.status, answer.json["code"]) == (409, "domain_record_missing")


def test_f18_a_domain_has_one_owner(api):
    proven(api)
    theirs = claim(api, claims=OTHER_TENANT)
    assert theirs.status == 201
    publish(api, theirs)

    answer = api.post(f"{ACME}/verify", claims=OTHER_TENANT)

    assert (answer.status, answer.json["code"]) == (409, "domain_taken")
    assert "tenant-a" not in answer.text
    assert api.services.domains.proven_owner("acme.example") == "tenant-a"


def test_f18_a_proof_reaches_neither_up_nor_down(api):
    proven(api)

    assert claim(api, "sub.acme.example").json["state"] == "pending"
    assert api.post(f"{DOMAINS}/sub.acme.example/verify").status == 409


def test_f05_another_tenant_sees_and_removes_nothing(api):
    proven(api)

    assert api.get(DOMAINS, claims=OTHER_TENANT).json == {"domains": []}
    assert api.post(f"{ACME}/verify", claims=OTHER_TENANT).status == 404
    assert api.delete(ACME, claims=OTHER_TENANT).status == 204
    assert api.services.domains.proven_owner("acme.example") == "tenant-a"


def test_f17_a_domain_that_was_given_up_is_claimed_anew(api):
    first = proven(api)
    assert api.delete(ACME).status == 204

    again = claim(api)

    assert again.status == 201
    assert again.json["record"]["value"] != first.json["record"]["value"]
    assert api.post(f"{ACME}/verify").status == 409


def test_a_domain_in_its_own_letters_is_found(api):
    proven(api, "xn--bcher-kva.example")

    assert api.post(f"{DOMAINS}/b%C3%BCcher.example/verify").status == 200
    assert api.delete(f"{DOMAINS}/bücher.example").status == 204
    assert api.get(DOMAINS).json == {"domains": []}


@pytest.mark.parametrize("domain", ["nobody.example", "x", "%00", "acme.example%2F..", "a" * 300])
def test_a_domain_that_was_not_added_is_404_to_verify_and_gone_to_delete(api, domain):
    assert api.post(f"{DOMAINS}/{domain}/verify").status == 404
    assert api.delete(f"{DOMAINS}/{domain}").status == 204


def test_a_proven_domain_is_given_up_by_who_has_just_signed_in(api):
    old = CLAIMS | {"auth_time": NOW - 901}
    claim(api, "b.example")
    proven(api)

    assert api.delete(f"{DOMAINS}/b.example", claims=old).status == 204
    assert api.delete(ACME, claims=old).json["code"] == "reauth_required"
    assert api.services.domains.proven_owner("acme.example") == "tenant-a"


def test_the_last_proven_domain_of_an_enforced_tenant_stays(api):
    proven(api)
    api.post("/settings/sso/emergency-access/recovery-codes")
    api.put(BODY)
    enabled = api.patch({"enabled": True}, etag='"1"')
    api.services.evidence.sign_in(enabled.json["connection_id"], 1, "anna")
    api.patch({"enforced": True}, etag='"2"')

    answer = api.delete(ACME)
    assert (answer.status, answer.json["code"]) == (409, "domain_needed")

    proven(api, "b.example")
    assert api.delete(ACME).status == 204
    assert api.get(AZURE).json["enforced"] is True


def test_an_operators_domain_is_not_looked_up(api):
    api.services.domains.items["acme.example"] = ("tenant-a", 7)

    answer = api.post(f"{ACME}/verify")

    assert (answer.json["state"], answer.json["record"]["value"]) == ("proven", "")
