"""Microsoft Graph: which groups is the person in who has just signed in?"""

from authsso.adapters.guarded_http import GuardedHttp
from authsso.errors import ProviderError
from authsso.protocol import entra_groups


class EntraGroups:
    """The groups that had no room in the ID token.

    Args:
        http: The guarded client.
        loopback_allowed: The local stack only.
    """

    def __init__(self, http: GuardedHttp, *, loopback_allowed: bool = False) -> None:
        self._http = http
        self._loopback_allowed = loopback_allowed

    def of_person(self, issuer: str, access_token: str) -> tuple[str, ...]:
        """Ask with the sign-in's own access token, so that it is about nobody else.

        Args:
            issuer: The version's; Graph's address follows from it.
            access_token: From the token endpoint.

        Raises:
            ProviderError: As GuardedHttp.send and entra_groups.judge; `graph_refused` also where
                no Graph is known.
        """
        url = entra_groups.url_at(issuer, loopback_allowed=self._loopback_allowed)
        if url is None:
            raise ProviderError("graph_refused", "no Graph is known for this issuer")
        answer = self._http.send(
            "POST",
            url,
            headers={"Authorization": f"Bearer {access_token}"},
            json=entra_groups.QUESTION,
            limit=entra_groups.MAX_BYTES,
        )
        return entra_groups.judge(answer.status, answer.content_type, answer.body)
