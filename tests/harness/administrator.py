"""The settings API as an organisation's administrator calls it on the deployed stack."""

from typing import Any, Self

import httpx

from harness.organisation import Organisation
from local_stack.record import Stack

_SETTINGS = "/settings/sso"


class Administrator:
    """Somebody of `tenant-admins` with an access token of the settings page's app client."""

    def __init__(self, stack: Stack, organisation: Organisation) -> None:
        tokens = organisation.password(
            organisation.administrator, ClientId=stack.settings_client_id
        )
        self._seen: set[str] = set()
        self._http = httpx.Client(
            base_url=f"http://127.0.0.1:{stack.ports.stack}{_SETTINGS}",
            headers={
                "Authorization": f"Bearer {tokens['AccessToken']}",
                "Host": stack.base_url.removeprefix("http://"),
            },
            timeout=60,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._http.request(method, path, json=body, headers=named)

    def next_trace(self) -> dict[str, Any]:
        """Return the trace of the one sign-in that has come back since the last call."""
        listed = self.call("GET", "/sign-ins").json()["sign_ins"]
        came_back = {one["reference"] for one in listed if one["outcome"] != "started"}
        (reference,) = came_back - self._seen
        self._seen |= came_back
        trace: dict[str, Any] = self.call("GET", f"/sign-ins/{reference}").json()
        return trace

    def save(self, provider: str, settings: dict[str, Any]) -> httpx.Response:
        """Write the draft, whatever stood there before."""
        path = f"/connections/{provider}"
        etag = self.call("GET", path).headers.get("etag")
        return self.call("PUT", path, settings, **({"If_Match": etag} if etag else {}))

    def take_live(self, provider: str, settings: dict[str, Any]) -> None:
        """Save and activate; the first time, check and enable."""
        path = f"/connections/{provider}"
        saved = self.save(provider, settings)
        assert saved.status_code == 200, saved.text
        etag = saved.headers["etag"]
        if saved.json()["live"]:
            done = self.call("POST", f"{path}/activate", If_Match=etag)
        else:
            self.call("POST", f"{path}/check")
            done = self.call("PATCH", path, {"enabled": True}, If_Match=etag)
        assert done.status_code == 200, done.text
