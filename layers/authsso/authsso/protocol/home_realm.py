"""Which connection a person is sent to: home realm discovery from the request's hints."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from authsso.model import (
    PROVIDER_KINDS,
    AuthorizationRequest,
    Connection,
    ProviderKind,
)
from authsso.protocol import cognito_provider, domain_name, email_address

_CONNECTION_ID = re.compile(r"[a-z2-7]{26}")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a request says about where the person belongs; each None when it says nothing.

    Args:
        connection_id: One connection, named outright.
        provider: A provider kind; needs a tenant beside it.
        pool_provider: What may be the name of a provider of the user pool, as the application
            has always called it at the Cognito domain. A kind may be such a name as well.
        tenant: A tenant id, or a domain that stands for its owner.
        domain: Of the person's e-mail address.
        named: The application chose; so it, not the person, hears when nothing fits.
    """

    connection_id: str | None = None
    provider: ProviderKind | None = None
    pool_provider: str | None = None
    tenant: str | None = None
    domain: str | None = None
    named: bool = False


def hints(request: AuthorizationRequest) -> Hints:
    """Read the hints of a request (design.md 4).

    `identity_provider=COGNITO` is what Amplify sends when the application names none: no hint.
    The name of a provider of our making in the pool leads to its connection.
    """
    named = request.identity_provider
    if named in (None, "COGNITO"):
        named = None
    kind = next((kind for kind in PROVIDER_KINDS if named and kind == named.lower()), None)
    connection_id = _connection_id(named) if named else None
    address = email_address.normalise(request.login_hint)
    return Hints(
        connection_id=connection_id,
        provider=kind,
        pool_provider=None if connection_id else named,
        tenant=request.idp_identifier,
        domain=email_address.domain(address) if address else None,
        named=bool(connection_id or request.idp_identifier or (named and not kind)),
    )


def _connection_id(named: str) -> str | None:
    return named if _CONNECTION_ID.fullmatch(named) else cognito_provider.connection_id_of(named)


def as_domain(tenant: str) -> str | None:
    """Return the domain that an `idp_identifier` may be, else None: then it is a tenant id."""
    try:
        return domain_name.normalise(tenant)
    except ValueError:
        return None


def candidates(
    connections: Sequence[Connection], provider: ProviderKind | None = None
) -> tuple[Connection, ...]:
    """Return the connections that a person of this tenant may use now.

    While one or more connections are enforced, only enforced ones (design.md 5).

    Args:
        connections: All of one tenant.
        provider: The kind asked for, None for any.
    """
    offered = [c for c in connections if c.enabled and c.live is not None]
    enforced = [c for c in offered if c.enforced]
    return tuple(c for c in (enforced or offered) if provider in (None, c.provider))
