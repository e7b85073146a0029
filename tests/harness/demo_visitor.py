"""Somebody at the demo provider, and what it answers."""

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx
from jose import jws


@dataclass
class Browser:
    """A person's browser and a relying party in one, at one realm of the demo provider."""

    http: httpx.Client
    registration: object
    callback: str
    discovery: dict = field(default_factory=dict)

    def __post_init__(self):
        found = self.http.get(f"{self.registration.issuer}/.well-known/openid-configuration")
        self.discovery = found.json()

    def ask(self, **more):
        """The answer to an authorization request."""
        parameters = {
            "client_id": self.registration.client_id,
            "redirect_uri": self.callback,
            "response_type": "code",
            "scope": "openid profile email",
            "state": "s1",
            "nonce": "n1",
            **more,
        }
        return self.http.get(self.discovery["authorization_endpoint"], params=parameters)

    def sign_in(self, form, **more):
        """What the provider's last answer is, once somebody has filled in its page."""
        answer = self.ask(**more)
        if answer.is_redirect and "/interaction/" in answer.headers["location"]:
            page = answer.headers["location"]
            assert self.http.get(page).status_code == 200
            answer = self.http.post(page, data=form)
            if answer.is_redirect:
                answer = self.http.get(answer.headers["location"])
        return answer

    def returned(self, **more):
        """The parameters that come back to the redirect URI."""
        answer = self.sign_in(
            {"pick": f"ada@{self.registration.realm.split('-')[0]}.example"}, **more
        )
        return parameters_of(answer.headers["location"])

    def exchange(self, code, **more):
        """The token endpoint's answer."""
        return self.http.post(
            self.discovery["token_endpoint"],
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.callback,
                "client_id": self.registration.client_id,
                "client_secret": self.registration.client_secret,
                **more,
            },
        )

    def tokens(self):
        return self.exchange(self.returned()["code"]).json()

    def userinfo(self, method="POST"):
        bearer = {"authorization": f"Bearer {self.tokens()['access_token']}"}
        return self.http.request(method, self.discovery["userinfo_endpoint"], headers=bearer)

    def misbehave(self, **wrong):
        url = f"/_demo/clients/{self.registration.client_id}/misbehaviour"
        assert self.http.put(url, json=wrong).status_code == 200

    def requests(self, **wanted):
        return self.http.get("/_demo/requests", params=wanted).json()["requests"]


def parameters_of(location):
    return {name: value for name, (value,) in parse_qs(urlsplit(location).query).items()}


def claims_of(token):
    return json.loads(jws.get_unverified_claims(token))
