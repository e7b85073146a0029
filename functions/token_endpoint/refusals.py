"""Whoever is refused too often is not heard for the rest of the minute (E37)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from authsso.errors import TokenError
from authsso.protocol import rate_limit
from authsso.web.parameters import MalformedRequestError
from authsso.web.source import source_of

if TYPE_CHECKING:
    from authsso.services import Services


@contextmanager
def counted(services: "Services", event: Mapping[str, Any]) -> Iterator[None]:
    """Count a refusal of what is in here against the network that it comes from.

    Args:
        services: The world outside.
        event: Of the request.

    Raises:
        TokenError: 429 `too_many_refusals`; or whatever is raised within.
    """
    limit = rate_limit.refused_tokens(services.config.network_refusals_per_minute)
    network = source_of(event).network
    if services.limits.is_spent(limit, network):
        raise TokenError(
            "too_many_refusals",
            network,
            error="temporarily_unavailable",
            description="too many requests of yours were refused; try again in a minute",
            status=429,
        ).to_retry_after(rate_limit.seconds_left(services.now()))
    try:
        yield
    except (TokenError, MalformedRequestError):
        services.limits.admits(limit, network)
        raise
