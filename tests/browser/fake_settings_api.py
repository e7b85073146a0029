"""The settings API in memory: the same routes, rules and refusals, as far as the page meets them.

What is typed is judged by the product's own rules (authsso.providers); the rest is a few lines.
"""

import re
import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from authsso.model import PROVIDER_KINDS
from authsso.protocol import federation_state, mapping_rules
from authsso.protocol.connection_settings import changed_fields, secret_required
from authsso.providers import PROFILES
from authsso.providers.forms import FORMS
from authsso.providers.forms.typed import Surroundings, TypedValues
from authsso.providers.forms.typed_values import find_mistakes
from authsso.web.settings.request_models import ConnectionSettings
from browser.fake_organisation import Answer, FakeOrganisation, Refused, as_the_model
from browser.fake_sign_ins import FakeSignIns, SignInRoutes

COGNITO_URI = {
    "name": "cognito",
    "uri": "https://acme-saas.auth.eu-central-1.amazoncognito.com/oauth2/idpresponse",
}


class FakeSettingsApi(SignInRoutes, FakeOrganisation):
    """One tenant's settings, with levers for what tests want to happen."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        super().__init__()
        self.administrator_signed_in = False
        self.check_answer: dict[str, Any] = {"probes": [], "mends": []}
        self.sign_ins = FakeSignIns(f"{base_url}/oauth2/test")
        self.refuse_next: Refused | None = None
        self.requests: list[tuple[str, str, Any]] = []
        self.connections = {kind: self._nothing() for kind in PROVIDER_KINDS}

    # Routes

    def call(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        """Answer one request below /settings/sso."""
        self.requests.append((method, path, body))
        try:
            if self.refuse_next and method != "GET":
                refused, self.refuse_next = self.refuse_next, None
                raise refused
            return self._route(method, *path.split("?"), body=body, headers=headers)
        except Refused as refused:
            problem = vars(refused) | {"type": "about:blank"}
            return refused.status, problem

    def _route(self, method: str, path: str, query: str = "", **sent: Any) -> Answer:
        for pattern, name in _ROUTES.items():
            if found := re.fullmatch(pattern, f"{method} {path}"):
                parts = [unquote(part) for part in found.groups()]
                answer: Answer = getattr(self, name)(*parts, query=query, **sent)
                return answer
        raise Refused(404, "not_found", "There is nothing at this address.")

    def show_all(self, **_: Any) -> Answer:
        return 200, {
            "tenant_id": "acme",
            "providers": [self._connection(kind) for kind in PROVIDER_KINDS],
            "domains": list(self.domains.values()),
            "emergency_access": self.emergency(),
        }

    def show_one(self, kind: str, **_: Any) -> Answer:
        return 200, self._connection(kind)

    def check(self, kind: str, *, body: Any, **_: Any) -> Answer:
        """Answer what a test has put there; of a saved version the result is kept."""
        if body is None:
            connection = self.connections[kind]
            version = connection["draft"] or connection["live"]
            findings = [found["finding"] for found in self.check_answer["probes"]]
            findings = [finding for finding in findings if finding]
            passed = all(finding["severity"] != "error" for finding in findings)
            version["last_check"] = self._result(version, passed, findings, None)
        return 200, self.check_answer

    def prepare_test(self, _kind: str, **_: Any) -> Answer:
        return 200, self.sign_ins.prepare()

    def show_test(self, reference: str, **_: Any) -> Answer:
        detail = self.sign_ins.test()
        if detail["outcome"] != "started":
            connection = self.connections[detail["provider"]]
            version = connection["draft"] or connection["live"]
            passed = detail["outcome"] == "signed_in"
            result = self._result(version, passed, detail["findings"], reference)
            version["last_test"] = result
        return 200, detail

    def save_draft(self, kind: str, *, body: Any, headers: dict[str, str], **_: Any) -> Answer:
        lacks_secret = not body.get("client_secret")
        is_first_without = lacks_secret and "if-match" not in headers
        as_the_model(ConnectionSettings, body, [secret_required(())] if is_first_without else [])
        try:
            connection = self._for_edit(kind, headers, may_be_new=True)
        except Refused as refused:
            if refused.code == "changed_meanwhile":
                refused.errors = self._saved_otherwise(kind, body)
            raise
        if not lacks_secret:
            self.asks_for_a_recent_sign_in()
        form = FORMS[kind]
        url = form.normalise(body["discovery_url"])
        client_id = form.normalise_client_id(body["client_id"])
        kept = self._stored_secret(connection, url, client_id)
        scopes = body.get("scopes", ["openid", "email", "profile"])
        mapping = body.get("attribute_mapping", dict(form.attribute_mapping))
        typed = TypedValues(url, client_id, body.get("client_secret"))
        errors = [
            *find_mistakes(form, typed, Surroundings(PROFILES[kind].pinned_hosts, False)),
            *mapping_rules.scope_mistakes(scopes),
            *mapping_rules.attribute_mistakes(mapping),
            *mapping_rules.group_mistakes(body.get("group_mapping", {}), ["editors"]),
        ]
        if lacks_secret and kept is None:
            errors.append(secret_required(()))
        if errors:
            raise Refused(
                400,
                "invalid_settings",
                "Some values cannot be saved yet.",
                errors=[vars_of(error) for error in errors],
            )
        secret = kept or {"is_set": True, "set_at": self.now()}
        connection["numbers"] += 1
        connection["draft"] = {
            "number": connection["numbers"],
            "discovery_url": url,
            "issuer": url,
            "client_id": client_id,
            "secret": secret | {"expires_on": body.get("secret_expires_on")},
            "method": body["method"],
            "client_authentication": body.get("client_authentication", "client_secret_basic"),
            "response_mode": body.get("response_mode", "query"),
            "scopes": scopes,
            "attribute_mapping": mapping,
            "group_mapping": body.get("group_mapping", {}),
            "logout_at_provider": body.get("logout_at_provider", False),
            "saved_at": self.now(),
            "saved_by": "5f0c6a52-ada",
            "last_check": None,
            "last_test": None,
        }
        return self._changed(kind, "draft_saved", {"method": body["method"]})

    def toggle(self, kind: str, *, body: Any, headers: dict[str, str], **_: Any) -> Answer:
        connection = self._for_edit(kind, headers, may_be_new=kind == "google")
        enabled = body.get("enabled", connection["enabled"])
        enforced = body.get("enforced", connection["enforced"])
        if enforced and not enabled:
            if connection["enforced"]:
                raise Refused(409, "enforced", "Switch Enforce off first, then Enable.")
            raise Refused(409, "enforce_needs_enabled", "Switch Enable on before Enforce.")
        if enforced and not connection["enforced"]:
            self.asks_for_a_recent_sign_in()
            if not self.leads_people_here():
                raise Refused(
                    409,
                    "enforce_needs_domain",
                    "Prove an e-mail domain first: without one, nobody who enters a work e-mail "
                    "is led to your provider.",
                )
            if not self.users and not self.codes["left"]:
                raise Refused(
                    409,
                    "enforce_needs_emergency_access",
                    "Set up emergency access first: without it, nobody could sign in when your "
                    "provider fails.",
                )
            if not self.administrator_signed_in:
                raise Refused(
                    409,
                    "enforce_needs_sign_in",
                    "Sign in once through this connection yourself, then switch Enforce on.",
                )
        if enabled and not connection["live"] and kind != "google":
            if not connection["draft"]:
                raise Refused(
                    409, "no_draft", "Fill in the form and save it, then switch Enable on."
                )
            if not (connection["draft"]["last_check"] or {}).get("passed"):
                raise Refused(409, "enable_needs_check", "Run the check first.")
            connection["live"], connection["draft"] = connection["draft"], None
            connection["live_since"] = self.now()
        moved = "enforced" if "enforced" in body else "enabled"
        opposite = {"enforced": "unenforced", "enabled": "disabled"}
        connection.update(enabled=enabled, enforced=enforced)
        return self._changed(kind, moved if body[moved] else opposite[moved])

    def activate(self, kind: str, *, headers: dict[str, str], **_: Any) -> Answer:
        connection = self._for_edit(kind, headers)
        if not connection["draft"]:
            raise Refused(409, "no_draft", "There is no draft to make live.")
        connection.update(previous=connection["live"], live=connection["draft"], draft=None)
        connection["live_since"] = self.now()
        return self._changed(kind, "activated")

    def roll_back(self, kind: str, *, headers: dict[str, str], **_: Any) -> Answer:
        connection = self._for_edit(kind, headers)
        connection.update(live=connection["previous"], previous=connection["live"])
        connection["live_since"] = self.now()
        return self._changed(kind, "rolled_back")

    def move(self, kind: str, *, headers: dict[str, str], **_: Any) -> Answer:
        imported = self._for_edit(kind, headers)["imported"]
        for need in imported["needs"]:
            raise Refused(409, need["code"], need["message"])
        imported["moved_at"] = self.now()
        return self._changed(kind, "moved")

    def move_back(self, kind: str, *, headers: dict[str, str], **_: Any) -> Answer:
        self._for_edit(kind, headers)["imported"]["moved_at"] = None
        return self._changed(kind, "moved_back")

    def delete(self, kind: str, *, headers: dict[str, str], **_: Any) -> Answer:
        connection = self._for_edit(kind, headers)
        self.asks_for_a_recent_sign_in()
        if connection["enforced"]:
            raise Refused(409, "enforced", "Switch Enforce off first, then delete.")
        self.connections[kind] = self._nothing()
        self.happened("connection_deleted", kind)
        return 204, None

    # What another administrator does

    def somebody_else_changes(self, kind: str, **changes: Any) -> None:
        connection = self.connections[kind]
        version = "draft" if connection["draft"] else "live"
        connection[version] = connection[version] | changes
        connection["revision"] += 1

    # Inside

    def _result(
        self, version: dict[str, Any], passed: bool, findings: Any, reference: str | None
    ) -> dict[str, Any]:
        return {
            "version": version["number"],
            "at": self.now(),
            "by": "5f0c6a52-ada",
            "passed": passed,
            "findings": [finding["code"] for finding in findings],
            "reference": reference,
        }

    def _nothing(self) -> dict[str, Any]:
        return {
            "numbers": 0,
            "revision": 0,
            "enabled": False,
            "enforced": False,
            "lifted_until": None,
            "live": None,
            "draft": None,
            "previous": None,
            "live_since": None,
            "imported": None,
        }

    def _connection(self, kind: str) -> dict[str, Any]:
        connection, form, profile = self.connections[kind], FORMS[kind], PROFILES[kind]
        own = f"{self.base_url}/oauth2/idpresponse"
        if profile.has_own_callback:
            own += f"/c-{kind}"
        return {
            "provider": kind,
            "name": profile.name,
            "guide_url": form.guide_url,
            "is_offered": True,
            "fields": [vars_of(entry) for entry in form.fields],
            "connection_id": f"c-{kind}",
            "redirect_uris": [
                {"name": "authsso", "uri": own},
                *([] if profile.has_own_callback else [COGNITO_URI]),
            ],
            "post_logout_redirect_uri": (
                f"{self.base_url}/oauth2/logout/done" if profile.signs_out_without_token else None
            ),
            "etag": f'"{connection["revision"]}"' if connection["revision"] else None,
            "last_check": None,
            "last_test": None,
            "warnings": list(self._warnings(connection)),
            "cognito_domain": _told("offered" if connection["enabled"] else "not_enabled"),
            **{
                key: value
                for key, value in connection.items()
                if key not in {"numbers", "revision"}
            },
        }

    def _warnings(self, connection: dict[str, Any]) -> Any:
        live = connection["live"]
        if live and (expires := live["secret"]["expires_on"]):
            days = round((time.mktime(time.strptime(expires, "%Y-%m-%d")) - self.now()) / 86400)
            if days <= 30:
                yield {
                    "code": "secret_expires_soon",
                    "message": f"The secret expires in {days} days.",
                    "fix": "Create a new client secret at your provider and enter it here.",
                }
        if connection["enabled"] and not self.leads_people_here():
            yield {
                "code": "no_proven_domain",
                "message": "No e-mail domain is proven, so nobody is led here by an address.",
                "fix": "Add your e-mail domain and prove it with a DNS record.",
            }

    def _for_edit(
        self, kind: str, headers: dict[str, str], *, may_be_new: bool = False
    ) -> dict[str, Any]:
        connection = self.connections[kind]
        if connection["revision"] == 0 and not may_be_new:
            raise Refused(409, "no_draft", "Fill in the form and save it, then switch Enable on.")
        if connection["revision"] and not headers.get("if-match"):
            raise Refused(428, "condition_required", "Send If-Match.")
        if connection["revision"] and headers["if-match"] != f'"{connection["revision"]}"':
            raise Refused(
                412,
                "changed_meanwhile",
                "Somebody else has changed this connection since you loaded it.",
            )
        return connection

    def _saved_otherwise(self, kind: str, body: Any) -> list[dict[str, Any]]:
        connection = self.connections[kind]
        saved = connection["draft"] or connection["live"]
        dates = {"secret_expires_on": saved["secret"]["expires_on"]}
        sent = saved | {"secret_expires_on": None} | body
        found = changed_fields(SimpleNamespace(**sent), SimpleNamespace(**saved | dates))  # type: ignore[arg-type]
        return [vars_of(error) for error in found]

    def _stored_secret(
        self, connection: dict[str, Any], url: str, client_id: str
    ) -> dict[str, Any] | None:
        for version in (connection["draft"], connection["live"]):
            if version and (version["issuer"], version["client_id"]) == (url, client_id):
                return dict(version["secret"])
        return None

    def _changed(self, kind: str, action: str, details: dict[str, Any] | None = None) -> Answer:
        self.connections[kind]["revision"] += 1
        self.happened(action, kind, details)
        return 200, self._connection(kind)


def _told(reason: str) -> dict[str, str]:
    told = federation_state.state_of(reason, at=0)
    return {"state": told.state, "message": told.message}


def vars_of(frozen: Any) -> dict[str, Any]:
    """Return a frozen dataclass with slots as a dictionary."""
    return {name: getattr(frozen, name) for name in frozen.__slots__}


_ROUTES = {
    r"GET ": "show_all",
    r"GET /connections/(\w+)": "show_one",
    r"PUT /connections/(\w+)": "save_draft",
    r"PATCH /connections/(\w+)": "toggle",
    r"POST /connections/(\w+)/check": "check",
    r"POST /connections/(\w+)/test": "prepare_test",
    r"POST /connections/(\w+)/explain": "explain",
    r"POST /connections/(\w+)/activate": "activate",
    r"POST /connections/(\w+)/rollback": "roll_back",
    r"POST /connections/(\w+)/move": "move",
    r"DELETE /connections/(\w+)/move": "move_back",
    r"DELETE /connections/(\w+)": "delete",
    r"GET /domains": "list_domains",
    r"POST /domains": "claim_domain",
    r"POST /domains/([^/]+)/verify": "verify_domain",
    r"DELETE /domains/([^/]+)": "remove_domain",
    r"GET /emergency-access": "show_emergency",
    r"PUT /emergency-access": "name_users",
    r"POST /emergency-access/recovery-codes": "make_codes",
    r"GET /tests/([A-Z2-7]{8})": "show_test",
    r"GET /sign-ins": "list_sign_ins",
    r"GET /sign-ins/([A-Z2-7]{8})": "show_sign_in",
    r"GET /events": "list_events",
}
