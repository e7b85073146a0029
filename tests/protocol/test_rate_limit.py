"""What a lease grants, and when the next minute begins."""

import pytest

from authsso.protocol import rate_limit
from authsso.protocol.rate_limit import Limit


@pytest.mark.parametrize(
    ("lease", "taken", "grants"),
    [
        (1, 100, True),
        (1, 101, False),
        (20, 100, True),
        pytest.param(20, 119, True, id="the-last-lease-may-reach-beyond"),
        (20, 120, False),
    ],
)
def test_a_lease_is_good_while_something_was_left(lease, taken, grants):
    assert Limit("x", 100, lease=lease).grants(taken) is grants


def test_a_minute_is_a_minute():
    assert rate_limit.window_of(119) == rate_limit.window_of(60) == 1
    assert rate_limit.window_of(120) == 2


def test_the_limits_of_the_deployment_are_taken_over():
    assert rate_limit.sign_ins(7).most == 7
    assert rate_limit.changes(9) == Limit("changes", 9, free=0, lease=1)
