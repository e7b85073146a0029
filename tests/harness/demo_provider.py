"""The demo provider's own administration: what was asked of it, and what it shall do wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from local_stack.people import Registration
from local_stack.record import Stack


class DemoProvider:
    """See local/demo_provider/admin.mjs."""

    def __init__(self, stack: Stack) -> None:
        self._http = httpx.Client(base_url=stack.provider_admin_url)

    def close(self) -> None:
        self._http.close()

    def requests(self, **wanted: str) -> list[dict[str, Any]]:
        """Return what relying parties asked since the last `forget`."""
        found: list[dict[str, Any]] = self._ok("GET", "/requests", params=wanted)["requests"]
        return found

    def scenarios(self) -> list[dict[str, Any]]:
        """Return the mistakes on demand, with what an administrator enters for each."""
        found: list[dict[str, Any]] = self._ok("GET", "/scenarios")["scenarios"]
        return found

    def forget(self) -> None:
        self._ok("DELETE", "/requests")

    def reset(self) -> None:
        self._ok("POST", "/reset")

    @contextmanager
    def misbehaving(self, registration: Registration, **wrong: object) -> Iterator[None]:
        """Let the provider do something wrong for one client, and right again afterwards."""
        path = f"/clients/{registration.client_id}/misbehaviour"
        self._ok("PUT", path, json=wrong)
        try:
            yield
        finally:
            self._ok("PUT", path, json={})

    def allow(self, registration: Registration, redirect_uri: str) -> None:
        """Register one more redirect URI at a client, until the next reset."""
        path = f"/clients/{registration.client_id}/redirect-uris"
        self._ok("POST", path, json={"uri": redirect_uri})

    def rotate_keys(self, registration: Registration) -> None:
        self._ok("POST", f"/realms/{registration.realm}/rotate-keys", json={})

    def _ok(self, method: str, path: str, **kwargs: Any) -> Any:
        response = self._http.request(method, path.removeprefix("/"), **kwargs)
        assert response.status_code == 200, response.text
        return response.json()
