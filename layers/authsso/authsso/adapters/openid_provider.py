"""A tenant's OpenID Provider: asks over HTTP, and lets protocol/ judge what comes back."""

from collections.abc import Mapping

from authsso.adapters.guarded_http import GuardedHttp
from authsso.errors import ProviderError
from authsso.model import (
    Claims,
    ClientAuthentication,
    KeySet,
    Method,
    ProviderKind,
    ProviderMetadata,
    ProviderProfile,
)
from authsso.protocol import (
    bounded_json,
    key_set,
    provider_metadata,
    provider_refusal,
    token_response,
    userinfo,
)
from authsso.protocol.client_authentication import authenticate, code_grant
from authsso.protocol.token_response import TokenResponse

_DOCUMENT_BYTES = 262_144
_OK = 200


class OpenIdProvider:
    """The four things that we ask of a provider.

    Args:
        http: The guarded client; every request goes through it.
        extra_hosts: Hosts that the deployment pins for a provider kind besides the profile's own.
        loopback_allowed: The local stack only.
    """

    def __init__(
        self,
        http: GuardedHttp,
        *,
        extra_hosts: Mapping[ProviderKind, tuple[str, ...]],
        loopback_allowed: bool = False,
    ) -> None:
        self._http = http
        self._extra_hosts = extra_hosts
        self._loopback_allowed = loopback_allowed

    def discover(self, discovery_url: str, profile: ProviderProfile) -> ProviderMetadata:
        """Fetch and judge the discovery document (OpenID Connect Discovery 1.0, 4).

        Raises:
            ProviderError: As GuardedHttp.send, provider_metadata.judge and provider_refusal.read.
        """
        extra_hosts = self._extra_hosts.get(profile.kind, ())
        url = provider_metadata.locate(
            discovery_url,
            profile=profile,
            extra_hosts=extra_hosts,
            loopback_allowed=self._loopback_allowed,
        )
        return provider_metadata.judge(
            self._document(url, malformed="metadata_malformed"),
            discovery_url=discovery_url,
            profile=profile,
            extra_hosts=extra_hosts,
            loopback_allowed=self._loopback_allowed,
        )

    def keys(self, metadata: ProviderMetadata, now: int) -> KeySet:
        """Fetch and judge the key set.

        Raises:
            ProviderError: As GuardedHttp.send, key_set.judge and provider_refusal.read.
        """
        document = self._document(metadata.jwks_uri, malformed="key_set_malformed")
        return key_set.judge(document, fetched_at=now)

    def exchange(  # noqa: PLR0913 - the six things that redeem a code
        self,
        metadata: ProviderMetadata,
        *,
        client_id: str,
        client_secret: str,
        client_authentication: ClientAuthentication,
        provider_code: str,
        redirect_uri: str,
        code_verifier: str,
    ) -> TokenResponse:
        """Redeem the provider's code, once (OpenID Connect Core 1.0, 3.1.3).

        Raises:
            ProviderError: As GuardedHttp.send and token_response.judge.
        """
        form = code_grant(
            provider_code=provider_code, redirect_uri=redirect_uri, code_verifier=code_verifier
        )
        request = authenticate(
            form, client_authentication, client_id=client_id, client_secret=client_secret
        )
        answer = self._http.send(
            "POST",
            metadata.token_endpoint,
            headers=request.headers,
            form=request.form,
            limit=token_response.MAX_BYTES,
        )
        return token_response.judge(answer.status, answer.content_type, answer.body)

    def userinfo(
        self, metadata: ProviderMetadata, access_token: str, method: Method, subject: str
    ) -> Claims:
        """Ask UserInfo, with the token in the header and nowhere else (RFC 6750, 2.1).

        Args:
            metadata: Gives the endpoint.
            access_token: From the token endpoint.
            method: The connection's.
            subject: `sub` of the validated ID token.

        Raises:
            ProviderError: As GuardedHttp.send and userinfo.judge; `userinfo_not_offered`.
        """
        if metadata.userinfo_endpoint is None:
            raise ProviderError("userinfo_not_offered", metadata.issuer)
        answer = self._http.send(
            method,
            metadata.userinfo_endpoint,
            headers={"Authorization": f"Bearer {access_token}"},
            limit=userinfo.MAX_BYTES,
        )
        return userinfo.judge(
            answer.status,
            answer.content_type,
            answer.body,
            subject=subject,
            challenge=answer.challenge,
        )

    def _document(self, url: str, *, malformed: str) -> dict[str, object]:
        answer = self._http.send("GET", url, headers={}, limit=_DOCUMENT_BYTES)
        if answer.status != _OK:
            raise provider_refusal.read(answer.status, answer.body)
        try:
            return bounded_json.parse_object(answer.body, limit=_DOCUMENT_BYTES)
        except bounded_json.MalformedJsonError as error:
            raise ProviderError(malformed, str(error)) from error
