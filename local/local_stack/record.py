"""What a running stack says of itself: stack.json, read by people, tests and tools."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from local_stack import deployment, dns_server
from local_stack.certificate import CertificateFiles
from local_stack.failure import StackError
from local_stack.people import Person, Registration, Tenant
from local_stack.plan import HOST, REGION, STACK_NAME, Ports

FILE_NAME = "stack.json"


@dataclass(frozen=True, slots=True)
class Demo:
    """The first tenant, for who wants to try a sign-in at once."""

    tenant_id: str
    domain: str
    admin: Person
    user: Person


@dataclass(frozen=True, slots=True)
class Stack:
    """A running local stack.

    Args:
        run_dir: Logs and pid files.
        base_url: Our own domain; browsers resolve it, for Python see local_stack.http.
        https_base_url: The same over TLS.
        https_certificate: Path of the certificate to trust for it.
        cognito_domain_url: The user pool's own pages and OAuth endpoints.
        cognito_callback_url: Where providers answer the pool itself.
        aws_endpoint_url: Every AWS API.
        region: Of everything.
        stack_name: In CloudFormation.
        user_pool_id: The pool.
        app_client_id: The demo application's app client.
        app_redirect_uri: Where its codes go; also the address of its page.
        settings_client_id: The settings page's app client.
        dns_server: Where proofs of e-mail domains are looked up, `address:port` over UDP.
        dns_zone_file: Its TXT records, `{name: [text]}`; read at each look-up.
        settings_page_url: Account → Settings → Single Sign-on.
        provider_admin_url: The demo provider's own administration (demo_provider/admin.mjs).
        outputs: Of the deployment, whole.
        ports: What listens where.
        demo: The first tenant.
        provider: Its connected provider: the values of the form.
        tenants: All tenants.
    """

    run_dir: str
    base_url: str
    https_base_url: str
    https_certificate: str
    cognito_domain_url: str
    cognito_callback_url: str
    aws_endpoint_url: str
    region: str
    stack_name: str
    user_pool_id: str
    app_client_id: str
    app_redirect_uri: str
    settings_client_id: str
    dns_server: str
    dns_zone_file: str
    settings_page_url: str
    provider_admin_url: str
    outputs: Mapping[str, str]
    ports: Ports
    demo: Demo
    provider: Registration
    tenants: tuple[Tenant, ...]

    def tenant(self, tenant_id: str) -> Tenant:
        """One of the tenants."""
        return next(tenant for tenant in self.tenants if tenant.tenant_id == tenant_id)

    def save(self, path: Path) -> None:
        """Write it down; it holds demo passwords."""
        path.touch(mode=0o600)
        path.write_text(json.dumps(asdict(self), indent=2) + "\n")

    def down(self) -> None:
        """Stop all that belongs to it."""
        from local_stack import stack  # noqa: PLC0415  # that module makes these records

        stack.down(Path(self.run_dir))


def describe(
    run_dir: Path,
    ports: Ports,
    certificate: CertificateFiles,
    outputs: Mapping[str, str],
    tenants: tuple[Tenant, ...],
) -> Stack:
    """The record of what has just been started."""
    first = tenants[0]
    cognito_url = deployment.cognito_url(ports)
    base_url = deployment.base_url(ports)
    return Stack(
        run_dir=str(run_dir),
        base_url=base_url,
        https_base_url=f"https://authsso.localhost:{ports.secure}",
        https_certificate=str(certificate.certificate),
        cognito_domain_url=cognito_url,
        cognito_callback_url=f"{cognito_url}/oauth2/idpresponse",
        aws_endpoint_url=deployment.endpoint(ports),
        region=REGION,
        stack_name=STACK_NAME,
        user_pool_id=outputs["UserPoolId"],
        app_client_id=outputs["ApplicationClientId"],
        app_redirect_uri=deployment.application_url(ports),
        settings_client_id=outputs["SettingsClientId"],
        dns_server=f"{HOST}:{ports.dns}",
        dns_zone_file=str(run_dir / dns_server.ZONE_FILE),
        settings_page_url=f"{base_url}/settings",
        provider_admin_url=f"http://127.0.0.1:{ports.provider}/_demo",
        outputs=dict(outputs),
        ports=ports,
        demo=Demo(first.tenant_id, first.domain, first.administrator, first.user),
        provider=first.registrations[0],
        tenants=tenants,
    )


def load(path: Path) -> Stack:
    """Read a record.

    Raises:
        StackError: There is none, or one that an older version of this project wrote.
    """
    try:
        return _read(json.loads(path.read_text()))
    except FileNotFoundError:
        raise StackError(f"no stack is up here: {path} does not exist") from None
    except (ValueError, TypeError, KeyError):
        raise StackError(f"{path} is of another version: stop that stack with make down") from None


def forget(path: Path, run_dir: Path) -> None:
    """Remove a record of the stack in this folder, whatever version wrote it."""
    with suppress(FileNotFoundError, ValueError, AttributeError):
        if json.loads(path.read_text()).get("run_dir") == str(run_dir):
            path.unlink()


def _read(stored: dict[str, Any]) -> Stack:
    demo = stored.pop("demo")
    return Stack(
        **{
            **stored,
            "ports": Ports(**stored["ports"]),
            "demo": Demo(
                demo["tenant_id"], demo["domain"], _person(demo["admin"]), _person(demo["user"])
            ),
            "provider": Registration(**stored["provider"]),
            "tenants": tuple(_tenant(tenant) for tenant in stored["tenants"]),
        }
    )


def _person(stored: dict[str, Any]) -> Person:
    return Person(**{**stored, "groups": tuple(stored["groups"])})


def _tenant(stored: dict[str, Any]) -> Tenant:
    return Tenant(
        **{
            **stored,
            "people": tuple(_person(person) for person in stored["people"]),
            "registrations": tuple(Registration(**one) for one in stored["registrations"]),
        }
    )
