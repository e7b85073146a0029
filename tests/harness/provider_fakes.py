"""An OpenID Provider in memory, its keys, and Microsoft Graph beside it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authsso.errors import ProviderError
from authsso.model import (
    Claims,
    KeySet,
)
from authsso.protocol.sign_in import s256
from authsso.protocol.token_response import TokenResponse
from harness.tokens import rsa_jwk, rsa_key, sign


class FakeProvider:
    """An OpenID Provider with one person in front of it, whose claims are `person`.

    It holds to the protocol as strictly as a real one: each code once, with the client secret,
    the redirect URI and the PKCE verifier that belong to it. Its ID tokens are really signed.
    """

    def __init__(self, now: Callable[[], int]):
        self._now = now
        self.key = rsa_key("provider")
        self.kid = "provider"
        self.client_secret = "client-secret"
        self.person: dict[str, object] = {}
        self.id_token_changes: dict[str, object] = {}
        self.userinfo_claims: Claims | None = None
        self.codes: dict[str, dict[str, str]] = {}
        self.issuers: dict[str, str] = {}

    def sign_in(self, location: str) -> dict[str, str]:
        """What the browser carries back from `location`."""
        asked = dict(parse_qsl(urlsplit(location).query, strict_parsing=True))
        code = f"provider-code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def exchange(
        self,
        metadata,
        *,
        client_id,
        client_secret,
        client_authentication,
        provider_code,
        redirect_uri,
        code_verifier,
    ):
        assert client_authentication == "client_secret_post"
        asked = self.codes.pop(provider_code, None)
        if client_secret != self.client_secret:
            raise ProviderError("provider_invalid_client", error="invalid_client")
        if asked is None or (
            (client_id, redirect_uri, s256(code_verifier))
            != (asked["client_id"], asked["redirect_uri"], asked["code_challenge"])
        ):
            raise ProviderError("provider_invalid_grant", error="invalid_grant")
        claims = {
            "iss": metadata.issuer,
            "aud": client_id,
            "iat": self._now(),
            "exp": self._now() + 3600,
            "nonce": asked["nonce"],
        } | (self.person | self.id_token_changes)
        token = sign(claims, self.key, header={"kid": self.kid})
        return TokenResponse(id_token=token, access_token="provider-access-token")

    def userinfo(self, metadata, access_token, method, subject):
        assert (access_token, method) == ("provider-access-token", "POST")
        assert metadata.userinfo_endpoint
        if self.userinfo_claims is None:
            raise ProviderError("userinfo_unavailable", "HTTP 500")
        if self.userinfo_claims.get("sub") != subject:
            raise ProviderError("userinfo_subject")
        return self.userinfo_claims


class FakeEntraGroups:
    """Microsoft Graph: the groups of whoever signs in, or no."""

    def __init__(self):
        self.groups: tuple[str, ...] | None = None
        self.asked: list[str] = []

    def of_person(self, issuer, access_token):
        assert access_token == "provider-access-token"
        self.asked.append(issuer)
        if self.groups is None:
            raise ProviderError("graph_refused", "HTTP 403")
        return self.groups


class FakeProviderKeys:
    """The keys that are known, and those that a second look finds."""

    def __init__(self, now: Callable[[], int]):
        self._now = now
        self.known = {"provider": rsa_jwk(rsa_key("provider"), kid="provider")}
        self.found_later: dict[str, dict[str, Any]] = {}

    def keys(self, connection_id, version):
        assert connection_id
        assert version
        return KeySet(tuple(self.known.values()), fetched_at=self._now())

    def refetched(self, connection_id, version, kid):
        assert isinstance(kid, str | None)
        self.known |= self.found_later
        return self.keys(connection_id, version)
