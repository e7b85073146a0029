"""Mistakes in a discovery URL that every provider kind knows. Each rule finds one of them."""

import re

from authsso.errors import FieldError
from authsso.providers.forms.typed import Surroundings
from authsso.providers.forms.typed_address import Address

_PLACEHOLDER = re.compile(
    r"[{}<>]|%7b|%3c|\byour[-_]?(domain|tenant|realm|org|subdomain)|tenant[-_]?id|x{8}",
    re.IGNORECASE,
)
_SAML = re.compile(r"federationmetadata|/saml2?\b|/wsfed|/sso/saml", re.IGNORECASE)
_ENDPOINT = re.compile(
    r"/(authorize|token|userinfo|logout|devicecode|auth|certs|keys)$", re.IGNORECASE
)


def mistake(code: str, message: str, fix: str) -> FieldError:
    """Name a mistake in the discovery URL."""
    return FieldError("discovery_url", f"discovery_url_{code}", message, fix)


def has_placeholder(address: Address, _: Surroundings) -> FieldError | None:
    """Find `{tenant}`, `<realm>`, `your-domain` left in."""
    if not _PLACEHOLDER.search(address.text):
        return None
    return mistake(
        "placeholder",
        "A placeholder is left in the address.",
        "Replace the placeholder by your own value.",
    )


def is_not_https(address: Address, surroundings: Surroundings) -> FieldError | None:
    """Find anything but https (OpenID Connect Discovery 1.0, 7.1)."""
    if address.scheme == "https":
        return None
    if address.scheme == "http" and address.is_loopback and surroundings.allow_loopback:
        return None
    return mistake(
        "not_https",
        "The address does not begin with https://.",
        "Use the https:// address of your provider.",
    )


def is_not_plain(address: Address, _: Surroundings) -> FieldError | None:
    """Find a user, a query or a fragment (OpenID Connect Discovery 1.0, 3, `issuer`)."""
    if address.is_plain:
        return None
    return mistake(
        "not_plain",
        "The address has a part that an issuer never has: ?, # or @.",
        "Keep what stands before the ? or #, and no user name.",
    )


def is_saml(address: Address, _: Surroundings) -> FieldError | None:
    """Find addresses of SAML and WS-Federation."""
    if not _SAML.search(address.text):
        return None
    return mistake(
        "saml",
        "This is a SAML or WS-Federation address.",
        "Copy the address of the OpenID Connect metadata document instead.",
    )


def is_endpoint(address: Address, _: Surroundings) -> FieldError | None:
    """Find an endpoint where the issuer belongs."""
    if not _ENDPOINT.search(address.path):
        return None
    return mistake(
        "endpoint",
        "This is one of your provider's endpoints, not its issuer.",
        "Use the Issuer or Discovery URL; the endpoints are found from there.",
    )


def is_elsewhere(address: Address, surroundings: Surroundings) -> FieldError | None:
    """Find a host that is not this provider's (design.md 6.3)."""
    if not surroundings.pinned_hosts or address.is_on(surroundings.pinned_hosts):
        return None
    return mistake(
        "other_host",
        f"{address.host} is not an address of this provider.",
        "Use the provider's own address, or set this connection up as OpenID Connect.",
    )


ANY_ADDRESS = (has_placeholder, is_saml, is_not_https, is_not_plain)
