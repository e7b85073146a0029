"""The demo provider's own administration: what was asked of it, and what it shall do wrong."""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx

from harness.no_tls import NO_TLS
from local_stack.people import Registration, Tenant, provider_realms
from local_stack.record import Stack


class DemoProvider:
    """See local/demo_provider/admin.mjs."""

    def __init__(self, stack: Stack) -> None:
        self._ports = stack.ports
        self._http = httpx.Client(base_url=stack.provider_admin_url, verify=NO_TLS)

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

    @contextmanager
    def publishing(self, registration: Registration, **metadata: object) -> Iterator[None]:
        """Let the provider's discovery document have other members for a while."""
        path = f"/realms/{registration.realm}/misbehaviour"
        self._ok("PUT", path, json={"metadata": metadata})
        try:
            yield
        finally:
            self._ok("PUT", path, json={})

    def add(self, tenant: Tenant) -> None:
        """Open the tenant's own providers, where its people can sign in."""
        for realm in provider_realms((tenant,), self._ports):
            self._ok("POST", "/realms", json=realm)

    def register(self, registration: Registration, *redirect_uris: str) -> Registration:
        """Register one more client beside another, with exactly these redirect URIs."""
        client = {
            "client_id": str(uuid.uuid4()),
            "client_secret": secrets.token_urlsafe(30),
            "redirect_uris": redirect_uris,
        }
        self._ok("POST", f"/realms/{registration.realm}/clients", json=client)
        return replace(
            registration, client_id=client["client_id"], client_secret=client["client_secret"]
        )

    def rotate_keys(self, registration: Registration) -> None:
        self._ok("POST", f"/realms/{registration.realm}/rotate-keys", json={})

    def _ok(self, method: str, path: str, **kwargs: Any) -> Any:
        response = self._http.request(method, path.removeprefix("/"), **kwargs)
        assert response.status_code == 200, response.text
        return response.json()
