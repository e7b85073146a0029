"""Nobody finishes custom authentication but with one good answer (F33, F34)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authsso.protocol import custom_challenge
from authsso.protocol.custom_challenge import CHALLENGE, Definition, Ticket

ASK = Definition(CHALLENGE, issue_tokens=False, fail=False)
ISSUE = Definition(None, issue_tokens=True, fail=False)
FAIL = Definition(None, issue_tokens=False, fail=True)
GOOD = {"challengeName": CHALLENGE, "challengeResult": True, "challengeMetadata": None}


@pytest.mark.parametrize(
    ("session", "user_not_found", "expected"),
    [
        pytest.param([], True, FAIL, id="F34-unknown-user"),
        pytest.param([GOOD], True, FAIL, id="F34-unknown-user-with-a-good-answer"),
        pytest.param([GOOD | {"challengeResult": False}], False, FAIL, id="F34-wrong-answer"),
        pytest.param([GOOD | {"challengeResult": None}], False, FAIL, id="F34-no-result"),
        pytest.param([GOOD | {"challengeResult": "true"}], False, FAIL, id="F34-text"),
        pytest.param([GOOD | {"challengeResult": 1}], False, FAIL, id="F34-number"),
        pytest.param([{}], False, FAIL, id="F34-empty"),
        pytest.param([GOOD | {"challengeName": "SRP_A"}], False, FAIL, id="F34-srp"),
        pytest.param(
            [GOOD | {"challengeName": "PASSWORD_VERIFIER"}], False, FAIL, id="F34-password"
        ),
        pytest.param([GOOD, GOOD], False, FAIL, id="F34-twice"),
        pytest.param(
            [GOOD | {"challengeName": "SRP_A"}, GOOD], False, FAIL, id="F34-something-before"
        ),
        pytest.param(
            [GOOD | {"challengeResult": False}, GOOD], False, FAIL, id="F34-a-second-attempt"
        ),
        pytest.param([], False, ASK, id="ask"),
        pytest.param([GOOD], False, ISSUE, id="issue"),
    ],
)
def test_define(session, user_not_found, expected):
    assert custom_challenge.define(session, user_not_found=user_not_found) == expected


@settings(max_examples=100)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "challengeName": st.sampled_from([CHALLENGE, "SRP_A", "PASSWORD_VERIFIER"]),
                "challengeResult": st.booleans(),
            }
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_tokens_come_from_exactly_one_good_answer__F34(session, user_not_found):
    definition = custom_challenge.define(session, user_not_found=user_not_found)
    good = [{"challengeName": CHALLENGE, "challengeResult": True}]
    assert definition.issue_tokens == (session == good and not user_not_found)
    assert [definition.issue_tokens, definition.fail, definition.challenge is not None].count(
        True
    ) == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(None, id="F33-none"),
        pytest.param("", id="F33-empty"),
        pytest.param(True, id="F33-bool"),
        pytest.param({"a": 1}, id="F33-object"),
        pytest.param("a" * 64 + "s" * 43, id="F33-no-dot"),
        pytest.param("a" * 63 + "." + "s" * 43, id="F33-short-hash"),
        pytest.param("a" * 64 + "." + "s" * 42, id="F33-short-secret"),
        pytest.param("a" * 64 + ".", id="F33-no-secret"),
        pytest.param("a" * 64 + "." + "é" * 43, id="F33-not-ascii"),
        pytest.param("a" * 64 + "." + "s" * 43 + ".", id="F33-longer"),
    ],
)
def test_what_is_no_ticket_is_none(answer):
    assert custom_challenge.parse_ticket(answer) is None


def test_a_ticket_goes_there_and_back():
    ticket = Ticket("a" * 64, "s" * 43)
    assert custom_challenge.parse_ticket(str(ticket)) == ticket
