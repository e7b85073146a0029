"""From an answer to its name, and what becomes of an answer that nobody knows."""

import pytest

from authsso.findings.recognise import Observation, recognise

GUID = "11111111-2222-3333-4444-555555555555"
TAIL = f"\r\nTrace ID: {GUID}\r\nCorrelation ID: {GUID}\r\nTimestamp: 2026-11-25 09:00:00Z"


def code(*args, **kwargs):
    return recognise(Observation(*args, **kwargs)).finding.code


def test_the_last_of_several_numbers_is_the_precise_one():
    text = "AADSTS70002: Error validating credentials. AADSTS54005: already redeemed."
    assert code("token", "azure", error="invalid_grant", text=text) == "entra_code_used"


def test_a_number_beats_the_error_beside_it():
    assert (
        code("token", "azure", error="invalid_client", text="AADSTS7000222: expired.")
        == "entra_secret_expired"
    )


def test_numbers_speak_for_any_kind_of_connection():
    assert code("token", "oidc", text="AADSTS7000215: Invalid.") == "entra_secret_wrong"


def test_one_number_means_two_things_in_two_places():
    text = "AADSTS50011: The redirect URI does not match."
    assert code("token", "azure", text=text) == "entra_redirect_uri_differs"
    assert code("authorize", "azure", text=text) == "entra_redirect_uri_not_registered"
    assert code("pasted", "azure", text=text) == "entra_redirect_uri_not_registered"


@pytest.mark.parametrize(
    "text",
    [
        "50105",
        " Error code: 50105 ",
        "AADSTS50105",
        "Sorry, but we’re having trouble signing you in. AADSTS50105: Your administrator ...",
        "error 50105",
    ],
)
def test_what_somebody_pastes_is_understood(text):
    assert code("pasted", "azure", text=text) == "entra_user_not_assigned"


def test_a_bare_number_counts_only_where_somebody_pasted_it():
    assert code("token", "azure", text="50105") == "provider_said_otherwise"


def test_numbers_that_were_read_already_count():
    assert code("token", "azure", numbers=(7000112,)) == "entra_app_disabled"


def test_a_providers_own_words_beat_the_general_ones():
    assert code("token", "okta", error="invalid_client") == "okta_client_refused"
    assert code("token", "oidc", error="invalid_client") == "client_refused"


def test_another_providers_phrase_says_nothing():
    text = "User is not assigned to the client application."
    assert code("authorize", "okta", error="access_denied", text=text) == "okta_user_not_assigned"
    assert code("authorize", "oidc", error="access_denied", text=text) == "provider_denied"


@pytest.mark.parametrize(
    ("seen", "named"),
    [
        pytest.param(
            {"place": "userinfo", "code": "userinfo_unavailable", "status": 429},
            "userinfo_throttled",
            id="userinfo-throttled",
        ),
        pytest.param(
            {"place": "token", "code": "provider_unavailable", "status": 429},
            "too_many_requests",
            id="token-throttled",
        ),
        pytest.param(
            {"place": "token", "code": "provider_unavailable", "status": 503},
            "provider_down",
            id="token-down",
        ),
        pytest.param(
            {"place": "token", "code": "provider_answer_broken"},
            "token_answer_broken",
            id="J04-hung-up-in-the-middle",
        ),
        pytest.param(
            {"place": "discovery", "code": "provider_answer_broken"},
            "no_discovery_document",
            id="J04-the-same-at-discovery",
        ),
    ],
)
def test_our_code_is_read_together_with_the_status_and_the_place(seen, named):
    assert code(provider="oidc", **seen) == named


def test_an_unknown_number_degrades_to_the_providers_own_words():
    text = f"AADSTS9999999: The moon is in the wrong house.{TAIL}"
    found = recognise(Observation("token", "azure", error="invalid_client", text=text))
    assert found.finding.code == "provider_said_otherwise"
    assert found.provider_text == "AADSTS9999999: The moon is in the wrong house."
    assert found.number == 9999999
    assert found.correlation_id == GUID
    assert found.look_up_url == "https://login.microsoftonline.com/error?code=9999999"


def test_an_unknown_error_without_a_text_shows_the_error():
    found = recognise(Observation("authorize", "oidc", error="moon_in_wrong_house"))
    assert found.provider_text == "moon_in_wrong_house"
    assert found.number is found.look_up_url is found.correlation_id is None


def test_the_providers_text_is_one_bounded_line():
    text = "a\r\nb\x00\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}c " + "x" * 100_000
    shown = recognise(Observation("pasted", text=text)).provider_text
    assert shown.startswith("a b [31m c xxx")
    assert len(shown) == 300
    assert shown.isprintable()


@pytest.mark.parametrize("separator", ["\r\n", " "])
def test_the_ids_for_support_are_cut_off_in_both_spellings(separator):
    text = f"AADSTS50020: no.{separator}Trace ID: {GUID} Correlation ID: {GUID}"
    found = recognise(Observation("authorize", "azure", text=text))
    assert found.provider_text == "AADSTS50020: no."
    assert found.correlation_id == GUID


def test_many_numbers_do_not_make_it_slow_or_wrong():
    text = "AADSTS50011 " * 600 + "AADSTS50105: last"
    assert code("pasted", "azure", text=text) == "entra_user_not_assigned"
