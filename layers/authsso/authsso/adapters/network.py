"""From a host name to a socket at a public address: resolve once, check all, connect to those."""

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from authsso.adapters.deadline import Deadline
from authsso.errors import ProviderError
from authsso.protocol import address, outbound_url

_MAX_ADDRESSES = 4
_LOOPBACK_ADDRESS = "127.0.0.1"

type Resolve = Callable[[str, int], Sequence[str]]
type Dial = Callable[[tuple[str, int], float], socket.socket]


class NotSentError(ProviderError):
    """No connection came about, so no byte of the request was sent: a retry is harmless."""


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver; gives every address once, in its order of preference."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))


@dataclass(frozen=True, slots=True)
class Network:
    """The way out.

    Args:
        resolve: Host name and port to addresses.
        dial: Address and port to a connected socket, within so many seconds.
        loopback_allowed: The local stack only: names of this machine lead to 127.0.0.1. No other
            name ever does, whatever a resolver says.
    """

    resolve: Resolve = system_resolve
    dial: Dial = socket.create_connection
    loopback_allowed: bool = False

    def connect(self, host: str, port: int, deadline: Deadline) -> socket.socket:
        """Connect to a host at an address that was checked, and at no other (ASVS 1.3.6).

        Returns:
            A socket whose timeout is what the deadline leaves for TLS.

        Raises:
            NotSentError: `provider_address_refused`: the name leads to at least one address that
                is not public; nothing was sent to any of them. `provider_unreachable`.
            TimeoutError: The deadline has passed.
        """
        addresses = self._checked_addresses(host, port, deadline)
        for tried, candidate in enumerate(addresses):
            # An address that never answers must not eat the time of the next one.
            share = deadline.remaining() / (len(addresses) - tried)
            try:
                connected = self.dial((candidate, port), share)
            except OSError:
                continue
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connected.settimeout(deadline.remaining())
            return connected
        deadline.remaining()
        raise NotSentError("provider_unreachable", f"no address of {host} takes connections")

    def _checked_addresses(self, host: str, port: int, deadline: Deadline) -> Sequence[str]:
        if self.loopback_allowed and outbound_url.is_loopback_host(host):
            return (_LOOPBACK_ADDRESS,)  # RFC 6761, 6.3: no resolver needs to be asked
        addresses = self._resolved(host, port, deadline)
        if not addresses:
            raise NotSentError("provider_unreachable", f"{host} has no address")
        if not all(address.is_public(candidate) for candidate in addresses):
            raise NotSentError("provider_address_refused", f"{host} is not on the public internet")
        return addresses[:_MAX_ADDRESSES]

    def _resolved(self, host: str, port: int, deadline: Deadline) -> Sequence[str]:
        """Resolve in a thread of its own: getaddrinfo knows no timeout."""
        answers: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.resolve(host, port))
            except (OSError, UnicodeError):
                answers.put(())

        threading.Thread(target=ask, daemon=True).start()
        try:
            return answers.get(timeout=deadline.remaining())
        except queue.Empty:
            raise TimeoutError("the name look-up took too long") from None
