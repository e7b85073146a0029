"""Which addresses and certificates the guarded client takes (C19, G04-G08, G24, K30)."""

import socket
import threading
import time
from functools import partial

import pytest

from authsso.adapters.guarded_http import GuardedHttp
from authsso.adapters.network import Network
from authsso.errors import ProviderError
from harness.guarded_client import DEADLINE, code_of, drip, get, look
from harness.rude_server import answer, says, serving

PUBLIC, PRIVATE = "93.184.216.34", "169.254.169.254"


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(["127.0.0.1"], id="G04-loopback"),
        pytest.param(["10.0.0.1"], id="G04-private"),
        pytest.param([PRIVATE], id="G08-instance-metadata"),
        pytest.param(["169.254.170.2"], id="G08-container-credentials"),
        pytest.param(["64:ff9b::a9fe:a9fe"], id="G05-nat64"),
        pytest.param(["::ffff:127.0.0.1"], id="G04-mapped"),
        pytest.param([PUBLIC, "127.0.0.1"], id="G06-one-bad-v4"),
        pytest.param([PUBLIC, "::1"], id="G06-one-bad-v6"),
        pytest.param([PUBLIC] * 9 + ["10.0.0.1"], id="G06-bad-one-last"),
    ],
)
@pytest.mark.parametrize("loopback_allowed", [False, True])
def test_a_name_with_any_address_that_is_not_public_gets_no_packet__K30(
    guarded, answers, loopback_allowed
):
    dialled = []
    network = Network(resolve=lambda *_: answers, dial=lambda *a: dialled.append(a))
    http = guarded(network=network, loopback_allowed=loopback_allowed)
    assert code_of(lambda: look(http)) == "provider_address_refused"
    assert dialled == []


@pytest.mark.parametrize("is_listening", [True, False])
def test_a_private_address_reads_the_same_whether_anybody_listens__G24(guarded, is_listening):
    """What is public is told apart on purpose (design.md 7); behind that there is no oracle."""
    with serving(says(answer(b"{}"))) as server:

        def dial(_, timeout):
            port = server.port if is_listening else 1
            return socket.create_connection(("127.0.0.1", port), timeout)

        http = guarded(network=Network(resolve=lambda *_: ["10.0.0.1"], dial=dial))
        with pytest.raises(ProviderError) as caught:
            look(http)
        refusal = "provider_address_refused: idp.example.com is not on the public internet"
        assert str(caught.value) == refusal
        assert server.connections == 0


def test_a_name_without_addresses_is_unreachable(guarded):
    http = guarded(network=Network(resolve=lambda *_: []))
    assert code_of(lambda: look(http)) == "provider_unreachable"


def test_a_resolver_that_fails_is_unreachable_and_one_that_hangs_times_out(guarded):
    def fail(*_):
        raise socket.gaierror(-2, "Name or service not known")

    hang = threading.Event()
    for resolve, code in (
        (fail, "provider_unreachable"),
        (lambda *_: hang.wait(2) or [PUBLIC], "provider_timeout"),
    ):
        http = guarded(network=Network(resolve=resolve), deadline_seconds=DEADLINE)
        assert code_of(partial(look, http)) == code
    hang.set()


def _https(authority, server, *, resolve=lambda *_: [PUBLIC], trust=True, dialled=None, seconds=5):
    """A client that believes the server to be at a public address."""

    def dial(address, timeout):
        if dialled is not None:
            dialled.append(address)
        return socket.create_connection(("127.0.0.1", server.port), timeout)

    return GuardedHttp(
        network=Network(resolve=resolve, dial=dial),
        ca_file=str(authority[0]) if trust else None,
        deadline_seconds=seconds,
    )


def test_the_checked_address_is_dialled_under_the_names_certificate(authority):
    dialled, resolved = [], []
    rebinding = [[PUBLIC], ["127.0.0.1"], [PRIVATE]]

    def resolve(host, port):
        resolved.append((host, port))
        return rebinding[len(resolved) - 1]

    with serving(says(answer(b"{}")), context=authority[1]) as server:
        http = _https(authority, server, resolve=resolve, dialled=dialled)
        for _ in range(2):
            look(http)
        assert server.server_names == ["idp.example.com"]
        assert b"\r\nHost: idp.example.com\r\n" in server.requests[0]
    assert resolved == [("idp.example.com", 443)]  # G07: one look-up a connection
    assert dialled == [(PUBLIC, 443)]


@pytest.mark.parametrize(
    ("host", "trust"),
    [
        pytest.param("other.example.com", True, id="G07-certificate-of-another-name"),
        pytest.param("idp.example.com", False, id="C19-authority-not-trusted"),
    ],
)
def test_a_wrong_certificate_is_refused_before_anything_is_sent(authority, host, trust):
    with serving(says(answer(b"{}")), context=authority[1]) as server:
        http = _https(authority, server, trust=trust)
        assert code_of(lambda: look(http, f"https://{host}/")) == "provider_certificate"
        assert server.requests == []


def test_the_environment_has_no_say(authority, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login me password s3cret")
    with serving(says(answer(b"{}"))) as proxy, serving(says(answer(b"{}"))) as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NETRC", str(netrc))
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
            monkeypatch.setenv(name, str(authority[0]))
        get(GuardedHttp(loopback_allowed=True), server)
        assert b"uthorization" not in server.requests[0]
        with serving(says(answer(b"{}")), context=authority[1]) as tls:
            http = _https(authority, tls, trust=False)
            with pytest.raises(ProviderError, match="provider_certificate"):
                look(http)
        assert proxy.connections == 0  # C19


@pytest.mark.parametrize("stage", ["before-hello", "within-handshake"])
def test_a_stalled_tls_handshake_times_out(authority, stage):
    def stall(connected):
        if stage == "within-handshake":
            connected.recv(10)
            connected.sendall(b"\x16\x03\x03")
        time.sleep(1)

    with serving(says(b""), before=stall) as server:
        http = _https(authority, server, seconds=DEADLINE)
        assert code_of(lambda: look(http)) == "provider_timeout"  # G17


def test_a_dripping_body_under_tls_times_out(authority):
    with serving(drip(b"HTTP/1.1 200 OK\r\n\r\n"), context=authority[1]) as server:
        http = _https(authority, server, seconds=DEADLINE)
        assert code_of(lambda: look(http)) == "provider_timeout"


def test_a_first_address_that_never_answers_leaves_time_for_the_second(guarded):
    with serving(says(answer(b"{}"))) as server:

        def dial(address, timeout):
            if address[0] == PUBLIC:
                time.sleep(timeout)
                raise TimeoutError
            return socket.create_connection(("127.0.0.1", server.port), timeout)

        network = Network(resolve=lambda *_: [PUBLIC, "93.184.216.35"], dial=dial)
        http = guarded(network=network, deadline_seconds=DEADLINE)
        # The server speaks no TLS; that it was reached at all is what counts here.
        with pytest.raises(ProviderError, match=r"provider_unreachable|provider_timeout"):
            look(http)
        assert server.connections >= 1


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://idp.example.com/", id="G01-http"),
        pytest.param("https://127.0.0.1/", id="G02-address"),
        pytest.param("http://localhost:9001/2018-06-01/runtime", id="G08-runtime-api"),
        pytest.param("https://idp.example.com:9001/", id="G12-port"),
        pytest.param("https://sso.acme.example/oauth2/token", id="G14-ourselves"),
    ],
)
def test_a_refused_url_is_not_even_looked_up(guarded, url):
    resolved = []
    network = Network(resolve=lambda *a: resolved.append(a))
    http = guarded(network=network, refused_hosts=frozenset({"sso.acme.example"}))
    assert code_of(lambda: look(http, url)) == "provider_url_refused"
    assert resolved == []
