"""A person whose application still points at the Cognito domain: the second redirect URI."""

import httpx

from harness.person import Callback, Person


class CognitoVisitor(Person):
    """One browser that is sent to Cognito's own pages and endpoints."""

    def authorize(self, **changes: str | None) -> httpx.Response:
        url = f"{self.stack.cognito_domain_url}/oauth2/authorize"
        return self.http.get(url, params=self.authorization_request(**changes))

    def back_from_provider(self, login: str, **hints: str | None) -> Callback:
        """Begin at Cognito, sign in at the provider, and stop before Cognito's callback."""
        departure = self.authorize(**hints)
        assert departure.status_code == 302, departure.text
        return self.at_provider(departure.headers["location"], login)

    def token_request(self, code: str, /, **changes: str | None) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self.stack.app_client_id,
            "redirect_uri": self.stack.app_redirect_uri,
            "code_verifier": self.verifier,
        }
        kept = {n: v for n, v in (form | changes).items() if v is not None}
        return self.http.post(f"{self.stack.cognito_domain_url}/oauth2/token", data=kept)

    def code(self, login: str, **hints: str | None) -> str:
        """Sign in up to Cognito's code at the application."""
        arrival = self.send(self.back_from_provider(login, **hints))
        assert arrival.status_code == 302, arrival.text
        return httpx.URL(arrival.headers["location"]).params["code"]
