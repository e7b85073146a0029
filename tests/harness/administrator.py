"""An organisation's administrator at the deployed settings API."""

from typing import Any

import httpx

from harness.no_tls import NO_TLS
from harness.organisation import Organisation
from local_stack.record import Stack

_SETTINGS = "/settings/sso"


class Administrator:
    """Calls the settings API with the token of a fresh password sign-in."""

    def __init__(self, stack: Stack, organisation: Organisation):
        self.stack = stack
        person = organisation.administrator
        tokens = organisation.password(person, ClientId=stack.settings_client_id)
        self._headers = {
            "Authorization": f"Bearer {tokens['AccessToken']}",
            "Host": stack.base_url.removeprefix("http://"),
        }
        self._seen: set[str] = set()

    def call(self, method, path, body=None, **headers):
        url = f"http://127.0.0.1:{self.stack.ports.stack}{_SETTINGS}{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.request(
            method, url, json=body, headers=self._headers | named, timeout=60, verify=NO_TLS
        )

    def newest_sign_in(self, **query):
        """The latest trace that the filter lets through, whole."""
        (found, *_) = self.call("GET", f"/sign-ins?{httpx.QueryParams(query)}").json()["sign_ins"]
        return self.call("GET", f"/sign-ins/{found['reference']}").json()

    def next_sign_in(self):
        """The trace of the one sign-in that has come back since the last call."""
        listed = self.call("GET", "/sign-ins").json()["sign_ins"]
        came_back = {one["reference"] for one in listed if one["outcome"] != "started"}
        (reference,) = came_back - self._seen
        self._seen |= came_back
        return self.call("GET", f"/sign-ins/{reference}").json()

    def take_live(self, provider: str, settings: dict[str, Any]) -> None:
        """Save and activate; the first time, check and enable."""
        path = f"/connections/{provider}"
        etag = self.call("GET", path).headers.get("etag")
        saved = self.call("PUT", path, settings, **({"If_Match": etag} if etag else {}))
        assert saved.status_code == 200, saved.text
        etag = saved.headers["etag"]
        if saved.json()["live"]:
            done = self.call("POST", f"{path}/activate", If_Match=etag)
        else:
            self.call("POST", f"{path}/check")
            done = self.call("PATCH", path, {"enabled": True}, If_Match=etag)
        assert done.status_code == 200, done.text
