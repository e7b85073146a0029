"""Every row of docs/drop-in.md is held by tests, and they are there."""

import json
import re
from functools import cache

import pytest

from harness import security_rows
from harness.security_rows import ROOT

PAGE = (ROOT / "docs/drop-in.md").read_text()
_HEAD = ("client", "parameter", "path")

AUTHORIZE = "functions/test_authorize.py::"
PARSE = "protocol/test_authorization_request.py::"
TOLD = f"{PARSE}test_a_mistake_of_the_application_is_told_to_it"
ACCEPTED = f"{PARSE}test_what_is_accepted"
STRAIGHT = f"{AUTHORIZE}test_a_hint_leads_straight_to_the_provider"
HERE = "functions/test_drop_in.py::"
IMPORTED = "functions/test_imported_people.py::"
FLOW = "flows/test_drop_in.py::"
TOKEN = "functions/test_token_endpoint.py::"
MINTING = "functions/test_token_endpoint_minting.py::"
CREDENTIALS = "protocol/test_client_credentials.py::"
REVOKE = "functions/test_revocation.py::"
USERINFO = "functions/test_userinfo.py::"
LOGOUT = "functions/test_logout.py::"
LOGIN = "functions/test_login.py::"
INITIATED = "protocol/test_initiated_login.py::"
COGNITO_PAGE = f"{LOGIN}test_a_page_of_cognito_gets_what_was_sent"
CLIENTS = "clients/test_clients.py::"

HELD_BY = {
    "What to change in the application": {
        "`aws-amplify`, in the browser": [f"{CLIENTS}test_userinfo_tells_who_it_is"],
        "`oidc-client-ts`, in the browser": [f"{CLIENTS}test_userinfo_tells_who_it_is"],
        "`openid-client`, on a server with a secret": [f"{CLIENTS}test_userinfo_tells_who_it_is"],
    },
    "GET /oauth2/authorize": {
        "`client_id`": [f"{AUTHORIZE}test_the_person_alone_hears_of_it__K44[E02-unknown]"],
        "`redirect_uri`": [
            f"{AUTHORIZE}test_the_person_alone_hears_of_it__K44[E03]",
            f"{PARSE}test_each_of_several_registered_uris_works_alone_and_no_fourth_does__K47",
        ],
        "`response_type`": [f"{AUTHORIZE}test_the_application_hears_with_its_state[E05]"],
        "`state`": [
            f"{ACCEPTED}[E09-any-character]",
            f"{ACCEPTED}[E09-at-the-limit]",
            f"{PARSE}test_an_endless_state_is_refused_and_not_repeated__E09",
        ],
        "`scope`": [
            f"{TOLD}[E08-not-granted]",
            f"{ACCEPTED}[E08-all-that-is-allowed]",
            f"{FLOW}test_tokens_carry_all_scopes_whichever_were_asked_for",
        ],
        "`code_challenge` `code_challenge_method`": [
            f"{TOLD}[E06-no-pkce]",
            f"{TOLD}[E06-plain]",
            f"{HERE}test_a_confidential_application_needs_pkce_too",
        ],
        "`nonce`": [f"{TOLD}[E10-nonce]"],
        "`identity_provider`": [
            f"{AUTHORIZE}test_a_connection_named_outright",
            f"{STRAIGHT}[kind-and-tenant]",
            f"{STRAIGHT}[kind-and-address]",
            f"{HERE}test_without_a_tenant_the_page_asks[COGNITO]",
            f"{HERE}test_other_providers_of_the_pool_are_no_hint[Facebook]",
            f"{IMPORTED}test_a_provider_of_the_pool_that_is_nobodys_goes_on_at_cognito",
            f"{IMPORTED}test_every_hint_hands_over_before_the_move_and_leads_straight_after_it[name]",
        ],
        "`idp_identifier`": [
            f"{STRAIGHT}[tenant]",
            f"{STRAIGHT}[its-domain]",
            f"{IMPORTED}test_every_hint_hands_over_before_the_move_and_leads_straight_after_it[identifier]",
        ],
        "`login_hint`": [
            f"{STRAIGHT}[address]",
            f"{HERE}test_any_other_address_continues_at_cognitos_own_page",
        ],
        "`prompt`": [
            f"{HERE}test_every_prompt_reaches_the_provider[select_account]",
            f"{HERE}test_nobody_is_signed_in_without_being_asked",
            f"{CLIENTS}test_a_client_that_asks_silently_is_told_that_nobody_is_signed_in",
        ],
        "`lang`": [f"{HERE}test_what_is_ignored_at_authorize_changes_nothing[lang]"],
        "`resource`": [f"{HERE}test_what_is_ignored_at_authorize_changes_nothing[resource]"],
        "`request` `request_uri` `registration` `claims`": [
            f"{TOLD}[E13-request]",
            f"{TOLD}[E13-request-uri]",
            f"{TOLD}[E13-registration]",
            f"{TOLD}[E13-claims]",
        ],
    },
    "POST /oauth2/token": {
        "client authentication": [
            f"{CREDENTIALS}test_who_proves_itself_is_let_in[form]",
            f"{CREDENTIALS}test_who_proves_itself_is_let_in[E30-basic-url-decoded-at-first-colon]",
            f"{CREDENTIALS}test_who_does_not_prove_itself_is_refused[E30-both-places]",
            f"{CREDENTIALS}test_who_does_not_prove_itself_is_refused[E30-secret-of-a-public-one]",
            f"{MINTING}test_a_confidential_application_gets_its_own",
        ],
        "`grant_type=authorization_code`": [
            f"{MINTING}test_a_code_becomes_tokens__E01_E35",
            f"{TOKEN}test_a_code_that_is_not_ours_is_cognitos_to_judge",
            f"{TOKEN}test_time_is_up_after_a_minute",
            "flows/test_sign_in.py::test_E26_a_second_use_ends_every_session_of_the_user",
        ],
        "`grant_type=refresh_token`": [
            f"{CLIENTS}test_a_refresh_brings_new_tokens_of_the_same_session",
            f"{MINTING}test_a_refresh",
            f"{MINTING}test_a_refresh_token_that_cognito_rotates_is_handed_on",
        ],
        "`grant_type=client_credentials`": [f"{HERE}test_machines_ask_the_cognito_domain"],
        "`scope` `aws_client_metadata`": [
            f"{HERE}test_what_is_ignored_at_the_token_endpoint_changes_nothing[scope]",
            f"{HERE}test_what_is_ignored_at_the_token_endpoint_changes_nothing[aws_client_metadata]",
        ],
        "`Origin` of a script": [
            f"{FLOW}test_scripts_of_allowed_origins_alone_may_ask",
            f"{FLOW}test_scripts_of_allowed_origins_alone_read_the_answer",
        ],
    },
    "POST /oauth2/revoke": {
        "client authentication": [
            f"{REVOKE}test_who_is_not_proven_revokes_nothing[E30-no-secret]",
            f"{REVOKE}test_a_confidential_application_ends_its_own",
        ],
        "`token`": [
            f"{FLOW}test_a_revoked_refresh_token_is_good_for_nothing",
            f"{REVOKE}test_a_token_must_be_there",
            f"{REVOKE}test_what_cognito_does_not_revoke_is_said[not_a_refresh_token]",
            f"{REVOKE}test_done_is_200_and_empty[unknown]",
        ],
        "`token_type_hint`": [f"{REVOKE}test_done_is_200_and_empty[good]"],
    },
    "GET, POST /oauth2/userInfo": {
        "`Authorization: Bearer`": [
            f"{USERINFO}test_who_it_is",
            f"{USERINFO}test_a_token_that_does_not_hold[without-openid]",
            f"{USERINFO}test_a_token_comes_in_its_header_alone",
            f"{FLOW}test_userinfo_does_not_see_that_the_refresh_token_was_revoked",
        ],
    },
    "GET /logout": {
        "`client_id`": [f"{LOGOUT}test_an_application_must_be_named[E38-missing]"],
        "`logout_uri`": [
            f"{LOGOUT}test_an_address_that_is_not_registered_is_never_gone_to__K57[E38-slash-added]",
            f"{FLOW}test_signing_out_goes_by_way_of_the_cognito_domain",
        ],
        "`redirect_uri` `response_type` `scope` `state`": [
            f"{LOGOUT}test_signing_in_again_asks_again_and_keeps_the_state__E39",
            f"{LOGOUT}test_the_rest_is_judged_as_every_sign_in_is[E39-pkce]",
        ],
        "`id_token_hint`": [f"{LOGOUT}test_nothing_else_goes_to_the_cognito_domain__E46"],
    },
    "Other paths": {
        "`GET /login`": [f"{LOGIN}test_login_is_authorize_under_another_name"],
        "`GET /signup`": [f"{FLOW}test_pages_of_cognito_are_passed_on_to[/signup]", COGNITO_PAGE],
        "`GET /forgotPassword`": [COGNITO_PAGE],
        "`GET /passkeys/add`": [COGNITO_PAGE],
        "`GET, POST /oauth2/idpresponse`": [
            "functions/test_idpresponse.py::test_each_method_reads_one_place"
        ],
        "`/confirm` `/confirmUser` `/confirmForgotPassword` `/resendcode` `/error`": [
            f"{HERE}test_what_is_not_offered_has_no_route"
        ],
        "`/saml2/idpresponse` `/saml2/logout`": [f"{HERE}test_what_is_not_offered_has_no_route"],
        "`/.well-known/openid-configuration` `/.well-known/jwks.json`": [
            f"{HERE}test_what_is_not_offered_has_no_route"
        ],
    },
    "GET, POST /login/initiate: a tile in a portal": {
        "`client_id`": [f"{INITIATED}test_where_it_leads[named]"],
        "`login_hint` `idp_identifier` `identity_provider`": [
            f"{INITIATED}test_what_is_passed_on",
            f"{FLOW}test_a_tile_leads_to_the_application",
        ],
        "`iss`": [f"{INITIATED}test_what_is_no_issuer_is_not_passed_on[http]"],
        "`target_link_uri`": [f"{INITIATED}test_a_target_elsewhere_is_not_passed_on[other-host]"],
    },
}


def rows() -> dict[str, list[str]]:
    """The first cell of each row, by the heading that it stands under."""
    found = {}
    for part in PAGE.split("\n## ")[1:]:
        cells = re.findall(r"^\| (.+?) \|", part, re.MULTILINE)
        if listed := [cell for cell in cells if cell not in _HEAD and set(cell) != {"-"}]:
            found[part.partition("\n")[0]] = listed
    return found


@cache
def held_in(file: str) -> dict[str, list[str]]:
    """The tests of a file, and what each is parametrised with."""
    return dict(security_rows.tests_in((ROOT / "tests" / file).read_text()))


def test_every_row_is_held_and_every_holder_has_its_row():
    assert {heading: list(held) for heading, held in HELD_BY.items()} == rows()


@pytest.mark.parametrize(
    "test", sorted({test for held in HELD_BY.values() for tests in held.values() for test in tests})
)
def test_what_holds_a_row_is_there(test):
    file, _, named = test.partition("::")
    name, _, text = named.removesuffix("]").partition("[")
    assert name in held_in(file)
    assert not text or text in held_in(file)[name]


def test_the_clients_are_proven_with_what_is_installed():
    package = json.loads((ROOT / "tests/clients/package.json").read_text())
    told = dict(re.findall(r"^\| `([a-z-]+)`, .*? \| ([\d.]+) \|", PAGE, re.MULTILINE))
    assert told == {n: v for n, v in package["dependencies"].items() if n != "esbuild"}
