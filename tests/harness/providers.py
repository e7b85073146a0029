"""A provider's metadata as it is once judged, for tests that need some."""

from typing import Any

from authsso.model import ConnectionVersion, ProviderMetadata

ISSUER = "https://idp.example.com"


def metadata(issuer: str = ISSUER, **changes: Any) -> ProviderMetadata:
    members: dict[str, Any] = {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys",
        "userinfo_endpoint": f"{issuer}/userinfo",
        "end_session_endpoint": None,
        "id_token_algorithms": ("RS256",),
        "client_authentication": ("client_secret_post",),
        "response_modes": ("query",),
        "sends_iss_parameter": False,
    }
    return ProviderMetadata(**(members | changes))


def version(number: int = 1, **changes: Any) -> ConnectionVersion:
    members: dict[str, Any] = {
        "number": number,
        "discovery_url": ISSUER,
        "client_id": "client",
        "secret_id": "secret",
        "method": "POST",
        "client_authentication": "client_secret_post",
        "response_mode": "query",
        "scopes": ("openid",),
        "attribute_mapping": {},
        "group_mapping": {},
        "metadata": metadata(),
        "secret_set_at": 0,
        "secret_expires_on": None,
        "saved_at": 0,
        "saved_by": "administrator",
    }
    return ConnectionVersion(**(members | changes))
