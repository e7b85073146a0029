"""The pool's keys: fetched once an hour, once more a minute at most, and never without a bound."""

import json

import pytest

from authsso.adapters.guarded_http import HttpAnswer
from authsso.adapters.pool_keys import PoolKeys
from authsso.errors import ProviderError, UnavailableError
from harness.tokens import rsa_jwk, rsa_key

URL = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool/.well-known/jwks.json"
GOOD = {"keys": [rsa_jwk(rsa_key("pool"), kid="pool")]}


class Http:
    """Gives one answer, or fails."""

    def __init__(self):
        self.asked = []
        self.status = 200
        self.body = json.dumps(GOOD).encode()
        self.failure = None

    def send(self, method, url, *, headers, limit):
        assert (method, headers, limit) == ("GET", {}, 65_536)
        self.asked.append(url)
        if self.failure:
            raise self.failure
        return HttpAnswer(self.status, "application/json", self.body)


@pytest.fixture
def http():
    return Http()


@pytest.fixture
def clock():
    return [1000]


@pytest.fixture
def pool_keys(http, clock):
    return PoolKeys(http, URL, lambda: clock[0])


def test_they_are_kept_for_an_hour(pool_keys, http, clock):
    first = pool_keys.keys()
    clock[0] += 3599
    assert pool_keys.keys() is first
    clock[0] += 1
    assert pool_keys.keys() is not first
    assert http.asked == [URL, URL]


def test_forged_key_names_fetch_once_a_minute__J07(pool_keys, http, clock):
    pool_keys.keys()
    clock[0] += 59
    for _ in range(5):
        pool_keys.refetched()
    assert len(http.asked) == 1
    clock[0] += 1
    pool_keys.refetched()
    assert len(http.asked) == 2


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        pytest.param("failure", ProviderError("provider_timeout"), id="timeout"),
        pytest.param("status", 503, id="status"),
        pytest.param("body", b"<html>", id="no-json"),
        pytest.param("body", b"{}", id="no-keys"),
        pytest.param("body", b'{"keys": []}', id="empty"),
    ],
)
@pytest.mark.parametrize("look", ["keys", "refetched"])
def test_without_keys_nothing_is_taken(pool_keys, http, attribute, value, look):
    setattr(http, attribute, value)
    with pytest.raises(UnavailableError, match="pool_keys_unavailable"):
        getattr(pool_keys, look)()
