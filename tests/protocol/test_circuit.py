"""When a provider is left alone, and when it is tried again (J23)."""

import pytest

from authsso.protocol import circuit

NOW = 1_800_000_000


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("provider_timeout", True),
        ("provider_unreachable", True),
        ("provider_answer_broken", True),
        # Whoever holds a browser can send a bad code: an answer must never close a tenant's door.
        ("provider_invalid_grant", False),
        ("provider_invalid_client", False),
        ("provider_unavailable", False),
        ("token_response_malformed", False),
        ("id_token_expired", False),
    ],
)
def test_J23_only_silence_counts(code, counts):
    assert circuit.is_no_answer(code) is counts


@pytest.mark.parametrize(
    ("failures", "last_answer", "opens"),
    [
        pytest.param(4, None, False, id="J23-too-few"),
        pytest.param(5, None, True, id="J23-enough"),
        pytest.param(6, None, True, id="J23-more"),
        pytest.param(500, NOW - 1, False, id="answered-a-moment-ago"),
        pytest.param(5, NOW - 10, False, id="answered-ten-seconds-ago"),
        pytest.param(5, NOW - 11, True, id="answered-too-long-ago"),
    ],
)
def test_five_failures_in_a_window_open_it(failures, last_answer, opens):
    assert circuit.opens(failures, last_answer=last_answer, now=NOW) is opens


@pytest.mark.parametrize(
    ("open_until", "admission"),
    [
        (circuit.CLOSED, "go"),
        (NOW + 1, "refuse"),
        (NOW, "try"),
        (NOW - 1000, "try"),
    ],
)
def test_after_the_pause_one_may_try(open_until, admission):
    assert circuit.admit(open_until, NOW) == admission


def test_a_window_is_half_a_minute():
    start = NOW - NOW % 30
    assert circuit.window_of(start) == circuit.window_of(start + 29)
    assert circuit.window_of(start + 30) == circuit.window_of(start) + 1
