"""Two organisations, their providers, an application, and browsers that walk through our apps."""

import json
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from authorize import app as authorize
from authsso.model import Application, Connection, User
from authsso.protocol.sign_in import s256
from harness.fakes import NOW, FakeServices
from harness.http_event import http_event
from harness.providers import metadata, version
from idpresponse import app as idpresponse
from token_endpoint import app as token_endpoint

CALLBACK = "https://portal.example/cb"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
ENTRA = "6babcaad-604b-40ac-a9d7-9fd97c0b779f"
SHARED = "/oauth2/idpresponse"
ENFORCED_AT = NOW - 3600
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

PORTAL = Application(
    client_id="portal",
    name="Portal",
    client_secret=None,
    redirect_uris=(CALLBACK,),
    logout_uris=(),
    scopes=("openid", "email"),
    allows_custom_authentication=True,
)
BACKEND = Application(
    client_id="backend",
    name="Backend",
    client_secret="backend-secret",
    redirect_uris=(CALLBACK, "https://backend.example/cb"),
    logout_uris=(),
    scopes=("openid",),
    allows_custom_authentication=True,
)
REQUEST = {
    "client_id": "portal",
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "openid email",
    "state": "their state & é",
    "code_challenge": s256(VERIFIER),
    "code_challenge_method": "S256",
}
ISSUERS = {
    "azure": f"https://login.microsoftonline.com/{ENTRA}/v2.0",
    "google": "https://accounts.google.com",
    "okta": "https://acme.okta.com",
    "oidc": "https://idp.globex.example",
}
ADA = {
    "sub": "ada-subject",
    "tid": ENTRA,
    "oid": "ada-object",
    "email": "ada@acme.example",
    "name": "Ada Lovelace",
}


def services(**changes: Any) -> FakeServices:
    """Tenant acme owns acme.example and signs in at Entra; nobody is in the pool yet."""
    defaults = {"applications": (PORTAL, BACKEND), "domains": {"acme.example": "acme"}}
    made = FakeServices(**defaults | changes)
    made.provider.person.update(ADA)
    connect(made, "acme", "azure")
    return made


def connect(
    made: FakeServices, tenant_id: str, kind: Any, *, enforced: bool = False, **changes: Any
) -> Connection:
    """Give a tenant a connection that is on."""
    known = metadata(ISSUERS[kind], **changes.pop("metadata", {}))
    connection_id = made.connections.connection_ids(tenant_id)[kind]
    made.client_secrets.bound[connection_id, "secret"] = {
        "client_secret": "client-secret",
        "issuer": known.issuer,
        "client_id": "client",
    }
    connection = Connection(
        tenant_id,
        kind,
        connection_id,
        enabled=True,
        enforced=enforced,
        enforced_at=ENFORCED_AT if enforced else None,
        live=1,
    )
    made.connections.heads[tenant_id, kind] = connection
    made.connections.versions[tenant_id, kind, 1] = version(1, metadata=known, **changes)
    made.calls.clear()
    return connection


def change_connection(made: FakeServices, connection: Connection, **changes: Any) -> None:
    """What an administrator does meanwhile."""
    key = (connection.tenant_id, connection.provider)
    fields = {name: getattr(connection, name) for name in connection.__slots__}
    made.connections.heads[key] = Connection(**fields | changes)


def user(username: str = "user-1", **changes: Any) -> User:
    good = {
        "tenant_id": "acme",
        "email": "ada@acme.example",
        "email_verified": True,
        "enabled": True,
        "confirmed": True,
    }
    return User(username, **good | changes)


class Browser:
    """Cookies, and the requests that a browser makes of the apps of these services."""

    def __init__(self, made: FakeServices):
        self.services = made
        self.cookies: dict[str, str] = {}

    def authorize(self, **changes: str | None) -> SimpleNamespace:
        query = {name: value for name, value in (REQUEST | changes).items() if value is not None}
        return self.send(authorize.create_app, "GET", "/oauth2/authorize", query)

    def leave(self, **changes: str | None) -> str:
        """Begin a sign-in at acme's provider; return the address there."""
        answer = self.authorize(**{"idp_identifier": "acme"} | changes)
        assert answer.status == 303, answer.body
        return answer.location

    def come_back(
        self, parameters: Any, path: str = SHARED, method: str = "GET", **headers: str
    ) -> SimpleNamespace:
        return self.send(idpresponse.create_app, method, path, parameters, **headers)

    def sign_in(self, path: str = SHARED, method: str = "GET", **changes: str) -> SimpleNamespace:
        """From authorize to our code, or to what went wrong."""
        parameters = self.services.provider.sign_in(self.leave(**changes))
        self.services.calls.clear()
        return self.come_back(parameters, path, method)

    def send(
        self, create_app: Any, method: str, path: str, parameters: Any, **headers: str
    ) -> SimpleNamespace:
        raw = parameters if isinstance(parameters, str) else urlencode(parameters)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = [f"{name}={value}" for name, value in self.cookies.items()]
        event = (
            http_event(method, path, body=raw, headers=FORM | headers, cookies=sent)
            if method == "POST"
            else http_event(method, path, query=raw, headers=headers, cookies=sent)
        )
        answer = answered(create_app(self.services), event)
        for cookie in answer.cookies:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        return answer


def redeem(made: FakeServices, code: str, authorization: str = "", **changes: Any) -> Any:
    """Ask for tokens as the application does."""
    form = {
        "grant_type": "authorization_code",
        "client_id": "portal",
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    }
    return token(made, form | changes, authorization)


def token(made: FakeServices, form: Any, authorization: str = "", **changes: Any) -> Any:
    if not isinstance(form, str):
        form = urlencode({name: value for name, value in form.items() if value is not None})
    headers = FORM | ({"Authorization": authorization} if authorization else {})
    event = http_event("POST", "/oauth2/token", body=form, headers=headers) | changes
    return answered(token_endpoint.create_app(made), event)


def answered(app: Any, event: dict[str, Any]) -> SimpleNamespace:
    answer = app.resolve(event, SimpleNamespace())
    headers = answer["headers"]
    location = headers.get("Location", "")
    is_json = headers.get("Content-Type") == "application/json"
    return SimpleNamespace(
        status=answer["statusCode"],
        headers=headers,
        body=answer["body"],
        cookies=answer.get("cookies", []),
        location=location,
        query=dict(parse_qsl(urlsplit(location).query, keep_blank_values=True)),
        json=json.loads(answer["body"]) if is_json else None,
    )
