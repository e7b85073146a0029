"""A caller of the settings API: an administrator of tenant-a, who has just signed in."""

import json
from types import SimpleNamespace

from harness.http_event import http_event
from settings_api.app import create_app

TENANT_GUID = "11111111-2222-3333-4444-555555555555"
ISSUER = f"https://login.microsoftonline.com/{TENANT_GUID}/v2.0"
CANARY = "canary~8Q.secret-value"
NOW = 1_795_600_800
AZURE = "/settings/sso/connections/azure"
CLAIMS = {
    "sub": "sub-anna",
    "jti": "jti-1",
    "token_use": "access",
    "client_id": "dashboard",
    "username": "anna",
    "custom:tenant_id": "tenant-a",
    "cognito:groups": ["tenant-admins"],
    "auth_time": NOW - 60,
}
OTHER_TENANT = CLAIMS | {
    "sub": "sub-carl",
    "username": "carl",
    "custom:tenant_id": "tenant-b",
}
BODY = {
    "client_id": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
    "client_secret": CANARY,
    "discovery_url": ISSUER,
}


class Api:
    """The API on given services; answers have `status`, `headers`, `text` and `json`."""

    def __init__(self, services):
        self.services = services

    def call(self, method, path, body=None, **options):
        event = http_event(method, path, body=body, **({"claims": CLAIMS} | options))
        answer = create_app(self.services).resolve(event, None)
        return SimpleNamespace(
            status=answer["statusCode"],
            headers=answer["headers"],
            text=answer["body"],
            json=json.loads(answer["body"]) if answer["body"] else None,
        )

    def get(self, path=AZURE, **options):
        return self.call("GET", path, **options)

    def post(self, path, body=None, *, etag=None, **options):
        return self.call("POST", path, body, headers={"If-Match": etag} if etag else {}, **options)

    def delete(self, path=AZURE, *, etag=None, **options):
        return self.call("DELETE", path, headers={"If-Match": etag} if etag else {}, **options)

    def put(self, body=BODY, *, etag=None, path=AZURE, **options):
        headers = {"If-Match": etag} if etag else {}
        return self.call("PUT", path, body, headers=headers, **options)

    def patch(self, body, *, etag=None, path=AZURE, **options):
        headers = {"If-Match": etag} if etag else {}
        return self.call("PATCH", path, body, headers=headers, **options)


def has_domain(api, domain="a.example"):
    """Let the tenant have proven a domain, as Enforce needs it."""
    api.services.domains.items[domain] = ("tenant-a", 7)


def mistakes(answer):
    """Field and code of each mistake that an answer names."""
    return [(mistake["field"], mistake["code"]) for mistake in answer.json["errors"]]
