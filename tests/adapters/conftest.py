"""The tables run against a real API; the guarded client trusts an authority of ours."""

from functools import partial

import pytest

from authsso.adapters.guarded_http import GuardedHttp
from harness.emulated_dynamodb import dynamodb
from harness.guarded_client import DEADLINE
from harness.rude_server import make_authority

__all__ = ["dynamodb"]


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return make_authority(tmp_path_factory.mktemp("tls"), "idp.localhost", "idp.example.com")


@pytest.fixture(scope="module")
def guarded(authority):
    """Build clients that trust one authority: reading the public ones takes 0.1 s a client."""
    return partial(GuardedHttp, ca_file=str(authority[0]))


@pytest.fixture(scope="module")
def http(guarded):
    return guarded(loopback_allowed=True)


@pytest.fixture(scope="module")
def hasty(guarded):
    return guarded(loopback_allowed=True, deadline_seconds=DEADLINE)
