"""Groups over the deployed stack: in and out with the provider, as the application reads them."""

import uuid

import pytest

from harness.token_payload import payload

MANAGERS, AGENTS = str(uuid.uuid4()), str(uuid.uuid4())
OVERAGE = {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "x"}}}


@pytest.fixture
def sign_in(organisation, demo_provider, person):
    """Sign Emil in with claims; return the groups in his tokens, which are the same in both."""
    organisation.connect(group_mapping={MANAGERS: "managers", AGENTS: "agents"})

    def groups(**claims):
        with organisation.at_the_provider(demo_provider, organisation.employee, **claims):
            tokens = person.sign_in(
                organisation.stack.demo.user.email,
                login_hint=None,
                idp_identifier=organisation.tenant.tenant_id,
            )
        of_access = groups_in(tokens["access_token"])
        assert of_access == groups_in(tokens["id_token"])
        return of_access

    return groups


def groups_in(token):
    claims = payload(token)
    return set(claims.get("cognito:groups", ()))


def test_a_person_is_in_the_groups_that_the_provider_says_and_in_no_others__F23(
    sign_in, organisation, demo_provider
):
    """A group of the product's own stays, whatever the provider says."""
    organisation.put_into_a_group(organisation.employee)
    own = {organisation.tenant.tenant_id}

    assert sign_in(groups=[MANAGERS, "tenant-admins"]) == own | {"managers"}
    assert sign_in(groups=[AGENTS]) == own | {"agents"}
    assert sign_in(**OVERAGE, at_graph=[MANAGERS, AGENTS]) == own | {"managers", "agents"}
    assert len(demo_provider.requests(route="graph")) == 1
    assert sign_in(**OVERAGE) == own
