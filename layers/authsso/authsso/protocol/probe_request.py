"""What a check asks a provider, so that its answer shows whether a value is right.

No request here can sign anybody in. Source: shared/entra_facts.md 2 (P2, P3).
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from authsso.model import ProviderKind, ProviderMetadata

# Never issued by anybody: whether it is refused as a code, or the client is, is what is asked.
IMPOSSIBLE_CODE = "authsso-check-this-is-no-code"
_VERIFIER = "authsso-check-of-43-characters-and-no-secret"
_CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeGt8nTU9mKIyV7Pwy1c"
_ANY = "authsso-check"


def client_form(provider: ProviderKind, redirect_uri: str) -> dict[str, str]:
    """Spell the grant by which the token endpoint judges client id and secret.

    Args:
        provider: Entra judges a code before the secret, so it is asked for a token of its own,
            which is thrown away; the others are given a code that cannot be valid.
        redirect_uri: Ours.
    """
    if provider == "azure":
        return {
            "grant_type": "client_credentials",
            "scope": "https://graph.microsoft.com/.default",
        }
    return {
        "grant_type": "authorization_code",
        "code": IMPOSSIBLE_CODE,
        "redirect_uri": redirect_uri,
        "code_verifier": _VERIFIER,
    }


def silent_url(metadata: ProviderMetadata, client_id: str, redirect_uri: str) -> str:
    """Return the authorize address that answers without a question, there being no cookie."""
    query = {
        "client_id": client_id,
        "response_type": "code",
        "scope": "openid",
        "redirect_uri": redirect_uri,
        "state": _ANY,
        "nonce": _ANY,
        "code_challenge": _CHALLENGE,
        "code_challenge_method": "S256",
        "prompt": "none",
    }
    endpoint = metadata.authorization_endpoint
    # Spelled plainly: protocol/outbound_url.py refuses a slash in disguise.
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query, safe=':/')}"


def no_bearer() -> Mapping[str, str]:
    """Return the header of a UserInfo request whose token cannot be valid."""
    return {"Authorization": f"Bearer {_ANY}"}
