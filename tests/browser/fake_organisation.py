"""A tenant in memory, all but its connections: domains, emergency access, history."""

import re
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from authsso.web.settings import shape_mistakes
from authsso.web.settings.request_models import DomainClaim, EmergencyUsers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from authsso.errors import FieldError

RECENT = 15 * 60
type Answer = tuple[int, dict[str, Any] | None]


@dataclass
class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """Problem details to be answered."""

    status: int
    code: str
    title: str
    detail: str | None = None
    errors: list[dict[str, str]] = field(default_factory=list)


def as_the_model(
    model: type[BaseModel], body: Any, more: "Sequence[FieldError]" = ()
) -> dict[str, Any]:
    """Take a body of the right shape; refuse any other in the product's own words."""
    try:
        model.model_validate(body)
    except ValidationError as error:
        errors = [found | {"loc": ("body", *found["loc"])} for found in error.errors()]
        refused = shape_mistakes.as_settings_error(errors, more)
        named = [asdict(found) for found in refused.fields]
        raise Refused(refused.status, refused.code, refused.title, errors=named) from error
    return dict(body)


def mistake(name: str, code: str, message: str, fix: str) -> dict[str, str]:
    return {"field": name, "code": code, "message": message, "fix": fix}


class FakeOrganisation:
    """One tenant, with levers for what tests want to happen."""

    def __init__(self) -> None:
        self.now: Callable[[], int] = lambda: int(time.time())
        self.signed_in_at = self.now()
        self.published: set[str] = set()
        self.domains: dict[str, dict[str, Any]] = {}
        self.users: list[dict[str, str]] = []
        self.codes: dict[str, int | None] = {"left": 0, "made_at": None}
        self.emergency_revision = 1
        self.events: list[dict[str, Any]] = []

    def list_domains(self, **_: Any) -> Answer:
        return 200, {"domains": list(self.domains.values())}

    def claim_domain(self, *, body: Any, **_: Any) -> Answer:
        name = as_the_model(DomainClaim, body)["domain"].strip().lower()
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", name):
            error = (
                "domain",
                "domain_malformed",
                "This is not a domain.",
                "Enter what stands behind the @.",
            )
            raise Refused(
                400, "invalid_domain", "The domain cannot be added.", errors=[mistake(*error)]
            )
        if name == "gmail.com":
            error = (
                "domain",
                "domain_public",
                "gmail.com belongs to everybody.",
                "Enter a domain of your own.",
            )
            raise Refused(
                400, "invalid_domain", "The domain cannot be added.", errors=[mistake(*error)]
            )
        self.domains[name] = {
            "domain": name,
            "state": "pending",
            "proven_at": None,
            "checked_at": None,
            "record": {
                "name": f"_authsso.{name}",
                "type": "TXT",
                "value": "authsso-domain-proof=6pGJ7yq3v1Yx0TnB2mZk",
            },
        }
        self.happened("domain_claimed", name)
        return 201, self.domains[name]

    def verify_domain(self, name: str, **_: Any) -> Answer:
        domain = self.domains[name]
        domain["checked_at"] = self.now()
        if name not in self.published:
            raise Refused(
                409,
                "domain_record_missing",
                "The record was not found.",
                errors=[
                    mistake(
                        "domain",
                        "domain_record_missing",
                        f"_authsso.{name} has no TXT record that can be seen yet.",
                        "DNS may take some minutes, or up to a day.",
                    )
                ],
            )
        domain.update(state="proven", proven_at=self.now())
        self.happened("domain_proven", name)
        return 200, domain

    def has_domain(self, name: str = "acme.example") -> None:
        """Have a domain proven already."""
        self.claim_domain(body={"domain": name})
        self.domains[name].update(state="proven", proven_at=self.now())

    def leads_people_here(self) -> bool:
        return any(domain["state"] != "pending" for domain in self.domains.values())

    def remove_domain(self, name: str, **_: Any) -> Answer:
        del self.domains[name]
        self.happened("domain_removed", name)
        return 204, None

    def show_emergency(self, **_: Any) -> Answer:
        return 200, self.emergency()

    def name_users(self, *, body: Any, headers: dict[str, str], **_: Any) -> Answer:
        if headers.get("if-match") != self.emergency()["etag"]:
            raise Refused(
                412, "changed_meanwhile", "Somebody else has changed this list since you loaded it."
            )
        self.asks_for_a_recent_sign_in()
        for index, address in enumerate(as_the_model(EmergencyUsers, body)["users"]):
            if not address.endswith("@acme.example"):
                error = (
                    f"users.{index}",
                    "user_unknown",
                    f"Nobody in your organisation has the address {address}.",
                    "Enter the address of somebody who has an account here.",
                )
                raise Refused(
                    400, "invalid_settings", "The list cannot be saved.", errors=[mistake(*error)]
                )
        self.users = [
            {"username": address, "email": address, "name": address.split("@")[0].title()}
            for address in body["users"]
        ]
        self.emergency_revision += 1
        self.happened("emergency_users_changed", "emergency_access", {"users": body["users"]})
        return 200, self.emergency()

    def make_codes(self, **_: Any) -> Answer:
        self.asks_for_a_recent_sign_in()
        self.codes = {"left": 10, "made_at": self.now()}
        self.happened("recovery_codes_made", "emergency_access")
        return 200, {"codes": [f"k7{n}q-m4tz-9wxe-2hrc-v8{n}p-d3ya-6fsn" for n in range(10)]}

    def list_events(self, *, query: str, **_: Any) -> Answer:
        before = re.search(r"before=(\d+)", query)
        older = [e for e in self.events if not before or int(e["id"]) < int(before[1])]
        page, rest = older[:25], older[25:]
        return 200, {"events": page, "next": page[-1]["id"] if rest else None}

    def emergency(self) -> dict[str, Any]:
        return {
            "users": self.users,
            "recovery_codes": self.codes,
            "etag": f'"{self.emergency_revision}"',
        }

    def asks_for_a_recent_sign_in(self) -> None:
        if self.now() - self.signed_in_at > RECENT:
            raise Refused(403, "reauth_required", "Sign in again to make this change.")

    def happened(self, action: str, subject: str, details: dict[str, Any] | None = None) -> None:
        self.events.insert(
            0,
            {
                "id": str(len(self.events) + 1),
                "at": self.now(),
                "actor": {"username": "5f0c6a52-ada", "email": "ada@acme.example"},
                "source_ip": "198.51.100.7",
                "action": action,
                "subject": subject,
                "details": details or {},
            },
        )
