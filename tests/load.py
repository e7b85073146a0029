"""`make load`: mixed sign-ins while a provider fails and recovers, in numbers.

Needs a stack that is up. People of two tenants sign in at once, each through their own provider,
and somebody with a password at Cognito beside them; all redeem the code and refresh. One provider
fails in three ways, one after the other; then services of AWS do.
"""

import argparse
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from harness.demo_provider import DemoProvider
from harness.load import Attempt, Load, Way
from harness.outage import Service, outage
from local_stack import record
from local_stack.people import Tenant

FAULTS: dict[str, dict[str, object]] = {
    "503": {"token_error": {"status": 503}},
    "hangs up": {"token_cut_off": True},
    "slow": {"token_slow_ms": 7000},
}
OUTAGES: tuple[tuple[Service, Literal["throttled", "down"]], ...] = (
    ("dynamodb", "throttled"),
    ("secretsmanager", "down"),
    ("cognito-idp", "throttled"),
)
RECOVERY_SECONDS = 10
COLD_SECONDS = 60


def main() -> int:
    """Run the load, print its numbers; 1 when a promise was broken."""
    arguments = asked()
    stack = record.load(arguments.stack)
    failing, other = stack.tenants[:2]
    provider, load = DemoProvider(stack), Load(stack, (failing, other), passwords=(failing,))
    kinds: list[tuple[Tenant, Way]] = [(failing, "sso"), (other, "sso"), (failing, "password")]
    broken: list[str] = []

    def show(phase: str, since: float, until: float) -> None:
        for tenant, way in kinds:
            told = line(load.of(tenant.tenant_id, way=way, since=since, until=until))
            say(f"{phase:<12} {tenant.tenant_id:<8} {way:<8} {told}")

    def recover(name: str, *kinds: tuple[Tenant, Way]) -> None:
        over = time.monotonic()

        def are_well() -> bool:
            return all(
                any(one.tokens for one in load.of(tenant.tenant_id, way=way, since=over))
                for tenant, way in kinds
            )

        if load.wait_for(are_well, seconds=RECOVERY_SECONDS):
            say(f"  well again after {time.monotonic() - over:.1f} s")
        else:
            broken.append(f"not well again {RECOVERY_SECONDS} s after: {name}")

    with load.going_on(at_once=arguments.at_once):
        load.wait_for(  # cold functions are no part of the calm
            lambda: all(
                any(one.tokens for one in load.of(tenant.tenant_id, way=way))
                for tenant, way in kinds
            ),
            seconds=COLD_SECONDS,
        )
        began = time.monotonic()
        load.wait_for(lambda: False, seconds=arguments.seconds)
        show("well", began, time.monotonic())
        calm = load.of(other.tenant_id, since=began)
        for name, wrong in FAULTS.items():
            with provider.misbehaving(stack.provider, **wrong):
                began = time.monotonic()
                load.wait_for(lambda: False, seconds=arguments.seconds)
                show(name, began, time.monotonic())
                say(beside(load.of(other.tenant_id, since=began), calm))
            recover(name, kinds[0])
        # What fails at the provider of one tenant is nothing to anybody else; AWS is everybody's.
        broken += [
            f"{tenant.tenant_id}, {way}: {one.error}"
            for tenant, way in kinds[1:]
            for one in load.of(tenant.tenant_id, way=way)
            if one.error
        ]
        for service, answer in OUTAGES:
            with outage(stack, service, answer):
                began = time.monotonic()
                load.wait_for(lambda: False, seconds=arguments.seconds)
                show(service, began, time.monotonic())
            recover(f"{service} {answer}", *kinds)
        began = time.monotonic()
        load.wait_for(lambda: False, seconds=arguments.seconds)
        show("afterwards", began, time.monotonic())

    broken += [
        f"{one.tenant_id}: another tenant's token" for one in load.attempts if one.is_crossed
    ]
    minted = [token["jti"] for one in load.attempts for token in one.tokens]
    if len(minted) != len(set(minted)):
        broken.append("a token was given twice")
    say(f"{len(load.attempts)} sign-ins, {len(minted)} tokens; broken promises: {broken or 'none'}")
    provider.close()
    return 1 if broken else 0


def asked() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", type=Path, required=True, help="stack.json")
    parser.add_argument("--seconds", type=float, default=10, help="of each phase")
    parser.add_argument("--at-once", type=int, default=3, help="a multiple of three")
    return parser.parse_args()


def beside(during: list[Attempt], calm: list[Attempt]) -> str:
    """Say what one tenant's fault costs another tenant (J22)."""
    slow, usual = ([one.seconds for one in some if one.tokens] for some in (during, calm))
    if not slow or not usual:
        return "  nothing to compare the other tenant's p99 with"
    ratio = percentile(slow, 0.99) / percentile(usual, 0.99)
    return f"  the other tenant's p99 is {ratio:.2f} times that of the calm"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def line(attempts: list[Attempt]) -> str:
    """One tenant's sign-ins of one phase."""
    signed_in = [one.seconds for one in attempts if one.tokens]
    redeemed = [one.token_seconds for one in attempts if one.token_seconds is not None]
    refused = len(attempts) - len(signed_in)
    return (
        f"{len(signed_in)} signed in, {percentiles(signed_in)}; "
        f"code to tokens {percentiles(redeemed)}; {refused} refused"
    )


def percentiles(seconds: Sequence[float]) -> str:
    """Return p50, p95 and p99 for people."""
    if not seconds:
        return "-"
    shown = (f"{percentile(seconds, share):.2f}" for share in (0.50, 0.95, 0.99))
    return f"p50/p95/p99 {'/'.join(shown)} s"


def percentile(seconds: Sequence[float], share: float) -> float:
    """Return the smallest value that so many are not above (nearest rank)."""
    return sorted(seconds)[max(math.ceil(share * len(seconds)) - 1, 0)]


if __name__ == "__main__":
    raise SystemExit(main())
