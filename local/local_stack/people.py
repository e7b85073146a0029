"""The demo tenants: who is in them, and what is registered for them at their providers."""

import base64
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from local_stack.plan import Ports


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a demo tenant.

    Args:
        name: First and last name.
        email: Address, and the sign-in name at the provider.
        password: At the provider and, for those who have one, in the user pool.
        username: In the user pool; None for somebody who is there only after the first sign-in.
        is_administrator: Edits the tenant's connections.
        groups: At the provider.
    """

    name: str
    email: str
    password: str
    username: str | None
    is_administrator: bool = False
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registration:
    """What an administrator brings home from the provider: the values of our form.

    Args:
        provider: Kind of the connection.
        realm: Name of the provider at the demo provider's own administration.
        issuer: Exactly.
        discovery_url: What the form's Discovery URL takes.
        client_id: Ours at the provider.
        client_secret: Likewise.
    """

    provider: str
    realm: str
    issuer: str
    discovery_url: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tenant:
    """A customer of the demo product.

    Args:
        tenant_id: `custom:tenant_id`.
        name: For people.
        domain: Their e-mail domain, proven from the start.
        people: The administrator first.
        registrations: One for each provider that is ready to be connected; the first one is.
    """

    tenant_id: str
    name: str
    domain: str
    people: tuple[Person, ...]
    registrations: tuple[Registration, ...]

    def registration(self, provider: str) -> Registration:
        """What is registered for them at their provider of this kind."""
        return next(one for one in self.registrations if one.provider == provider)

    @property
    def administrator(self) -> Person:
        """Who edits the connections."""
        return next(person for person in self.people if person.is_administrator)

    @property
    def user(self) -> Person:
        """Somebody in the user pool who does not."""
        return next(
            person for person in self.people if person.username and not person.is_administrator
        )


def demo_tenants(ports: Ports) -> tuple[Tenant, ...]:
    """The tenants of one stack. Identifiers and secrets are new each time; the people are not."""
    return (
        _tenant(
            "acme",
            "Acme Telephones",
            ports,
            [("Ada Lovelace", "leadership"), ("Grace Hopper", "engineering"), ("Alan Turing", "")],
            kinds=("azure", "oidc"),
        ),
        _tenant(
            "globex",
            "Globex Networks",
            ports,
            [("Hedy Lamarr", "leadership"), ("Katherine Johnson", ""), ("Tim Lee", "")],
            kinds=("oidc", "azure"),
        ),
    )


def _tenant(
    tenant_id: str,
    name: str,
    ports: Ports,
    people: list[tuple[str, str]],
    *,
    kinds: tuple[str, ...],
) -> Tenant:
    domain = f"{tenant_id}.example"
    password = f"Demo-{secrets.token_hex(4)}-Aa1"
    return Tenant(
        tenant_id=tenant_id,
        name=name,
        domain=domain,
        people=tuple(
            Person(
                name=person,
                email=f"{person.split()[0].lower()}@{domain}",
                password=password,
                # The third has never been here: the first sign-in makes the user.
                username=str(uuid.uuid4()) if number < 2 else None,
                is_administrator=number == 0,
                groups=(group,) if group else (),
            )
            for number, (person, group) in enumerate(people)
        ),
        registrations=tuple(new_registration(tenant_id, kind, ports) for kind in kinds),
    )


def new_registration(tenant_id: str, kind: str, ports: Ports) -> Registration:
    """Us at one more provider; `provider_realms` has what the provider must know of it."""
    path = f"{uuid.uuid4()}/v2.0" if kind == "azure" else f"op/{tenant_id}"
    issuer = f"http://localhost:{ports.provider}/{path}"
    return Registration(
        provider=kind,
        realm=f"{tenant_id}-{kind}",
        issuer=issuer,
        discovery_url=issuer,
        client_id=str(uuid.uuid4()),
        # As long and as mixed as Entra's own.
        client_secret=base64.urlsafe_b64encode(secrets.token_bytes(30)).decode(),
    )


def provider_realms(tenants: tuple[Tenant, ...], ports: Ports) -> list[dict[str, Any]]:
    """The demo provider's configuration: every registration as it looks from the other side."""
    return [
        _realm(tenant, registration, ports)
        for tenant in tenants
        for registration in tenant.registrations
    ]


def _realm(tenant: Tenant, registration: Registration, ports: Ports) -> dict[str, Any]:
    ours = f"http://authsso.localhost:{ports.stack}"
    callback = f"{ours}/oauth2/idpresponse"
    path = registration.issuer.removeprefix(f"http://localhost:{ports.provider}")
    return {
        "kind": registration.provider,
        "name": registration.realm,
        "title": tenant.name,
        "path": path,
        "tenant_id": path.removeprefix("/").removesuffix("/v2.0"),
        "clients": [
            {
                "name": "Demo Telephony",
                "client_id": registration.client_id,
                "client_secret": registration.client_secret,
                "redirect_uris": [
                    callback,
                    f"http://localhost:{ports.stack}/oauth2/idpresponse",
                    f"https://authsso.localhost:{ports.secure}/oauth2/idpresponse",
                ],
                "redirect_uri_prefixes": [f"{callback}/"],
                "post_logout_redirect_uris": [f"{ours}/logout", f"{ours}/oauth2/logout/done"],
            }
        ],
        "people": [_at_the_provider(person) for person in tenant.people],
    }


def _at_the_provider(person: Person) -> dict[str, Any]:
    given_name, _, family_name = person.name.partition(" ")
    return {
        "login": person.email,
        "password": person.password,
        "email": person.email,
        "name": person.name,
        "given_name": given_name,
        "family_name": family_name,
        "object_id": str(uuid.uuid5(uuid.NAMESPACE_DNS, person.email)),
        "groups": list(person.groups),
    }
