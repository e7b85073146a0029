"""More groups than a token of Entra holds: recognised, and read from Microsoft Graph instead.

Sources: Microsoft's pages on the groups overage claim, on directoryObject: getMemberObjects, and
on the national clouds' Graph endpoints (graph/deployments).
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from authsso.errors import ProviderError
from authsso.model import Claims
from authsso.protocol import bounded_json, media_type, outbound_url

PATH = "/v1.0/me/getMemberObjects"
# The groups claim may be set to any kind of group, and the mapping names those that count.
QUESTION: Mapping[str, object] = {"securityEnabledOnly": False}
MAX_GROUPS = 11_000
MAX_BYTES = 1_048_576

_CLAIM = "groups"
_GRAPH_OF = {
    "login.microsoftonline.com": "graph.microsoft.com",
    "login.microsoftonline.us": "graph.microsoft.us",
    "login.partner.microsoftonline.cn": "microsoftgraph.chinacloudapi.cn",
}
_OK = 200
_REFUSALS = range(400, 500)
_PASSING = (408, 429)


def is_overage(claims: Claims, groups_claim: str) -> bool:
    """Tell whether Entra says that it left the groups out.

    Args:
        claims: Of the ID token, validated.
        groups_claim: That the version reads groups from.
    """
    if groups_claim != _CLAIM:
        return False
    elsewhere = claims.get("_claim_names")
    return bool(claims.get("hasgroups")) or (isinstance(elsewhere, dict) and _CLAIM in elsewhere)


def url_at(issuer: str, *, loopback_allowed: bool = False) -> str | None:
    """Return where the groups of whoever signs in are read, None where no Graph is known.

    The address follows from the issuer alone. `_claim_sources` names one, too; it is never called:
    a token goes to no address that stands in another token.

    Args:
        issuer: The version's.
        loopback_allowed: The local stack only, whose demo provider is its own Graph.
    """
    parts = urlsplit(issuer)
    host = parts.hostname or ""
    if loopback_allowed and outbound_url.is_loopback_host(host):
        return f"{parts.scheme}://{parts.netloc}{PATH}"
    graph = _GRAPH_OF.get(host)
    return f"https://{graph}{PATH}" if graph else None


def judge(status: int, content_type: str, body: bytes) -> tuple[str, ...]:
    """Accept the object ids of the groups, directory roles and administrative units of a person.

    Args:
        status: HTTP status.
        content_type: The header, parameters included.
        body: Bounded by the caller.

    Raises:
        ProviderError: `graph_refused`: Graph says no, and will the next time: the permission is
            missing, or there are over 11,000 groups. `graph_unavailable`: it may answer later.
            `graph_malformed`.
    """
    if status in _REFUSALS and status not in _PASSING:
        raise ProviderError("graph_refused", f"HTTP {status}")
    if status != _OK:
        raise ProviderError("graph_unavailable", f"HTTP {status}")
    if not media_type.is_json(content_type):
        raise ProviderError("graph_malformed", "not application/json")
    try:
        value = bounded_json.parse_object(body, limit=MAX_BYTES).get("value")
    except bounded_json.MalformedJsonError as error:
        raise ProviderError("graph_malformed", str(error)) from error
    if not isinstance(value, list) or len(value) > MAX_GROUPS:
        raise ProviderError("graph_malformed", "value is no list of ids, or too long")
    groups = tuple(item for item in value if isinstance(item, str))
    if len(groups) != len(value):
        raise ProviderError("graph_malformed", "an id is no text")
    return groups


def filled_in(claims: Claims, groups: tuple[str, ...]) -> Claims:
    """Put the groups where Entra would have, had there been room."""
    elsewhere = claims.get("_claim_names")
    kept = {name: value for name, value in claims.items() if name != "hasgroups"}
    if isinstance(elsewhere, dict):
        kept["_claim_names"] = {name: at for name, at in elsewhere.items() if name != _CLAIM}
    return kept | {_CLAIM: list(groups)}
