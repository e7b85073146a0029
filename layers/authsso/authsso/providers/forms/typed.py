"""What stands in the fields of the form, as the rules see it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TypedValues:
    """What an administrator typed.

    Args:
        discovery_url: After `ProviderForm.normalise`.
        client_id: After `ProviderForm.normalise_client_id`.
        client_secret: Exactly as typed; None when the stored one is kept.
    """

    discovery_url: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the deployment allows.

    Args:
        pinned_hosts: Where this kind's addresses must be; empty for any host.
        allow_loopback: Plain http to this machine is taken; in the local stack only.
    """

    pinned_hosts: tuple[str, ...]
    allow_loopback: bool = False
