"""A record that is gone leaves seven days; a server that is silent changes nothing (F18)."""

import pytest

from authsso.errors import UnavailableError
from authsso.protocol.domain_claim import GRACE_SECONDS, ClaimedDomain
from domain_recheck.app import create_handler
from harness.settings_caller import NOW
from harness.settings_fakes import Clock, settings_services

ACME = ClaimedDomain("acme.example", 7, "token")


@pytest.fixture
def services():
    made = settings_services()
    made.domains.items["acme.example"] = ("tenant-a", ACME)
    publish(made)
    return made


def publish(services, *texts):
    services.dns.records["_authsso.acme.example"] = texts or ("authsso-verification=token",)


def recheck(services, now=NOW):
    services.now = Clock(now)
    return create_handler(lambda: services)({}, None)


def standing(services):
    return services.domains.find("tenant-a", "acme.example")


def told(services):
    return [(event.action, event.actor.username) for event in services.audit.kept]


def test_a_record_that_stands_is_no_news(services):
    assert recheck(services) == {"proven": 1}
    assert (standing(services).state, standing(services).checked_at) == ("proven", NOW)
    assert told(services) == []


def test_a_record_that_is_gone_is_told_once_and_lapses_after_seven_days(services):
    publish(services, "v=spf1 -all")

    assert recheck(services) == {"lapsing": 1}
    assert recheck(services, NOW + 86_400) == {"lapsing": 1}
    assert services.domains.proven_owner("acme.example") == "tenant-a"
    assert recheck(services, NOW + GRACE_SECONDS) == {"lapsed": 1}

    assert services.domains.proven_owner("acme.example") is None
    assert standing(services).state == "pending"
    assert recheck(services, NOW + GRACE_SECONDS) == {}
    assert told(services) == [("domain_lapsing", "authsso"), ("domain_lapsed", "authsso")]


def test_a_record_that_comes_back_mends_it(services):
    publish(services, "")
    recheck(services)
    publish(services)

    assert recheck(services, NOW + GRACE_SECONDS) == {"proven": 1}
    assert standing(services).state == "proven"
    assert told(services)[-1] == ("domain_proven", "authsso")


def test_a_server_that_does_not_answer_changes_nothing(services):
    services.dns.records["_authsso.acme.example"] = UnavailableError("dns_unavailable")

    assert recheck(services, NOW + GRACE_SECONDS) == {"unknown": 1}
    assert standing(services) == ACME


def test_a_domain_that_the_operator_vouches_for_is_not_looked_up(services):
    services.domains.items["b.example"] = ("tenant-b", 7)

    assert recheck(services) == {"proven": 1, "vouched_for": 1}


def test_a_domain_that_is_removed_at_this_moment_stays_removed(services):
    def texts(_name):
        services.domains.items.clear()
        return ()

    services.dns.texts = texts

    assert recheck(services) == {"changed": 1}
    assert services.domains.items == {}
