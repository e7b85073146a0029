"""The user pool in memory: its applications, users, tokens, and the domain that it serves."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from authsso.adapters.cognito_domain import CognitoAnswer
from authsso.adapters.cognito_tokens import Tokens
from authsso.model import (
    Application,
    User,
)
from harness.settings_fakes import CONFIG
from harness.tokens import compact


class FakeCognitoDomain:
    """The Cognito domain: keeps what was passed on, and knows no code."""

    def __init__(self):
        self.passed: list[tuple[dict[str, str], str]] = []
        self.answer = CognitoAnswer(400, {"error": "invalid_grant"})

    def token(self, form, authorization):
        self.passed.append((dict(form), authorization))
        return self.answer


class FakeApplications:
    """The pool's app clients."""

    def __init__(self, *applications: Application):
        self.kept = {application.client_id: application for application in applications}

    def find(self, user_pool_id, client_id):
        assert user_pool_id == CONFIG.user_pool_id
        return self.kept.get(client_id)


class FakeUsers:
    """The pool's users; what was done to them is in lists.

    `named_by_address`: addresses are usernames, and Cognito's own are UUIDs. `unlisted` are users
    whom a search does not find yet.
    """

    named_by_address = False

    def __init__(self, *users: User):
        self.kept = {user.username: user for user in users}
        self.created: list[str] = []
        self.confirmed: list[str] = []
        self.linked: list[tuple[str, str]] = []
        self.providers: set[str] = set()
        self.elsewhere: set[tuple[str, str]] = set()
        self.groups: dict[str, set[str]] = {}
        self.more_attributes: dict[str, str] = {}
        self.unlisted: set[str] = set()
        self._lock = threading.Lock()

    def find(self, username):
        if self.named_by_address and "@" in username:
            return next(iter(self._holding(username)), None)
        return self.kept.get(username)

    def attributes(self, username):
        user = self.kept.get(username)
        if user is None or not user.enabled:
            return None
        return {"sub": f"sub of {username}", "email": user.email} | self.more_attributes

    def with_email(self, address):
        return tuple(u for u in self._holding(address) if u.username not in self.unlisted)

    def _holding(self, address):
        return [user for user in list(self.kept.values()) if user.email == address]

    def are_named_by_address(self):
        return self.named_by_address

    def create(self, username, identity):
        with self._lock:
            taken = self._holding(identity.email)
            if self.named_by_address:
                if taken:
                    return None
                username = str(uuid.uuid4())
            if username not in self.kept:
                self.created.append(username)
                self.kept[username] = User(
                    username,
                    identity.tenant_id,
                    identity.email,
                    not any(user.email_verified for user in taken),
                    enabled=True,
                    confirmed=True,
                )
            return username

    def confirm(self, username):
        self.confirmed.append(username)

    def groups_of(self, username):
        return frozenset(name for name, members in self.groups.items() if username in members)

    def join(self, username, group):
        assert group != "tenant-admins"
        if group in self.groups:
            self.groups[group].add(username)
        return group in self.groups

    def leave(self, username, group):
        self.groups[group].discard(username)

    def link(self, username, identity):
        self.linked.append((username, identity.subject))

    def offer_link(self, username, provider, subject):
        known = any((provider, subject) in user.identities for user in self.kept.values())
        if provider in self.providers and not known and (provider, subject) not in self.elsewhere:
            user = self.kept[username]
            identities = user.identities | {(provider, subject)}
            self.kept[username] = replace(user, identities=identities)

    def has_provider(self, name):
        return name in self.providers

    def disable(self, username):
        self.kept[username] = replace(self.kept[username], enabled=False)

    def set_tenant(self, username, tenant_id):
        self.kept[username] = replace(self.kept[username], tenant_id=tenant_id)


class FakeTokens:
    """Cognito: it mints if the verify trigger would spend the ticket.

    `of_identity` and `of_access` change claims of what it mints; `while_minting` is called in
    the middle.
    """

    def __init__(self, codes, users: FakeUsers, now: Callable[[], int]):
        self._codes, self._users, self._now = codes, users, now
        self.of_identity: dict[str, object] = {}
        self.of_access: dict[str, object] = {}
        self.refresh_tokens: dict[str, str] = {}
        self.revocations: dict[str, str] = {}
        self.signed_out: list[str] = []
        self.refuses = False
        self.rotates = False
        self.while_minting: Callable[[], Any] = lambda: None

    def mint(self, application, username, ticket):
        client_id = application.client_id
        self.while_minting()
        spent = self._codes.spend(
            ticket, username=username, client_id=client_id, challenge="one", now=self._now()
        )
        user = self._users.kept.get(username)
        if self.refuses or not spent or not user or not user.enabled:
            return None
        common = {
            "iss": f"https://cognito-idp.eu-central-1.amazonaws.com/{CONFIG.user_pool_id}",
            "custom:tenant_id": user.tenant_id,
        }
        of_identity = {"aud": client_id, "cognito:username": username}
        of_access = {"client_id": client_id, "username": username}
        return Tokens(
            id_token=compact({}, common | of_identity | self.of_identity),
            access_token=compact({}, common | of_access | self.of_access),
            refresh_token="cognito-refresh-token",
            expires_in=3600,
        )

    def refresh(self, application, refresh_token):
        if self.refresh_tokens.get(refresh_token) != application.client_id:
            return None
        rotated = "next-refresh-token" if self.rotates else None
        return Tokens("new.id.token", "new.access.token", rotated, 300)

    def revoke(self, application, refresh_token):
        if refresh_token in self.revocations:
            return self.revocations[refresh_token]
        if self.refresh_tokens.get(refresh_token) not in {application.client_id, None}:
            return "refused"
        self.refresh_tokens.pop(refresh_token, None)
        return "done"

    def sign_out_everywhere(self, username):
        self.signed_out.append(username)
