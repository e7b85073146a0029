"""Mallory administers a tenant and runs its provider: what she gets of everybody else (B20).

Each form of the mix-up is played whole, on the deployed stack: the victim's browser follows a link
to Mallory's sign-in, her provider sends it on to the honest one, the victim signs in there, and
the honest answer goes wherever it was sent. Mallory's provider writes down what reaches it.
"""

import json

import httpx
import pytest

from harness.malicious_provider import MaliciousProvider
from harness.mallory import HerApp, Mallory
from harness.organisation import Organisation
from harness.person import Person, answer_of, error_shown
from harness.token_payload import payload

# What belongs to one sign-in and not to another: Mallory sends on those of the victim's, or puts
# those of a sign-in that she has begun herself in their place.
VICTIMS = ("state", "nonce", "code_challenge")
HER_OWN = ("state",)
PROMISES_ISS = {"authorization_response_iss_parameter_supported": True}


@pytest.fixture(scope="module")
def mallory(stack, aws):
    """Her tenant, with her provider behind two connections, saved while it was honest."""
    organisation = Organisation(stack, aws)
    person = organisation.employee
    provider = MaliciousProvider(sub="mallorys-own", email=person.email, email_verified=True)
    made = Mallory(stack, organisation, provider)
    made.take_live("oidc", made.settings("oidc"))
    with provider.turning(metadata=PROMISES_ISS):
        made.take_live("keycloak", made.settings("keycloak"))
    yield made
    provider.close()


@pytest.fixture
def victim(stack, demo_provider):
    """Somebody with an account at the honest provider, who has followed Mallory's link."""
    with Person(stack) as person:
        yield person


@pytest.fixture
def her_app(stack, mallory, demo_provider):
    return HerApp(stack, mallory, demo_provider)


def users_of(mallory, email):
    organisation = mallory.organisation
    found = organisation.cognito.list_users(
        UserPoolId=organisation.stack.user_pool_id, Filter=f'email = "{email}"'
    )
    return [user["Username"] for user in found["Users"]]


def sent_on(to, takes_over, **changes):
    """Mallory's redirect: an authorization request at the honest provider, changed her way."""

    def location(query):
        taken = {name: query[name] for name in takes_over}
        return str(httpx.URL(to).copy_merge_params(taken | changes))

    return location


# --- the honest provider's answer, under Mallory's sign-in


@pytest.mark.parametrize(
    ("honest", "takes_over", "kind"),
    [
        pytest.param("acme", VICTIMS, "oidc", id="B20-shared-callback-our-nonce"),
        pytest.param("acme", HER_OWN, "oidc", id="B20-shared-callback-copied-nonce"),
        pytest.param("acme", HER_OWN, "keycloak", id="B20-shared-callback-through-keycloak"),
        pytest.param("globex", VICTIMS, "oidc", id="B20-own-callback-our-nonce"),
        pytest.param("globex", HER_OWN, "oidc", id="B20-own-callback-copied-nonce"),
    ],
)
def test_an_honest_answer_never_ends_mallorys_sign_in(
    stack, mallory, victim, demo_provider, *, honest, takes_over, kind
):
    login = stack.tenant(honest).user.email
    with Person(stack) as her_browser:
        hers = her_browser.authorize(login_hint=login).headers["location"]
        with mallory.provider.turning(sends_on=sent_on(hers, takes_over)):
            callback = mallory.lures(victim, login, kind)
            refused = victim.send(callback)

            assert "code" in callback.parameters
            assert error_shown(refused) == "wrong_callback"
            assert mallory.provider.asked == {"authorize": 1}
    assert demo_provider.requests(route="token") == []
    seen = mallory.trace_of(refused)
    assert (seen["finding"]["code"], seen["person"]) == ("answer_at_wrong_address", None)
    assert login not in json.dumps(seen)
    assert callback.parameters["code"] not in json.dumps(seen)


@pytest.mark.parametrize("honest", ["acme", "globex"])
def test_B20_had_she_the_code_she_would_be_the_victim(stack, mallory, victim, honest):
    """What the refusal is worth: with the nonce copied, nothing after it would have stopped her."""
    user = stack.tenant(honest).user
    with Person(stack) as her_browser:
        hers = httpx.URL(her_browser.authorize(login_hint=user.email).headers["location"])
        with mallory.provider.turning(sends_on=sent_on(hers, HER_OWN)):
            callback = mallory.lures(victim, user.email)

        leaked = callback.with_(state=hers.params["state"])
        code = answer_of(her_browser.send(leaked))["code"]
        tokens = her_browser.token_request(code).json()

    assert payload(tokens["id_token"])["email"] == user.email


@pytest.mark.parametrize("honest", ["acme", "globex"])
def test_B20_the_honest_provider_sends_nobody_to_her_callback(
    stack, mallory, victim, demo_provider, honest
):
    user = stack.tenant(honest).user
    hers = victim.authorize(login_hint=user.email).headers["location"]
    registered = httpx.URL(hers).params["redirect_uri"]
    client = demo_provider.register(stack.tenant(honest).registrations[0], registered)
    there = sent_on(hers, VICTIMS, client_id=client.client_id, redirect_uri=mallory.callback())
    with mallory.provider.turning(sends_on=there):
        departure = victim.authorize(**mallory.link())
        page = victim.stranded_at_provider(departure.headers["location"], user.email)

        assert "redirect" in page
        assert mallory.provider.asked == {"authorize": 1}


# --- `iss` (RFC 9207)


def test_A58_B20_iss_betrays_an_honest_answer_even_at_her_callback(
    stack, mallory, victim, demo_provider
):
    """Somebody at the honest provider was talked into registering Mallory's redirect URI."""
    user, registration = stack.tenant("globex").user, stack.tenant("globex").registrations[0]
    client = demo_provider.register(registration, mallory.callback())
    with Person(stack) as her_browser:
        hers = her_browser.authorize(login_hint=user.email).headers["location"]
    there = sent_on(hers, VICTIMS, client_id=client.client_id, redirect_uri=mallory.callback())
    with mallory.provider.turning(sends_on=there):
        callback = mallory.lures(victim, user.email)

        assert callback.url.startswith(mallory.callback())
        assert callback.parameters["iss"] == registration.issuer
        refused = victim.send(callback)
        assert error_shown(refused) == "issuer_mismatch"
        assert mallory.provider.loot == []
    assert mallory.finding_of(refused) == "answer_of_other_provider"


@pytest.mark.parametrize(
    ("kind", "whose", "code", "finding"),
    [
        pytest.param("keycloak", None, "issuer_missing", "answer_names_nobody", id="A59-absent"),
        pytest.param(
            "keycloak", "acme", "issuer_mismatch", "answer_of_other_provider", id="A58-promised"
        ),
        pytest.param(
            "oidc", "acme", "issuer_mismatch", "answer_of_other_provider", id="A58-not-promised"
        ),
    ],
)
def test_an_answer_that_names_another_provider_or_none_ends_there(
    stack, mallory, victim, *, kind, whose, code, finding
):
    issuer = whose and stack.tenant(whose).registrations[0].issuer
    with mallory.provider.turning(answers_with={"iss": issuer}):
        refused = victim.send(mallory.lures(victim, "anybody", kind))

        assert error_shown(refused) == code
        assert mallory.provider.asked == {"authorize": 1}
    assert mallory.finding_of(refused) == finding


# --- mixed metadata


@pytest.mark.parametrize(
    "member", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"]
)
def test_B20_a_pinned_kind_takes_no_document_that_names_mallorys_server(
    stack, mallory, demo_provider, member
):
    """The document lies on a pinned host, and one endpoint of it does not."""
    foreign = {member: f"{mallory.provider.origin}/x"}
    with mallory.provider.turning(), demo_provider.publishing(stack.provider, **foreign):
        refused = mallory.save("azure", discovery_url=stack.provider.discovery_url)

        assert refused == ["metadata_host_not_pinned"]
        assert mallory.provider.asked == {}


def test_B20_a_pinned_kind_is_not_discovered_at_mallorys_server(mallory):
    with mallory.provider.turning():
        assert mallory.save("azure") == ["discovery_url_other_host"]
        assert mallory.provider.asked == {}


def test_B20_with_endpoints_of_two_providers_she_still_gets_no_code(
    stack, mallory, victim, demo_provider
):
    """The honest authorization endpoint and client, Mallory's token endpoint: an `oidc` may."""
    user, registration = stack.tenant("acme").user, stack.provider
    client = demo_provider.register(registration, f"{stack.base_url}/oauth2/idpresponse")
    honest = victim.authorize(login_hint=user.email).headers["location"].partition("?")[0]
    mixed = mallory.settings("oidc", client_id=client.client_id)
    with mallory.provider.turning(metadata={"authorization_endpoint": honest}):
        mallory.take_live("oidc", mixed)
    try:
        with mallory.provider.turning():
            departure = victim.authorize(**mallory.link()).headers["location"]
            page = victim.stranded_at_provider(departure, user.email)

            assert departure.startswith(honest)
            assert "AADSTS50011" in page
            assert mallory.provider.asked == {}
    finally:
        mallory.take_live("oidc", mallory.settings("oidc"))


@pytest.mark.parametrize(
    ("member", "code"),
    [
        pytest.param("token_endpoint", "metadata_host_not_pinned", id="A100-token-endpoint"),
        pytest.param("jwks_uri", "metadata_host_not_pinned", id="A100-keys"),
        pytest.param("issuer", "issuer_mismatch", id="A100-issuer"),
    ],
)
def test_a_document_that_turns_after_it_was_saved_is_not_followed(
    stack, mallory, victim, demo_provider, *, member, code
):
    """Nothing that signs people in asks for metadata again; the next save judges it anew."""
    turned = {member: f"{mallory.provider.origin}/x"}
    with mallory.provider.turning(), demo_provider.publishing(stack.provider, **turned):
        assert victim.sign_in(stack.demo.user.email)["id_token"]

        assert mallory.provider.asked == {}
        assert demo_provider.requests(route="discovery") == []
        assert mallory.save("azure", discovery_url=stack.provider.discovery_url) == [code]


def test_A100_nor_is_her_own_when_it_names_the_honest_authorization_endpoint(
    stack, mallory, victim
):
    honest = f"{stack.provider.issuer.removesuffix('/v2.0')}/oauth2/v2.0/authorize"
    with mallory.provider.turning(metadata={"authorization_endpoint": honest}):
        arrived = victim.send(mallory.lures(victim, "anybody"))

        assert "code" in answer_of(arrived)
        assert mallory.provider.asked["discovery"] == 0


# --- somebody else's name


def test_A100_her_document_may_not_name_the_honest_issuer(stack, mallory):
    with mallory.provider.turning(metadata={"issuer": stack.provider.issuer}):
        assert mallory.save("oidc") == ["issuer_mismatch"]


@pytest.mark.parametrize(
    ("member", "code"),
    [
        pytest.param("issuer", "id_token_issuer", id="A02-honest-issuer"),
        pytest.param("client_id", "id_token_audience", id="A94-honest-audience"),
    ],
)
def test_her_keys_sign_nothing_in_the_honest_providers_name(stack, mallory, victim, member, code):
    claim = {"issuer": "iss", "client_id": "aud"}[member]
    lie = mallory.provider.claims | {claim: getattr(stack.provider, member)}
    with mallory.provider.turning(claims=lie):
        told = answer_of(victim.send(mallory.lures(victim, "anybody")))

    assert (told["error"], f"({code}, " in told["error_description"]) == ("invalid_request", True)


def test_A02_B20_an_honest_id_token_from_her_application_signs_nobody_in(
    stack, mallory, victim, her_app, demo_provider
):
    """Her application at the honest provider, our nonce, its keys: all but the issuer is right."""
    keys = f"{stack.provider.issuer.removesuffix('/v2.0')}/discovery/v2.0/keys"
    with mallory.provider.turning(metadata={"jwks_uri": keys}):
        mallory.take_live("keycloak", mallory.settings("keycloak", client_id=her_app.client_id))

    location = victim.authorize(**mallory.link("keycloak")).headers["location"]
    id_token = her_app.id_token(victim, httpx.URL(location).params["nonce"])
    with mallory.provider.turning(id_token=id_token):
        told = answer_of(victim.send(victim.at_provider(location, "anybody")))

    assert payload(id_token)["email"] == stack.demo.user.email
    assert (told["error"], "(id_token_issuer, " in told["error_description"]) == (
        "invalid_request",
        True,
    )


def test_F19_whoever_she_says_it_is_nobody_of_another_tenant_comes_in(
    stack, mallory, victim, her_app
):
    """Everything that the honest provider says of the victim, in an ID token of Mallory's own."""
    before = users_of(mallory, stack.demo.user.email)
    with mallory.provider.turning(claims=her_app.says_of(victim)):
        refused = victim.send(mallory.lures(victim, "anybody"))

    told = answer_of(refused)
    assert (told["error"], "code" in told) == ("access_denied", False)
    assert mallory.finding_of(refused) == "email_domain_not_proven"
    assert users_of(mallory, stack.demo.user.email) == before == [stack.demo.user.username]


def test_F20_K63_the_honest_subject_makes_her_people_hers_and_nobody_elses(
    stack, mallory, victim, her_app
):
    newcomer = f"new@{mallory.organisation.tenant.domain}"
    lie = her_app.says_of(victim) | {"email": newcomer, "custom:tenant_id": "acme"}
    with mallory.provider.turning(claims=lie):
        code = answer_of(victim.send(mallory.lures(victim, "anybody")))["code"]
        hers = payload(victim.token_request(code).json()["id_token"])
    own = payload(victim.sign_in(stack.demo.user.email)["id_token"])

    assert (hers["custom:tenant_id"], hers["email"]) == (
        mallory.organisation.tenant.tenant_id,
        newcomer,
    )
    assert (own["custom:tenant_id"], own["cognito:username"]) == (
        "acme",
        stack.demo.user.username,
    )


# --- what is refused above works otherwise


@pytest.mark.parametrize("honest", ["acme", "globex"])
def test_the_honest_sign_in_works_beside_hers(stack, mallory, victim, honest):
    user = stack.tenant(honest).user
    departure = victim.authorize(**mallory.link()).headers["location"]  # and is left open
    tokens = victim.sign_in(user.email)

    assert departure.startswith(mallory.provider.origin)
    assert payload(tokens["access_token"])["custom:tenant_id"] == honest


def test_her_own_person_signs_in_through_her_provider(mallory, victim):
    with mallory.provider.turning():
        code = answer_of(victim.send(mallory.lures(victim, "anybody")))["code"]
        claims = payload(victim.token_request(code).json()["id_token"])

        assert claims["cognito:username"] == mallory.organisation.employee.username
        assert [form["grant_type"] for form in mallory.provider.loot] == ["authorization_code"]
