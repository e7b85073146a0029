"""Keys from memory, table and provider; rotation, outage and flood (J04-J09, A32)."""

import pytest

from authsso.adapters.key_snapshots import KeySnapshots
from authsso.adapters.provider_keys import ProviderKeys
from authsso.errors import ProviderError
from authsso.model import KeySet
from harness.providers import metadata, version
from harness.snapshot_table import SnapshotTable

VERSION = version(3)
T0 = 1_800_000_000


class Provider:
    """Gives the keys it is told to, or fails; counts."""

    def __init__(self):
        self.kids, self.error, self.fetches = ["a"], None, 0

    def keys(self, asked, now):
        assert asked == metadata()
        self.fetches += 1
        if self.error:
            raise ProviderError(self.error)
        return KeySet(tuple({"kty": "RSA", "kid": kid} for kid in self.kids), now)


class World:
    """One table, one provider, one clock; as many warm functions as one likes."""

    def __init__(self):
        self.table, self.provider, self.now = SnapshotTable(), Provider(), T0

    def function(self):
        snapshots = KeySnapshots(self.table, "keys")
        return ProviderKeys(snapshots, self.provider, now=lambda: self.now)


@pytest.fixture
def world():
    return World()


def kids(keys):
    return [key["kid"] for key in keys.keys]


def test_keys_are_fetched_once_and_then_remembered(world):
    function = world.function()
    for _ in range(3):
        assert kids(function.keys("c", VERSION)) == ["a"]
    assert world.provider.fetches == 1
    assert world.table.calls == ["get_item", "update_item"]


def test_a_cold_function_takes_them_from_the_table(world):
    world.function().keys("c", VERSION)
    assert kids(world.function().keys("c", VERSION)) == ["a"]
    assert world.provider.fetches == 1


def test_keys_stored_at_save_need_no_fetch(world):
    KeySnapshots(world.table, "keys").store("c", 3, KeySet(({"kty": "RSA", "kid": "s"},), T0))
    assert kids(world.function().keys("c", VERSION)) == ["s"]
    assert world.provider.fetches == 0


def test_connections_and_versions_do_not_share(world):
    function = world.function()
    function.keys("c", VERSION)
    world.provider.kids = ["b"]
    assert kids(function.keys("d", VERSION)) == ["b"]
    assert kids(function.keys("c", version(4))) == ["b"]
    assert kids(function.keys("c", VERSION)) == ["a"]


def test_keys_are_renewed_after_half_an_hour(world):
    function = world.function()
    function.keys("c", VERSION)
    world.provider.kids = ["b"]
    world.now += 1799
    assert kids(function.keys("c", VERSION)) == ["a"]
    world.now += 1
    assert kids(function.keys("c", VERSION)) == ["b"]


@pytest.mark.parametrize(
    "error",
    [
        pytest.param("provider_unreachable", id="J06-down"),
        pytest.param("key_set_malformed", id="J04-malformed"),
    ],
)
@pytest.mark.parametrize("is_warm", [True, False])
def test_the_keys_at_hand_serve_through_an_outage_until_they_are_an_hour_old__J08(
    world, error, is_warm
):
    function = world.function()
    function.keys("c", VERSION)
    world.provider.error = error
    for age in (1800, 2700, 3599):
        world.now = T0 + age
        function = function if is_warm else world.function()
        assert kids(function.keys("c", VERSION)) == ["a"]
    world.now = T0 + 3600  # J08: a key withdrawn since must not verify any more
    with pytest.raises(ProviderError, match=error):
        function.keys("c", VERSION)


def test_during_an_outage_the_provider_is_asked_every_half_minute_only(world):
    function = world.function()
    function.keys("c", VERSION)
    world.provider.error = "provider_timeout"
    for second in range(60):
        world.now = T0 + 1800 + second
        function.keys("c", VERSION)
    assert world.provider.fetches == 1 + 2


def test_a_table_that_fails_does_not_stop_sign_ins(world):
    world.table.fails = True
    assert kids(world.function().keys("c", VERSION)) == ["a"]


def test_newer_keys_in_memory_are_not_replaced_by_older_ones_of_the_table(world):
    function = world.function()
    function.keys("c", VERSION)
    world.now += 1800
    world.provider.kids = ["b"]
    world.table.fails = True
    function.keys("c", VERSION)
    world.table.fails = False
    world.now += 1800
    world.provider.error = "provider_timeout"
    assert kids(function.keys("c", VERSION)) == ["b"]


def test_the_first_refetch_is_never_throttled(world):
    function = world.function()
    function.keys("c", VERSION)
    world.provider.kids = ["b"]  # A32: rotated just before signing
    assert kids(function.refetched("c", VERSION, "b")) == ["b"]
    assert kids(function.keys("c", VERSION)) == ["b"]
    assert world.provider.fetches == 2


def test_a_thousand_unknown_names_cause_one_fetch_in_half_a_minute__J07_J09(world):
    functions = [world.function() for _ in range(4)]
    functions[0].keys("c", VERSION)
    functions[0].refetched("c", VERSION, "x")
    for number in range(1000):
        with pytest.raises(ProviderError, match="key_refetch_throttled"):
            functions[number % 4].refetched("c", VERSION, f"x{number}")
    assert world.provider.fetches == 2  # J07
    world.now += 30
    world.provider.kids = ["late"]
    assert kids(functions[1].refetched("c", VERSION, "late")) == ["late"]  # J09
    assert world.provider.fetches == 3


def test_what_another_function_found_is_used_without_a_fetch(world):
    mine, other = world.function(), world.function()
    mine.keys("c", VERSION)
    world.provider.kids = ["b"]
    other.refetched("c", VERSION, "b")
    assert kids(mine.refetched("c", VERSION, "b")) == ["b"]
    assert world.provider.fetches == 2


def test_a_refetch_fails_closed_when_its_limit_cannot_be_kept__J07(world):
    function = world.function()
    function.keys("c", VERSION)
    world.table.fails = True
    with pytest.raises(ProviderError, match="key_store_unavailable"):
        function.refetched("c", VERSION, "b")
    assert world.provider.fetches == 1  # J07


def test_a_refetch_that_fails_is_the_callers_failure_and_keeps_the_old_keys(world):
    function = world.function()
    function.keys("c", VERSION)
    world.provider.error = "provider_unreachable"
    with pytest.raises(ProviderError, match="provider_unreachable"):
        function.refetched("c", VERSION, "b")  # J06: unknown kid, key set down
    assert kids(function.keys("c", VERSION)) == ["a"]


def test_an_old_snapshot_is_no_source_for_an_unknown_name(world):
    world.function().keys("c", VERSION)
    world.now += 3600
    world.provider.error = "provider_unreachable"
    with pytest.raises(ProviderError, match="provider_unreachable"):
        world.function().refetched("c", VERSION, "a")


def test_memory_is_bounded__J24(world):
    function = world.function()
    for number in range(300):
        function.keys(f"c{number}", VERSION)
    assert len(function._kept._entries) == 256  # J24
