"""urllib3's connections, on our network and under one deadline."""

import http.client
import io
import socket
import ssl
import time
from typing import Any, cast

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from authsso.adapters.deadline import Deadline
from authsso.adapters.network import Network, NotSentError

# A frozen sandbox misses its peers' goodbyes; a code sent into a dead connection is lost.
IDLE_SECONDS = 30


class _DeadlineReader(io.RawIOBase):
    """Reads a socket until a deadline. A socket's own timeout begins anew with every byte."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._raw = connected.makefile("rb", buffering=0)
        self._deadline = Deadline(connected.gettimeout() or 0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 - as io.RawIOBase has it
        self._socket.settimeout(self._deadline.remaining())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Readable:
    """All that http.client asks of a socket once the request is out."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_DeadlineReader(self._socket))


class _DeadlineResponse(http.client.HTTPResponse):
    """An answer whose headers and body together get what the request has left of its time."""

    def __init__(self, sock: socket.socket, method: str | None = None) -> None:
        super().__init__(cast("socket.socket", _Readable(sock)), method=method)


class GuardedConnection(HTTPConnection):
    """A connection to a checked address; Host, SNI and certificate stay the host name's.

    Args:
        host: The name.
        network: The way out.
        options: urllib3's own.
    """

    response_class = _DeadlineResponse

    def __init__(self, host: str, *, network: Network, **options: Any) -> None:  # noqa: ANN401
        super().__init__(host, **options)
        self._network = network
        self._used_at = 0.0

    def connect(self) -> None:
        """Connect, TLS included. Whatever fails in here failed before the request was sent.

        Raises:
            NotSentError: As Network.connect; `provider_timeout`, `provider_certificate`.
        """
        try:
            super().connect()
        except ssl.SSLCertVerificationError as error:
            raise NotSentError("provider_certificate", error.verify_message) from error
        except TimeoutError as error:
            raise NotSentError("provider_timeout", "while connecting") from error
        except (OSError, HTTPError) as error:
            raise NotSentError("provider_unreachable", type(error).__name__) from error

    def getresponse(self) -> HTTPResponse:  # type: ignore[override] # as urllib3 does
        """Note that the connection was in use, then go on as urllib3 does."""
        self._used_at = time.time()
        return super().getresponse()

    @property
    def is_connected(self) -> bool:
        """Whether the connection may be used again."""
        # Not the monotonic clock: it may stand still while a sandbox is frozen.
        return abs(time.time() - self._used_at) < IDLE_SECONDS and super().is_connected

    def _new_conn(self) -> socket.socket:
        # The pool has set `timeout` to all that is left for this exchange.
        seconds = cast("float", self.timeout)
        return self._network.connect(self.host, self.port, Deadline(seconds))


class GuardedTlsConnection(GuardedConnection, HTTPSConnection):
    """The same under TLS."""
