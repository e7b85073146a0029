"""Applications made with unmodified clients, served on this machine: see tests/clients."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.organisation import Aws, aws_client
from local_stack.plan import ROOT
from local_stack.record import Stack

CLIENTS = ROOT / "tests/clients"
# The browser's, by what their bundles are called; the third runs on the server and has a secret.
BROWSER_SIDE = {"amplify": "amplify.js", "oidc-client-ts": "oidc_client_ts.js"}
SERVER_SIDE = "openid-client"
SCOPES = ["openid", "email", "profile"]
# What Amplify's own set-up of an app client allows: people may read and change their own user.
SELF_SERVICE = "aws.cognito.signin.user.admin"


@dataclass(frozen=True)
class ClientApplication:
    """One application, made known to the user pool."""

    name: str
    url: str
    client_id: str
    secret: dict[str, str]
    scopes: tuple[str, ...]


@contextmanager
def client_applications(
    stack: Stack, aws: Aws, folder: Path
) -> Iterator[dict[str, ClientApplication]]:
    """Serve the applications, each an app client of its own on the stack's pool.

    Args:
        stack: The deployed stack.
        aws: Its AWS.
        folder: For the bundles.
    """
    _bundle(folder)
    node = subprocess.Popen(  # noqa: S603 - our own file
        [_node(), CLIENTS / "applications.mjs", folder],
        env={"PATH": "", "NODE_EXTRA_CA_CERTS": stack.https_certificate},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert node.stdin
    assert node.stdout
    try:
        port = int(node.stdout.readline())
        origin = f"http://clients.localhost:{port}"
        clients = {
            name: _app_client(stack, aws, name, f"{origin}/{name}/")
            for name in (*BROWSER_SIDE, SERVER_SIDE)
        }
        configurations = {name: _configuration(stack, client) for name, client in clients.items()}
        node.stdin.write(json.dumps(configurations) + "\n")
        node.stdin.flush()
        assert node.stdout.readline() == "ready\n"
        with _allowed_origin(stack, origin):
            yield {name: _described(name, client) for name, client in clients.items()}
    finally:
        node.stdin.close()
        node.stdout.close()
        node.wait()


def _bundle(folder: Path) -> None:
    esbuild = CLIENTS / "node_modules/.bin/esbuild"
    assert esbuild.exists(), "the clients are not installed: make test does it"
    entries = [f"{name}={CLIENTS / source}" for name, source in BROWSER_SIDE.items()]
    options = ["--bundle", "--format=esm", "--log-level=warning", f"--outdir={folder}"]
    subprocess.run([esbuild, *entries, *options], check=True)  # noqa: S603 - as the lock file has it


def _node() -> str:
    found = shutil.which("node")
    assert found
    return found


def _app_client(stack: Stack, aws: Aws, name: str, url: str) -> dict[str, Any]:
    made = aws.cognito.create_user_pool_client(
        UserPoolId=stack.user_pool_id,
        ClientName=name,
        GenerateSecret=name == SERVER_SIDE,
        CallbackURLs=[url],
        LogoutURLs=[url],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=[*SCOPES, SELF_SERVICE] if name == "amplify" else SCOPES,
        SupportedIdentityProviders=["COGNITO"],
        ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        ReadAttributes=["email", "email_verified", "name", "custom:tenant_id"],
        WriteAttributes=["name"],
        EnableTokenRevocation=True,
    )
    client: dict[str, Any] = made["UserPoolClient"]
    return client


def _described(name: str, client: dict[str, Any]) -> ClientApplication:
    secret = {n: client[n] for n in ("ClientSecret",) if n in client}
    return ClientApplication(
        name,
        client["CallbackURLs"][0],
        client["ClientId"],
        secret,
        tuple(client["AllowedOAuthScopes"]),
    )


def _configuration(stack: Stack, client: dict[str, Any]) -> dict[str, Any]:
    return {
        "base_url": client["CallbackURLs"][0],
        "domain_url": stack.https_base_url,
        "pool_api_url": stack.aws_endpoint_url,
        "user_pool_id": stack.user_pool_id,
        "issuer": f"https://cognito-idp.{stack.region}.amazonaws.com/{stack.user_pool_id}",
        # Where the emulator serves that issuer's metadata and keys.
        "issuer_url": f"https://localhost:{stack.ports.secure}/{stack.user_pool_id}",
        "client_id": client["ClientId"],
        "client_secret": client.get("ClientSecret"),
        "scopes": client["AllowedOAuthScopes"],
    }


@contextmanager
def _allowed_origin(stack: Stack, origin: str) -> Iterator[None]:
    """Let this origin's scripts call the API, as the parameter AllowedOrigins does."""
    gateway = aws_client(stack, "apigatewayv2")
    api = {"ApiId": stack.outputs["HttpApiId"]}
    before = gateway.get_api(**api)["CorsConfiguration"]
    more = before | {"AllowOrigins": [*before["AllowOrigins"], origin]}
    gateway.update_api(**api, CorsConfiguration=more)
    try:
        yield
    finally:
        gateway.update_api(**api, CorsConfiguration=before)
        gateway.close()
