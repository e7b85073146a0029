"""sam deploy into the emulator, and what the stack says of itself afterwards."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

from local_stack.building import architecture
from local_stack.certificate import CertificateFiles
from local_stack.plan import HOST, REGION, STACK_NAME, Ports
from local_stack.sam import NOBODY, sam

if TYPE_CHECKING:
    from collections.abc import Mapping

# Cognito groups that the demo tenants may map their provider's groups to.
MAPPABLE_GROUPS = ("managers", "agents")


@functools.cache
def session() -> boto3.Session:
    """AWS's client library, as the emulator's root user; it reads each service's model once."""
    return boto3.Session(aws_access_key_id=NOBODY, aws_secret_access_key=NOBODY, region_name=REGION)


def endpoint(ports: Ports) -> str:
    """Where AWS is."""
    return f"http://{HOST}:{ports.stack}"


def base_url(ports: Ports) -> str:
    """Where we are."""
    return f"http://authsso.localhost:{ports.stack}"


def application_url(ports: Ports) -> str:
    """Where the demo application is; also its redirect URI."""
    return f"http://app.localhost:{ports.application}/"


def cognito_url(ports: Ports) -> str:
    """Where the user pool's own pages are."""
    return f"http://localhost:{ports.stack}"


def deploy(
    built: Path, ports: Ports, certificate: CertificateFiles, log: Path
) -> "Mapping[str, str]":
    """Deploy what was built, and return the stack's outputs.

    Raises:
        StackError: SAM could not.
    """
    parameters = {
        "DomainName": "authsso.localhost",
        "CertificateArn": _import(certificate, ports),
        "LocalDevelopment": "true",
        "LocalBaseUrl": base_url(ports),
        "LocalCognitoUrl": cognito_url(ports),
        "FederatedClientNames": "application",
        "PinnedHosts": "azure=localhost,okta=localhost",
        "GroupAllowList": ",".join(MAPPABLE_GROUPS),
        "DnsServer": f"{HOST}:{ports.dns}",
        "ApplicationCallbackUrls": application_url(ports),
        "ApplicationLogoutUrls": application_url(ports),
        "ApplicationStartUrls": f"{application_url(ports)}?start=1",
        "AllowedOrigins": application_url(ports).rstrip("/"),
        # Tests come from one address, and ask more of one tenant than people do.
        "TenantSignInsPerMinute": "100000",
        "TenantChangesPerMinute": "100000",
        "NetworkRefusalsPerMinute": "100000",
        "ProductName": "Demo Telephony",
        "Architecture": architecture(),
    }
    sam(
        "deploy",
        "--template-file", built / "template.yaml",
        "--stack-name", STACK_NAME,
        "--region", REGION,
        "--resolve-s3",
        "--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND",
        "--no-confirm-changeset",
        "--no-fail-on-empty-changeset",
        "--no-progressbar",
        "--parameter-overrides", *(f'{name}="{value}"' for name, value in parameters.items()),
        log=log,
        port=ports.stack,
    )  # fmt: skip
    return _outputs(ports)


def _import(files: CertificateFiles, ports: Ports) -> str:
    acm = session().client("acm", endpoint_url=endpoint(ports))
    imported = acm.import_certificate(
        Certificate=files.certificate.read_bytes(), PrivateKey=files.key.read_bytes()
    )
    return imported["CertificateArn"]


def _outputs(ports: Ports) -> "Mapping[str, str]":
    cloudformation = session().client("cloudformation", endpoint_url=endpoint(ports))
    (described,) = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
