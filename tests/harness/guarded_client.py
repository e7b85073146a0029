"""What tests ask of the guarded client, and how they read its refusals."""

import contextlib
import time

import pytest

from authsso.errors import ProviderError

LIMIT = 65_536
DEADLINE = 0.3


def get(http, server, path="/", **options):
    url = f"http://localhost:{server.port}{path}"
    return http.send("GET", url, **({"headers": {}, "limit": LIMIT} | options))


def look(http, url="https://idp.example.com/", limit=LIMIT):
    return http.send("GET", url, headers={}, limit=limit)


def code_of(call):
    began = time.monotonic()
    with pytest.raises(ProviderError) as caught:
        call()
    assert time.monotonic() - began < DEADLINE + 1, "the deadline did not hold"
    return caught.value.code


def drip(head):
    def behave(connected):
        connected.sendall(head)
        with contextlib.suppress(OSError):
            for _ in range(60):
                connected.sendall(b"x")
                time.sleep(0.05)

    return behave
