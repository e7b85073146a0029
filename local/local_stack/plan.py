"""Which ports and folders a stack has."""

import socket
from dataclasses import astuple, dataclass
from pathlib import Path

from local_stack.failure import StackError

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
BUILT = ROOT / ".aws-sam/build"
HOST = "127.0.0.1"  # nothing here is reachable from another machine
REGION = "eu-central-1"
STACK_NAME = "authsso-local"
DEFAULT_PORT = 4700


@dataclass(frozen=True, slots=True)
class Ports:
    """One port for each thing that listens.

    Args:
        stack: AWS, and our own domain with it.
        provider: The OpenID Providers.
        application: The demo application.
        secure: The stack once more, over TLS.
    """

    stack: int
    provider: int
    application: int
    secure: int

    @property
    def dns(self) -> int:
        """Where the DNS server listens: over UDP, so no port of the others is in its way."""
        return self.stack

    @classmethod
    def following(cls, port: int) -> "Ports":
        """The ports that begin with the developer's own."""
        return cls(port, port + 1, port + 2, port + 3)

    @classmethod
    def free(cls) -> "Ports":
        """Ports that nobody uses now; held open together, so they differ."""
        holders = [socket.socket() for _ in range(4)]
        try:
            for holder in holders:
                holder.bind((HOST, 0))
            return cls(*(holder.getsockname()[1] for holder in holders))
        finally:
            for holder in holders:
                holder.close()

    def require_free(self) -> None:
        """Find out before anything starts.

        Raises:
            StackError: Somebody else listens on one of them.
        """
        for port in astuple(self):
            if not _is_free(port):
                raise StackError(
                    f"port {port} is taken by another program; choose others with PORT=, "
                    f"such as PORT={self.stack + 10} (four in a row are used)"
                )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def default_run_dir(port: int) -> Path:
    """Where the developer's stack on this port keeps its things."""
    return LOCAL / f"run-{port}"
