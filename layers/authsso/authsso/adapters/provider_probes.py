"""The questions of a check, sent to a provider; findings/in_probes judges the answers."""

from authsso.adapters.guarded_http import GuardedHttp, HttpAnswer
from authsso.model import ClientAuthentication, Method, ProviderKind, ProviderMetadata
from authsso.protocol import probe_request
from authsso.protocol.client_authentication import authenticate
from authsso.protocol.provider_metadata import well_known_url

_PAGE_BYTES = 1_048_576
_DOCUMENT_BYTES = 262_144


class ProviderProbes:
    """Asks without anybody signing in.

    Args:
        http: The guarded client; every request goes through it.
    """

    def __init__(self, http: GuardedHttp) -> None:
        self._http = http

    def client(  # noqa: PLR0913 - what the token endpoint is shown
        self,
        metadata: ProviderMetadata,
        provider: ProviderKind,
        *,
        client_id: str,
        client_secret: str,
        client_authentication: ClientAuthentication,
        redirect_uri: str,
    ) -> HttpAnswer:
        """Show the token endpoint the client's credentials.

        Raises:
            ProviderError: As GuardedHttp.send.
        """
        request = authenticate(
            probe_request.client_form(provider, redirect_uri),
            client_authentication,
            client_id=client_id,
            client_secret=client_secret,
        )
        return self._http.send(
            "POST",
            metadata.token_endpoint,
            headers=request.headers,
            form=request.form,
            limit=_DOCUMENT_BYTES,
        )

    def redirect_uri(
        self, metadata: ProviderMetadata, client_id: str, redirect_uri: str
    ) -> HttpAnswer:
        """Ask the authorize endpoint, without cookies, whether it would come back here.

        Raises:
            ProviderError: As GuardedHttp.look.
        """
        url = probe_request.silent_url(metadata, client_id, redirect_uri)
        return self._http.look(url, headers={"Accept": "text/html"}, limit=_PAGE_BYTES)

    def userinfo(self, endpoint: str, method: Method) -> HttpAnswer:
        """Ask UserInfo with a token that cannot be valid.

        Raises:
            ProviderError: As GuardedHttp.send.
        """
        headers = probe_request.no_bearer()
        return self._http.send(method, endpoint, headers=headers, limit=_DOCUMENT_BYTES)

    def date(self, issuer: str) -> str:
        """Return the provider's time, as its discovery document's headers tell it.

        Raises:
            ProviderError: As GuardedHttp.look.
        """
        return self._http.look(well_known_url(issuer), headers={}, limit=_DOCUMENT_BYTES).date
