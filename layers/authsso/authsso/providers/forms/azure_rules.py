"""Mistakes that people make with Microsoft Entra's values, in the words of its admin center.

Sources: shared/entra_facts.md 2 (P0); Microsoft's pages on the OpenID Connect protocol
(v2-protocols-oidc), national clouds (authentication-national-cloud) and adding credentials
(how-to-add-credentials).
"""

import re

from authsso.errors import FieldError
from authsso.providers.forms import address_rules
from authsso.providers.forms.address_rules import mistake
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.providers.forms.typed_address import Address, parse, trimmed
from authsso.providers.forms.typed_address import normalise as normalise_address
from authsso.providers.forms.value_rules import GUID, client_id_mistake, client_secret_mistake

_WORLDWIDE = "login.microsoftonline.com"
_PORTALS = frozenset(
    {
        "portal.azure.com",
        "portal.azure.us",
        "portal.azure.cn",
        "entra.microsoft.com",
        "entra.microsoft.us",
        "aad.portal.azure.com",
    }
)
_ALIASES = {
    "login.windows.net": _WORLDWIDE,
    "sts.windows.net": _WORLDWIDE,
    "login.microsoft.com": _WORLDWIDE,
    "login-us.microsoftonline.com": "login.microsoftonline.us",
    "login.usgovcloudapi.net": "login.microsoftonline.us",
    "login.chinacloudapi.cn": "login.partner.microsoftonline.cn",
}
_PERSONAL = frozenset({"consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"})
_TENANT_DOMAIN = re.compile(r"https?://([\w-]+(?:\.[\w-]+)*\.onmicrosoft\.com)(?:/v2\.0)?")
_OVERVIEW = "Entra admin center > Entra ID > App registrations > your app > Overview"


def normalise(text: str) -> str:
    """Bring what was typed to Entra's issuer, all lower case; a bare tenant id is enough.

    A tenant's own domain means the tenant too, though no issuer is named by it (IN-16).
    """
    address = normalise_address(text).lower()
    if found := _TENANT_DOMAIN.fullmatch(address):
        return _issuer(found[1])
    return _issuer(address) if GUID.fullmatch(address) else address


def normalise_client_id(text: str) -> str:
    """Bring a client id to the lower case that Entra's tokens carry."""
    return trimmed(text).lower()


def _issuer(tenant_id: str, host: str = _WORLDWIDE) -> str:
    return f"https://{host}/{tenant_id}/v2.0"


def _fix(address: Address, host: str = _WORLDWIDE) -> str:
    """Offer the right address itself when the tenant id can be read off the wrong one."""
    found = GUID.search(address.path)
    if found and found.group() not in _PERSONAL:
        return f"Use {_issuer(found.group(), host)}"
    return (
        f"Use https://{host}/{{Directory (tenant) ID}}/v2.0, or the Directory (tenant) ID alone: "
        f"{_OVERVIEW}."
    )


def has_placeholder(address: Address, surroundings: Surroundings) -> FieldError | None:
    """Find `{tenant}` left in."""
    if not address_rules.has_placeholder(address, surroundings):
        return None
    return mistake(
        "placeholder",
        "A placeholder is left in the address.",
        f"Replace it by your Directory (tenant) ID: {_OVERVIEW}.",
    )


def is_portal(address: Address, _: Surroundings) -> FieldError | None:
    """Find the browser's address of a Microsoft portal."""
    if address.host not in _PORTALS:
        return None
    # An id in a portal's address is the application's, so no address is built from it.
    return mistake(
        "portal",
        "This is the address of the Azure portal or the Entra admin center.",
        f"Use https://{_WORLDWIDE}/{{Directory (tenant) ID}}/v2.0; the ID stands under "
        f"{_OVERVIEW}.",
    )


def is_closed_cloud(address: Address, _: Surroundings) -> FieldError | None:
    """Find Azure Germany, closed on 29 October 2021."""
    if address.host != "login.microsoftonline.de":
        return None
    return mistake(
        "closed_cloud",
        "Azure Germany is closed; its tenants were moved to the worldwide cloud.",
        _fix(address),
    )


def is_customer_tenant(address: Address, _: Surroundings) -> FieldError | None:
    """Find Azure AD B2C and Entra External ID, which hold customers, not employees."""
    if not address.host.endswith((".b2clogin.com", ".ciamlogin.com")):
        return None
    return mistake(
        "customer_tenant",
        "This tenant is for customers (Azure AD B2C or Entra External ID), not for employees.",
        f"Use the tenant that your employees are in: {_OVERVIEW}, Directory (tenant) ID.",
    )


def is_alias(address: Address, _: Surroundings) -> FieldError | None:
    """Find other names of Entra's hosts; documents found there name another issuer."""
    if address.host not in _ALIASES:
        return None
    host = _ALIASES[address.host]
    return mistake(
        "alias_host",
        f"{address.host} is another name of {host}, which its tokens carry.",
        _fix(address, host),
    )


def is_endpoint(address: Address, _: Surroundings) -> FieldError | None:
    """Find the authorize, token or logout address."""
    if "oauth2" not in address.segments:
        return None
    return mistake(
        "endpoint",
        "This is one of Entra's endpoints, not the Discovery URL.",
        _fix(address, address.host),
    )


def is_open_to_all(address: Address, _: Surroundings) -> FieldError | None:
    """Find the authorities through which every Entra tenant signs in."""
    if not {"common", "organizations"} & set(address.segments):
        return None
    return mistake(
        "open_to_all",
        "“common” and “organizations” let people of every organisation in.",
        f"Put your own Directory (tenant) ID in its place: {_OVERVIEW}.",
    )


def is_personal(address: Address, _: Surroundings) -> FieldError | None:
    """Find the authority of personal Microsoft accounts."""
    if not _PERSONAL & set(address.segments):
        return None
    return mistake(
        "personal",
        "This address signs in personal Outlook and Xbox accounts.",
        f"Use your organisation's Directory (tenant) ID: {_OVERVIEW}.",
    )


def is_named_by_domain(address: Address, _: Surroundings) -> FieldError | None:
    """Find a tenant named by a domain: its tokens carry the GUID, and domains change."""
    if not address.segments or "." not in address.segments[0] or address.segments[0] == "v2.0":
        return None
    return mistake(
        "domain",
        f"The tenant is named by its domain, {address.segments[0]}.",
        f"Put the Directory (tenant) ID in its place: {_OVERVIEW}.",
    )


def is_version_1(address: Address, _: Surroundings) -> FieldError | None:
    """Find a missing /v2.0, which means the old issuer."""
    if len(address.segments) != 1 or not GUID.fullmatch(address.segments[0]):
        return None
    return mistake(
        "version_1",
        "/v2.0 is missing at the end; without it this is the issuer of version 1.",
        f"Use {address.text}/v2.0",
    )


def is_not_an_issuer(address: Address, _: Surroundings) -> FieldError | None:
    """Find whatever is left that is not `/{tenant id}/v2.0`."""
    match address.segments:
        case (tenant_id, "v2.0") if GUID.fullmatch(tenant_id):
            return None
    return mistake(
        "not_an_issuer",
        "This is not the Discovery URL of an Entra tenant.",
        _fix(address),
    )


def client_secret_is_secret_id(typed: TypedValues) -> FieldError | None:
    """Find a GUID: the Secret ID is one, a Value never is."""
    if not GUID.fullmatch((typed.client_secret or "").strip()):
        return None
    return client_secret_mistake(
        "is_secret_id",
        "This looks like the Secret ID, not the secret's Value.",
        "App registrations > your app > Certificates & secrets > Client secrets: copy the Value "
        "column. If it is hidden already, press New client secret and copy the Value at once.",
    )


def client_id_is_not_a_guid(typed: TypedValues) -> FieldError | None:
    """Find a display name, an e-mail address or the like."""
    if GUID.fullmatch(typed.client_id):
        return None
    return client_id_mistake(
        "not_guid",
        "A Client ID of Entra is a GUID; this is not one.",
        f"{_OVERVIEW}: copy Application (client) ID.",
    )


def client_id_is_tenant_id(typed: TypedValues) -> FieldError | None:
    """Find one id in both places: the tenant's and the application's stand on one page."""
    address = parse(typed.discovery_url)
    if address is None or typed.client_id not in address.segments:
        return None
    return client_id_mistake(
        "is_tenant_id",
        "Client ID and the tenant ID in the Discovery URL are the same; one of them is wrong.",
        f"{_OVERVIEW}: Application (client) ID belongs here, Directory (tenant) ID in the "
        "Discovery URL.",
    )
