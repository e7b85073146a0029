"""An organisation's administrator at the deployed settings API."""

import httpx

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

    def call(self, method, path, body=None, **headers):
        url = f"http://127.0.0.1:{self.stack.ports.stack}{_SETTINGS}{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.request(method, url, json=body, headers=self._headers | named, timeout=60)

    def newest_sign_in(self, **query):
        """The latest trace that the filter lets through, whole."""
        (found, *_) = self.call("GET", f"/sign-ins?{httpx.QueryParams(query)}").json()["sign_ins"]
        return self.call("GET", f"/sign-ins/{found['reference']}").json()
