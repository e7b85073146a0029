"""Mallory administers a tenant, runs its provider, and has an application at the honest one."""

import httpx

from harness.administrator import Administrator
from harness.no_tls import NO_TLS
from harness.token_payload import payload

ISSUERS = {"oidc": "/op", "keycloak": "/realms/mallory", "azure": "/x/v2.0"}


class Mallory(Administrator):
    """The administrator of her tenant, and whoever she lures."""

    def __init__(self, stack, organisation, provider):
        super().__init__(stack, organisation)
        self.organisation, self.provider = organisation, provider

    def settings(self, kind, **changes):
        return {
            "client_id": "0b7c1f6e-5d2a-4c38-9e41-7a6f3d2b8c10",
            "client_secret": "Mallory~knows.it-anyway_8Q~all-of-40chars",
            "discovery_url": f"{self.provider.origin}{ISSUERS[kind]}",
        } | changes

    def callback(self, kind="oidc"):
        """The redirect URI that her connection keeps to itself."""
        connection = self.call("GET", f"/connections/{kind}").json()
        return connection["redirect_uris"][0]["uri"]

    def save(self, kind, **changes):
        """Save a draft; return the codes that refuse it, none when it is kept."""
        path = f"/connections/{kind}"
        etag = self.call("GET", path).headers.get("etag")
        answer = self.call(
            "PUT",
            path,
            self.settings(kind, **changes),
            **({"If_Match": etag} if etag else {}),
        )
        return [one["code"] for one in answer.json().get("errors", [])]

    def trace_of(self, refused):
        """The trace that the reference finds which the person, or the application, is told."""
        told = refused.text + refused.headers.get("location", "")
        listed = self.call("GET", "/sign-ins").json()["sign_ins"]
        (reference,) = {one["reference"] for one in listed if one["reference"] in told}
        return self.call("GET", f"/sign-ins/{reference}").json()

    def finding_of(self, refused):
        return self.trace_of(refused)["finding"]["code"]

    def link(self, kind="oidc"):
        """The hints of the link that she sends to people."""
        return {
            "identity_provider": kind,
            "idp_identifier": self.organisation.tenant.tenant_id,
            "login_hint": None,
        }

    def lures(self, victim, login, kind="oidc"):
        """Follow the link and sign in wherever it leads; stop before our callback."""
        departure = victim.authorize(**self.link(kind))
        assert departure.headers["location"].startswith(f"{self.provider.origin}/")
        return victim.at_provider(departure.headers["location"], login)


class HerApp:
    """An application of Mallory's at the honest provider, which anybody may register there."""

    def __init__(self, stack, mallory, demo_provider):
        # A path at which `Person` stops, at her own server.
        self._redirect_uri = f"{mallory.provider.origin}/oauth2/idpresponse"
        self._registration = demo_provider.register(stack.provider, self._redirect_uri)
        self._login = stack.demo.user.email

    @property
    def client_id(self):
        return self._registration.client_id

    def id_token(self, victim, nonce="any"):
        """What the honest provider signs about a victim who signs in to her application."""
        endpoints = f"{self._registration.issuer.removesuffix('v2.0')}oauth2/v2.0"
        query = {
            "client_id": self.client_id,
            "redirect_uri": self._redirect_uri,
            "response_type": "code",
            "scope": "openid profile email",
            "nonce": nonce,
        }
        asked = str(httpx.URL(f"{endpoints}/authorize", params=query))
        form = {
            "grant_type": "authorization_code",
            "code": victim.at_provider(asked, self._login).parameters["code"],
            "redirect_uri": self._redirect_uri,
            "client_id": self.client_id,
            "client_secret": self._registration.client_secret,
        }
        return httpx.post(f"{endpoints}/token", data=form, verify=NO_TLS).json()["id_token"]

    def says_of(self, victim):
        """The same, to be signed by Mallory: all but what belongs to one token alone."""
        claims = payload(self.id_token(victim))
        kept = ("sub", "oid", "tid", "email", "name", "preferred_username")
        return {name: claims[name] for name in kept} | {"email_verified": True}
