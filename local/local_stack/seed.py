"""What a stack holds from the start: users, proven domains, one enabled connection a tenant."""

import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from authsso.protocol.domain_claim import ClaimedDomain
from local_stack import dns_server, http
from local_stack.deployment import MAPPABLE_GROUPS, endpoint, session
from local_stack.failure import StackError
from local_stack.people import Person, Registration, Tenant
from local_stack.plan import Ports

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

ADMINISTRATORS = "tenant-admins"


@dataclass(frozen=True, slots=True)
class Seed:
    """Puts the demo tenants into a deployed stack.

    Args:
        ports: Of the stack.
        outputs: Of the deployment.
        zone: The DNS server's records.
    """

    ports: Ports
    outputs: Mapping[str, str]
    zone: Path

    def plant(self, tenants: Iterable[Tenant]) -> None:
        """Everything, tenant by tenant.

        Raises:
            StackError: The stack refused something.
        """
        self._create_groups()
        for tenant in tenants:
            try:
                for person in tenant.people:
                    if person.username:
                        self.create_user(tenant, person, person.username)
                self.prove_domain(tenant)
                token = self.access_token(tenant.administrator)
            except ClientError as error:
                raise StackError(f"seeding {tenant.tenant_id}: {error}") from error
            self.connect(tenant.registrations[0], token)

    def _create_groups(self) -> None:
        """Make the groups that may be mapped, as the product's makers would have."""
        for group in MAPPABLE_GROUPS:
            self._cognito.create_group(UserPoolId=self.outputs["UserPoolId"], GroupName=group)

    def create_user(self, tenant: Tenant, person: Person, username: str) -> None:
        """Make a user with a password, as the product's own sign-up would have."""
        pool = self.outputs["UserPoolId"]
        given_name, _, family_name = person.name.partition(" ")
        self._cognito.admin_create_user(
            UserPoolId=pool,
            Username=username,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": person.email},
                {"Name": "email_verified", "Value": "true"},
                {"Name": "custom:tenant_id", "Value": tenant.tenant_id},
                {"Name": "name", "Value": person.name},
                {"Name": "given_name", "Value": given_name},
                {"Name": "family_name", "Value": family_name},
            ],
        )
        self._cognito.admin_set_user_password(
            UserPoolId=pool, Username=username, Password=person.password, Permanent=True
        )
        if person.is_administrator:
            self._cognito.admin_add_user_to_group(
                UserPoolId=pool, Username=username, GroupName=ADMINISTRATORS
            )

    def prove_domain(self, tenant: Tenant) -> None:
        """Publish the record and write its proof, as adapters/domain_changes.py does."""
        claimed = ClaimedDomain(tenant.domain, int(time.time()), secrets.token_urlsafe(32))
        dns_server.publish(self.zone, claimed.record_name, claimed.record_value)
        table = session().client("dynamodb", endpoint_url=endpoint(self.ports))
        table.put_item(
            TableName=self.outputs["DomainTableName"],
            Item={
                "domain": {"S": claimed.domain},
                "tenant_id": {"S": tenant.tenant_id},
                "token": {"S": claimed.token},
                "proven_at": {"N": str(claimed.proven_at)},
            },
        )

    def access_token(self, person: Person) -> str:
        """Sign the administrator in with the password, which the local stack alone allows."""
        answer = self._cognito.initiate_auth(
            ClientId=self.outputs["SettingsClientId"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": person.email, "PASSWORD": person.password},
        )
        return answer["AuthenticationResult"]["AccessToken"]

    def connect(self, registration: Registration, token: str, **more: object) -> None:
        """Fill in the form and switch the connection on, as an administrator does.

        Args:
            registration: What stands in the form.
            token: The administrator's access token.
            more: Fields of the form that few need.
        """
        url = f"{self.outputs['BaseUrl']}/settings/sso/connections/{registration.provider}"
        bearer = {"Authorization": f"Bearer {token}"}
        before = _expect(http.send("GET", url, headers=bearer), f"GET {url}")
        saved = _expect(
            http.send(
                "PUT",
                url,
                headers=bearer | _if_match(before),
                body={
                    "client_id": registration.client_id,
                    "client_secret": registration.client_secret,
                    "discovery_url": registration.discovery_url,
                    "method": "POST",
                    **more,
                },
            ),
            f"PUT {url}",
        )
        _expect(http.send("POST", f"{url}/check", headers=bearer), f"POST {url}/check")
        _expect(
            http.send("PATCH", url, headers=bearer | _if_match(saved), body={"enabled": True}),
            f"PATCH {url}",
        )

    @property
    def _cognito(self) -> "CognitoIdentityProviderClient":
        return session().client("cognito-idp", endpoint_url=endpoint(self.ports))


def _if_match(answer: http.Answer) -> dict[str, str]:
    tag = answer.headers.get("etag")
    return {"If-Match": tag} if tag else {}


def _expect(answer: http.Answer, what: str) -> http.Answer:
    if answer.status >= 300:
        said = answer.body.decode(errors="replace")[:300]
        raise StackError(f"seeding: {what} answered {answer.status}: {said}")
    return answer
