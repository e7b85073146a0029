"""The guarded client against servers that misbehave (C10, C17, C19, G04-G19)."""

import contextlib
import gzip
import socket
import threading
import time
import tracemalloc
from functools import partial

import pytest

from authsso.adapters.guarded_connection import IDLE_SECONDS, GuardedConnection
from authsso.adapters.network import Network
from harness.guarded_client import LIMIT, code_of, drip, get, look
from harness.rude_server import answer, says, serving


def test_an_answer_comes_back_and_the_connection_is_kept(http):
    with serving(says(answer(b'{"a": 1}'))) as server:
        for _ in range(3):
            got = get(http, server)
            assert (got.status, got.content_type) == (200, "application/json")
            assert got.body == b'{"a": 1}'
        assert server.connections == 1
        assert "{" not in repr(got)  # I02: a body may hold tokens


def test_the_request_carries_what_it_must_and_nothing_else(http):
    with serving(says(answer(b"{}", "200 OK", "Set-Cookie: a=b"))) as server:
        for _ in range(2):
            http.send(
                "POST",
                f"http://localhost:{server.port}/token",
                headers={"Authorization": "Basic x"},
                form={"code": "a b&c", "code_verifier": "v"},
                limit=LIMIT,
            )
    head, _, body = server.requests[1].decode().partition("\r\n\r\n")
    request_line, *headers = head.split("\r\n")
    assert request_line == "POST /token HTTP/1.1"
    assert body == "code=a+b%26c&code_verifier=v"
    assert {line.split(":")[0].lower() for line in headers} == {
        "host",
        "accept",
        "accept-encoding",
        "user-agent",
        "authorization",
        "content-type",
        "content-length",
    }  # C09, G19: no cookie came along
    assert "Accept-Encoding: identity" in headers  # G16


def _endless_chunks(connected):
    connected.sendall(answer(b"", "200 OK", "Transfer-Encoding: chunked"))
    with contextlib.suppress(OSError):
        while True:
            connected.sendall(b"1000\r\n" + b"x" * 4096 + b"\r\n")


def _endless_informational(connected):
    with contextlib.suppress(OSError):
        while True:
            connected.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def _reset(connected):
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    connected.close()


BIG = b"x" * (LIMIT + 1)
BOMB = gzip.compress(b"x" * 1_000_000)


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        pytest.param(says(answer(BIG)), "provider_answer_too_large", id="G15-too-large"),
        pytest.param(
            says(answer(BIG, "200 OK", "Content-Length: 9999999999")),
            "provider_answer_too_large",
            id="G15-lying-long",
        ),
        pytest.param(_endless_chunks, "provider_answer_too_large", id="G15-endless-chunks"),
        pytest.param(
            says(answer(BOMB, "200 OK", "Content-Encoding: gzip")),
            "provider_answer_encoded",
            id="G16-gzip-bomb",
        ),
        pytest.param(
            says(answer(b"{}", "200 OK", "Content-Encoding: br")),
            "provider_answer_encoded",
            id="G16-brotli",
        ),
        pytest.param(lambda _: time.sleep(1), "provider_timeout", id="G17-silence"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\nX: "), "provider_timeout", id="G17-drip-headers"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\n\r\n"), "provider_timeout", id="G17-drip-body"),
        pytest.param(_endless_informational, "provider_timeout", id="G17-endless-100"),
        pytest.param(
            drip(answer(b"", "200 OK", "Transfer-Encoding: chunked") + b"ff\r\n"),
            "provider_timeout",
            id="G17-drip-chunk",
        ),
        pytest.param(
            says(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n"),
            "provider_answer_broken",
            id="G19-10000-headers",
        ),
        pytest.param(
            says(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n"),
            "provider_answer_broken",
            id="G19-1-MB-header",
        ),
        pytest.param(
            says(b"\x16\x03\x01 nonsense\r\n\r\n"), "provider_answer_broken", id="no-http"
        ),
        pytest.param(_reset, "provider_answer_broken", id="C17-reset"),
        pytest.param(
            lambda connected: connected.shutdown(socket.SHUT_RDWR),
            "provider_answer_broken",
            id="C17-closed",
        ),
    ],
)
def test_a_rude_answer_is_refused_in_time_and_never_asked_for_twice(http, hasty, behaviour, code):
    client = hasty if code == "provider_timeout" else http
    with serving(behaviour) as server:
        assert code_of(lambda: get(client, server)) == code
        assert len(server.requests) == 1  # C17: what was sent is never sent again
        assert server.connections == 1


def test_a_body_cut_short_is_refused(http):
    def cut(connected):
        connected.sendall(answer(b'{"keys": [', "200 OK", "Content-Length: 500"))
        connected.shutdown(socket.SHUT_RDWR)

    with serving(cut) as server:
        assert code_of(lambda: get(http, server)) == "provider_answer_broken"  # J04


@pytest.mark.parametrize("status", [301, 302, 303, 304, 307, 308])
@pytest.mark.parametrize("target", ["same", "other"])
def test_no_redirect_is_followed__C10_K65_K83(http, status, target):
    with serving(says(answer(b"{}"))) as other:
        port = other.port if target == "other" else 1
        location = f"Location: http://localhost:{port}/token"
        with serving(says(answer(b"x" * 100, f"{status} Moved", location))) as server:
            url, form = f"http://localhost:{server.port}/", {"client_secret": "s3cret"}
            post = partial(http.send, "POST", url, headers={}, form=form, limit=LIMIT)
            assert code_of(post) == "provider_redirected"  # C10, G10
            assert len(server.requests) == 1
        assert other.connections == 0


def test_a_look_sees_the_redirect_and_does_not_follow_it(http):
    with serving(says(answer(b"", "302 Found", "Location: https://x.example/?code=c"))) as server:
        seen = http.look(f"http://localhost:{server.port}/authorize", headers={}, limit=LIMIT)
        assert (seen.status, seen.location) == (302, "https://x.example/?code=c")
        assert len(server.requests) == 1
    assert "code=c" not in repr(seen)


def test_memory_stays_flat_under_a_flood(http):
    with serving(_endless_chunks) as server:
        tracemalloc.start()
        try:
            code_of(lambda: get(http, server))
            assert tracemalloc.get_traced_memory()[1] < 2_000_000  # G15
        finally:
            tracemalloc.stop()


def test_after_a_rude_answer_the_next_request_gets_a_connection_of_its_own(http):
    answers = [answer(BIG * 2), answer(b"{}")]
    with serving(lambda connected: connected.sendall(answers.pop(0))) as server:
        code_of(lambda: get(http, server))
        assert get(http, server).body == b"{}"
        assert server.connections == 2


def test_nobody_listening_is_unreachable_and_tried_twice(guarded):
    dialled = []

    def dial(address, _timeout):
        dialled.append(address)
        raise ConnectionRefusedError

    http = guarded(network=Network(resolve=lambda *_: ["93.184.216.34"], dial=dial))
    assert code_of(lambda: look(http)) == "provider_unreachable"
    assert dialled == [("93.184.216.34", 443)] * 2  # C17: nothing was sent, so once more


def test_a_failed_connection_is_retried_and_the_request_goes_out_once(guarded):
    with serving(says(answer(b"{}"))) as server:
        failures = [ConnectionResetError()]

        def dial(address, timeout):
            if failures:
                raise failures.pop()
            return socket.create_connection(address, timeout)

        http = guarded(loopback_allowed=True, network=Network(dial=dial))
        assert get(http, server).status == 200
        assert len(server.requests) == 1


def test_many_threads_share_one_client(http):
    with serving(says(answer(b"{}"))) as server:
        results = []
        threads = [
            threading.Thread(target=lambda: results.append(get(http, server).status))
            for _ in range(16)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == [200] * 16


def test_a_connection_that_lay_idle_is_not_used_again():
    connection = GuardedConnection("localhost", network=Network())
    connection.sock, far_end = socket.socketpair()
    with far_end, contextlib.closing(connection):
        connection._used_at = time.time()
        assert connection.is_connected
        connection._used_at = time.time() - IDLE_SECONDS - 1  # a sandbox was frozen meanwhile
        assert not connection.is_connected
