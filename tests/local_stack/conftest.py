"""An emulator with a small stack in it, for the tests of its repairs; and a demo provider."""

import json
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.demo_visitor import Browser
from harness.no_tls import NO_TLS
from local_stack import emulator, http, processes, provider
from local_stack.certificate import make_certificate
from local_stack.deployment import session
from local_stack.people import demo_tenants, provider_realms
from local_stack.plan import HOST, Ports

HERE = Path(__file__).parent


@dataclass
class RepairsStack:
    port: int
    password: str = "Correct-Horse-7"
    outputs: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Any] = field(default_factory=dict)

    def aws(self, service: str) -> Any:
        if service not in self.clients:
            self.clients[service] = session().client(
                service, endpoint_url=f"http://{HOST}:{self.port}"
            )
        return self.clients[service]

    def close(self) -> None:
        for client in self.clients.values():
            client.close()

    def deploy(self) -> None:
        code = json.dumps((HERE / "repairs_function.py").read_text(encoding="utf-8"))
        template = (HERE / "repairs.yaml").read_text(encoding="utf-8")
        cloudformation = self.aws("cloudformation")
        cloudformation.create_stack(
            StackName="repairs",
            TemplateBody=template.replace("CODE", code),
            Capabilities=["CAPABILITY_IAM"],
        )
        waiter = cloudformation.get_waiter("stack_create_complete")
        waiter.wait(StackName="repairs", WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
        (stack,) = cloudformation.describe_stacks(StackName="repairs")["Stacks"]
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def send(self, method, path, *, host="own.localhost", **more) -> http.Answer:
        return http.send(method, f"http://{host}:{self.port}{path}", **more)

    def user(self, *, permanent: bool = True) -> str:
        """A new user with the password that all have; returns the username."""
        username = str(uuid.uuid4())
        cognito = self.aws("cognito-idp")
        cognito.admin_create_user(
            UserPoolId=self.outputs["Pool"],
            Username=username,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": f"{username}@acme.example"},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
        cognito.admin_set_user_password(
            UserPoolId=self.outputs["Pool"],
            Username=username,
            Password=self.password,
            Permanent=permanent,
        )
        return username

    def password_sign_in(self, username: str, **more: Any) -> dict[str, Any]:
        answer = self.aws("cognito-idp").initiate_auth(
            ClientId=self.outputs["Client"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": self.password},
            **more,
        )
        return answer["AuthenticationResult"]

    def custom_sign_in(self, username: str, *, begin=None, respond=None) -> dict[str, Any]:
        cognito = self.aws("cognito-idp")
        who = {"UserPoolId": self.outputs["Pool"], "ClientId": self.outputs["Client"]}
        begun = cognito.admin_initiate_auth(
            **who,
            AuthFlow="CUSTOM_AUTH",
            AuthParameters={"USERNAME": username},
            ClientMetadata=begin or {},
        )
        done = cognito.admin_respond_to_auth_challenge(
            **who,
            ChallengeName="CUSTOM_CHALLENGE",
            Session=begun["Session"],
            ChallengeResponses={"USERNAME": username, "ANSWER": "right"},
            ClientMetadata=respond or {},
        )
        return done["AuthenticationResult"]

    def calls(self, username: str, source: str = "") -> list[dict[str, Any]]:
        """What triggers were called with on behalf of a user, oldest first."""
        logs = self.aws("logs")
        events = logs.get_paginator("filter_log_events").paginate(
            logGroupName="/aws/lambda/repairs", filterPattern="CALL"
        )
        lines = [event["message"] for page in events for event in page["events"]]
        found = [json.loads(line.partition("CALL ")[2]) for line in lines if "CALL " in line]
        return [
            call
            for call in found
            if call.get("userName") == username and call["triggerSource"].startswith(source)
        ]


@pytest.fixture(scope="module")
def repairs(tmp_path_factory):
    run_dir = tmp_path_factory.mktemp("emulator")
    port = Ports.free().stack
    process = emulator.start(port, run_dir)
    stack = RepairsStack(port)
    try:
        stack.deploy()
        yield stack
    finally:
        stack.close()
        processes.stop(process, run_dir)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    ports = Ports.free()
    run_dir = tmp_path_factory.mktemp("provider")
    tenants = demo_tenants(ports)
    files = make_certificate(run_dir)
    config = {
        "port": ports.provider,
        "application": {"port": ports.application, "client_id": "the-application"},
        "https": {
            "port": ports.secure,
            "target_port": ports.provider,
            "certificate": str(files.certificate),
            "key": str(files.key),
        },
        "realms": provider_realms(tenants, ports),
    }
    process = provider.start(config, run_dir)
    yield ports, tenants[0], run_dir
    processes.stop(process, run_dir)


@pytest.fixture(params=["azure", "oidc"])
def kind(request):
    return request.param


@pytest.fixture
def browser(running, kind):
    ports, tenant, _run_dir = running
    registration = tenant.registration(kind)
    with httpx.Client(base_url=f"http://localhost:{ports.provider}", verify=NO_TLS) as client:
        client.post("/_demo/reset")
        yield Browser(
            client, registration, f"http://authsso.localhost:{ports.stack}/oauth2/idpresponse"
        )
