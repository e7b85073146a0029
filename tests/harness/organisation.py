"""An organisation of its own in the deployed stack: nothing that other tests did is remembered.

It signs in at the demo provider of acme, whose people are given other addresses for the moment.
"""

import secrets
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from authsso.adapters.connection_items import write_head
from authsso.adapters.recovery_items import lift_key
from authsso.model import Connection
from authsso.protocol import recovery_code
from harness.demo_provider import DemoProvider
from local_stack.deployment import session
from local_stack.people import Person, Registration, Tenant, new_registration
from local_stack.record import Stack
from local_stack.seed import ADMINISTRATORS, Seed

_SOON_SECONDS = 10
_KEPT_SECONDS = 5


class Aws:
    """The clients of a stack's AWS; making one costs more than most calls."""

    def __init__(self, stack: Stack) -> None:
        self.cognito = aws_client(stack, "cognito-idp")
        self.dynamodb = aws_client(stack, "dynamodb")

    def close(self) -> None:
        self.cognito.close()
        self.dynamodb.close()


def aws_client(stack: Stack, service: str) -> Any:
    """Return a client of the stack's AWS."""
    return session().client(service, endpoint_url=stack.aws_endpoint_url)


class Organisation:
    """One new tenant: an administrator, an employee, a domain, proven by default; no connection."""

    def __init__(self, stack: Stack, aws: Aws, *, proves_domain: bool = True) -> None:
        self.stack = stack
        self.tenant = _tenant(stack)
        self.cognito, self._dynamodb = aws.cognito, aws.dynamodb
        for person in self.tenant.people:
            self._create(person)
        if proves_domain:
            self._prove_domain()

    @property
    def administrator(self) -> Person:
        return self.tenant.administrator

    @property
    def employee(self) -> Person:
        return self.tenant.user

    def _create(self, person: Person) -> None:
        who = {"UserPoolId": self.stack.user_pool_id, "Username": str(person.username)}
        attributes = {
            "email": person.email,
            "email_verified": "true",
            "custom:tenant_id": self.tenant.tenant_id,
        }
        self.cognito.admin_create_user(
            **who,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
        )
        self.cognito.admin_set_user_password(**who, Password=person.password, Permanent=True)
        if person.is_administrator:
            self.cognito.admin_add_user_to_group(**who, GroupName=ADMINISTRATORS)

    def _prove_domain(self) -> None:
        self._dynamodb.put_item(
            TableName=self.stack.outputs["DomainTableName"],
            Item={
                "domain": {"S": self.tenant.domain},
                "tenant_id": {"S": self.tenant.tenant_id},
                "token": {"S": "proven by hand"},
                "proven_at": {"N": str(int(time.time()))},
            },
        )

    # --- what the settings API writes

    def connect(self, **more: object) -> None:
        """Fill in the form, `more` included, and switch the connection on."""
        token = self.password(self.administrator, ClientId=self.stack.settings_client_id)
        seed = Seed(self.stack.ports, self.stack.outputs, zone=Path(self.stack.run_dir))
        seed.connect(self.tenant.registrations[0], token["AccessToken"], **more)

    def connect_own_provider(self, demo_provider: DemoProvider) -> Registration:
        """Connect a provider that is nobody else's, where its people sign in as themselves."""
        own = new_registration(self.tenant.tenant_id, "azure", self.stack.ports)
        self.tenant = replace(self.tenant, registrations=(own,))
        demo_provider.add(self.tenant)
        self.connect()
        return own

    def enforce(self, *, seconds_ago: int = 60) -> None:
        """Let enforcement have begun, on the connection there is or on one of no use."""
        self._change_head(enforced=True, enforced_at=int(time.time()) - seconds_ago)

    def connection_id(self) -> str:
        """Return the id of the connection that there is."""
        found: str = self._head()["connection_id"]["S"]
        return found

    def disable(self) -> None:
        self._change_head(enabled=False)

    def delete(self) -> None:
        """Take the connection away, head and all."""
        key = {"tenant_id": {"S": self.tenant.tenant_id}, "item": {"S": "connection#azure"}}
        table = self.stack.outputs["ConnectionTableName"]
        self._dynamodb.delete_item(TableName=table, Key=key)

    def _head(self) -> dict[str, Any]:
        key = {"tenant_id": {"S": self.tenant.tenant_id}, "item": {"S": "connection#azure"}}
        table = self.stack.outputs["ConnectionTableName"]
        head: dict[str, Any] = self._dynamodb.get_item(TableName=table, Key=key).get("Item")
        return head

    def stop_enforcing(self) -> None:
        self._change_head(enforced=False, enforced_at=None)

    def _change_head(self, **changes: Any) -> None:
        key = {"tenant_id": {"S": self.tenant.tenant_id}, "item": {"S": "connection#azure"}}
        table = self.stack.outputs["ConnectionTableName"]
        item = self._dynamodb.get_item(TableName=table, Key=key).get("Item")
        if item is None:
            head = Connection(self.tenant.tenant_id, "azure", "7" * 26, enabled=True, live=1)
            item = write_head(head)
        written = {
            name: {"BOOL": value} if isinstance(value, bool) else {"N": str(value)}
            for name, value in changes.items()
            if value is not None
        }
        kept = {name: value for name, value in item.items() if name not in changes}
        self._dynamodb.put_item(TableName=table, Item=kept | written)

    def give_emergency_access(self, person: Person) -> None:
        self._dynamodb.put_item(
            TableName=self.stack.outputs["ConnectionTableName"],
            Item={
                "tenant_id": {"S": self.tenant.tenant_id},
                "item": {"S": "emergency-access"},
                "users": {"L": [{"S": str(person.username)}]},
                "code_hashes": {"L": []},
                "revision": {"N": "1"},
            },
        )

    def put_into_a_group(self, person: Person) -> None:
        """Put somebody into a group of the product's own, named as the tenant."""
        group = {"UserPoolId": self.stack.user_pool_id, "GroupName": self.tenant.tenant_id}
        self.cognito.create_group(**group)
        self.cognito.admin_add_user_to_group(**group, Username=str(person.username))

    def new_recovery_code(self) -> str:
        code = recovery_code.new_code(secrets.token_urlsafe(32))
        self._dynamodb.put_item(
            TableName=self.stack.outputs["RecoveryTableName"],
            Item={
                "code_hash": {"S": recovery_code.hashed(code)},
                "tenant_id": {"S": self.tenant.tenant_id},
                "made_at": {"N": str(int(time.time()))},
            },
        )
        return code

    def end_the_lift(self) -> None:
        """Let the hour be over."""
        self._dynamodb.put_item(
            TableName=self.stack.outputs["RecoveryTableName"],
            Item={
                "code_hash": {"S": lift_key(self.tenant.tenant_id)},
                "lifted_until": {"N": str(int(time.time()) - 1)},
            },
        )

    # --- what people do at Cognito itself

    def password(self, person: Person, **changes: Any) -> dict[str, Any]:
        """Sign in with the password, past us."""
        request = {
            "ClientId": self.stack.app_client_id,
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": person.email, "PASSWORD": person.password},
        }
        answer = self.cognito.initiate_auth(**request | changes)
        tokens: dict[str, Any] = answer["AuthenticationResult"]
        return tokens

    def refresh(self, refresh_token: str) -> dict[str, Any]:
        answer = self.cognito.get_tokens_from_refresh_token(
            ClientId=self.stack.app_client_id, RefreshToken=refresh_token
        )
        tokens: dict[str, Any] = answer["AuthenticationResult"]
        return tokens

    @contextmanager
    def at_the_provider(
        self, demo_provider: DemoProvider, person: Person, /, *, at_graph: Any = None, **more: Any
    ) -> Iterator[None]:
        """Let whoever signs in at the provider be this person, with `more` claims.

        `at_graph` are the groups that the provider gives as Microsoft Graph.
        """
        claims = {"email": person.email, "sub": str(person.username), "oid": str(person.username)}
        wrong = {"extra_claims": claims | more, "member_objects": at_graph}
        with demo_provider.misbehaving(self.stack.provider, **wrong):
            yield


def _tenant(stack: Stack) -> Tenant:
    name = f"org-{secrets.token_hex(6)}"
    domain, password = f"{name}.example", f"Demo-{secrets.token_hex(4)}-Aa1"
    administrator = Person(
        "Ida Admin", f"ida@{domain}", password, str(uuid.uuid4()), is_administrator=True
    )
    employee = Person("Emil Employee", f"emil@{domain}", password, str(uuid.uuid4()))
    return Tenant(name, name, domain, (administrator, employee), (stack.provider,))


def is_refused(call: Callable[..., Any], *arguments: Any) -> bool:
    """Tell whether Cognito refuses because single sign-on is enforced."""
    try:
        call(*arguments)
    except ClientError as error:
        return "requires single sign-on" in str(error)
    return False


def eventually(holds: Callable[[], bool]) -> bool:
    """Tell whether something becomes true within the seconds that policies are kept for."""
    give_up_at = time.monotonic() + _SOON_SECONDS
    while not (true := holds()) and time.monotonic() < give_up_at:
        pass
    return true


def lastingly(holds: Callable[[], bool]) -> bool:
    """Tell whether something stays true for as long as a policy is kept in any worker."""
    give_up_at = time.monotonic() + 2 * _SOON_SECONDS
    since = time.monotonic()
    while time.monotonic() - since < _KEPT_SECONDS:
        if not holds():
            since = time.monotonic()
        if since > give_up_at:
            return False
    return True
