"""The user pool's own OAuth endpoints: what is not ours is passed on to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from authsso.adapters.guarded_http import GuardedHttp
from authsso.errors import ProviderError, UnavailableError
from authsso.protocol import bounded_json

_ANSWER_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class CognitoAnswer:
    """What the Cognito domain answered; may hold tokens."""

    status: int
    body: Mapping[str, object] = field(repr=False)


class CognitoDomain:
    """The Cognito domain, from the deployment's own configuration.

    Args:
        http: The guarded client; this one may call the Cognito domain.
        url: Its origin.
    """

    def __init__(self, http: GuardedHttp, url: str) -> None:
        self._http = http
        self._url = url

    def token(self, form: Mapping[str, str], authorization: str) -> CognitoAnswer:
        """Pass a token request on, as the application sent it.

        Args:
            form: Its fields.
            authorization: Its Authorization header, empty when there was none.

        Raises:
            UnavailableError: The Cognito domain gave no answer that can be passed back.
        """
        headers = {"Authorization": authorization} if authorization else {}
        try:
            answer = self._http.send(
                "POST", f"{self._url}/oauth2/token", headers=headers, form=form, limit=_ANSWER_BYTES
            )
            body = bounded_json.parse_object(answer.body, limit=_ANSWER_BYTES)
        except (ProviderError, bounded_json.MalformedJsonError) as error:
            raise UnavailableError("cognito_domain_unavailable", str(error)) from error
        return CognitoAnswer(answer.status, body)
