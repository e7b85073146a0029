"""A provider fails while people sign in: whom it costs what, and for how long (issue 5, J)."""

import time

import pytest

from harness.load import Load

AT_ONCE = 3
ENOUGH = 2
RECOVERY_SECONDS = 10
PATIENCE_SECONDS = 60


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param({"token_error": {"status": 503}}, "provider_unavailable", id="J03-503"),
        pytest.param({"token_cut_off": True}, "provider_answer_broken", id="J04-hangs-up"),
    ],
)
def test_a_failing_provider_costs_its_own_tenant_alone_and_only_while_it_fails(
    stack, organisation, demo_provider, wrong, code
):
    # A connection of its own: its circuit is open for a while when this is over.
    provider = organisation.connect_own_provider(demo_provider)
    failing, other = organisation.tenant, stack.tenants[1]
    load = Load(stack, (failing, other), passwords=(failing,))

    with load.going_on(at_once=AT_ONCE):
        with demo_provider.misbehaving(provider, **wrong):
            begun = time.monotonic()
            both = (failing.tenant_id, other.tenant_id)
            assert load.wait_for(
                lambda: all(len(load.of(name, since=begun)) >= ENOUGH for name in both),
                seconds=PATIENCE_SECONDS,
            )
            ended = time.monotonic()
        over = time.monotonic()
        assert load.wait_for(
            lambda: any(attempt.tokens for attempt in load.of(failing.tenant_id, since=over)),
            seconds=RECOVERY_SECONDS,
        )
        well = time.monotonic()
        assert load.wait_for(
            lambda: len(load.of(failing.tenant_id, since=well)) >= ENOUGH, seconds=PATIENCE_SECONDS
        )

    refused = load.of(failing.tenant_id, since=begun, until=ended)
    named = (f"({code}, ", "(provider_paused, ")  # silence is met by the circuit breaker, too
    assert all(any(name in (attempt.error or "") for name in named) for attempt in refused)
    # Another worker may still keep its circuit open when the first is well.
    late = [a for a in load.of(failing.tenant_id, since=over) if not a.tokens]
    assert all("(provider_paused, " in (attempt.error or "") for attempt in late)
    assert all(attempt.began_at < over + RECOVERY_SECONDS for attempt in late)
    assert all(attempt.tokens for attempt in load.of(other.tenant_id))
    assert all(attempt.tokens for attempt in load.of(failing.tenant_id, way="password"))
    assert not any(attempt.is_crossed for attempt in load.attempts)
    minted = [token["jti"] for attempt in load.attempts for token in attempt.tokens]
    assert len(minted) == len(set(minted))
