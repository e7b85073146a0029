"""A user pool that a SaaS had before us, its customers, and our template deployed onto that pool.

The second stack stands in the same emulator as the first, from the template that is there already:
nothing is built or uploaded again.
"""

import secrets
import subprocess
import sys
from dataclasses import replace
from typing import Any

from harness.organisation import Organisation, aws_client
from local_stack.people import Person
from local_stack.plan import ROOT
from local_stack.record import Stack
from local_stack.sam import aws_environment

_READY_WITHIN_A_MINUTE = {"Delay": 1, "MaxAttempts": 60}
_ATTRIBUTES = ["email", "email_verified", "name", "custom:tenant_id"]


class SaasPool:
    """The pool, its domain, its app clients, its group and a trigger of its own."""

    def __init__(self, stack: Stack) -> None:
        self.name = f"saas-{secrets.token_hex(4)}"
        self.base_url = f"http://{self.name}.localhost:{stack.ports.stack}"
        self._host, self._first = f"{self.name}.localhost", stack
        self.stack = stack
        self.cognito, self._cloudformation, self._lambda, self._s3 = self._clients = [
            aws_client(stack, service)
            for service in ("cognito-idp", "cloudformation", "lambda", "s3")
        ]
        self.user_pool_id = self._pool()
        self.application = self._app_client("portal", stack.app_redirect_uri)
        self.settings = self._app_client("single-sign-on settings", f"{self.base_url}/settings")
        self.before = self.described()

    def close(self) -> None:
        """Leave nothing behind for the other tests of this stack."""
        self._cloudformation.delete_stack(StackName=self.name)
        self.cognito.delete_user_pool_domain(UserPoolId=self.user_pool_id, Domain=self.name)
        self.cognito.update_user_pool(UserPoolId=self.user_pool_id, DeletionProtection="INACTIVE")
        self.cognito.delete_user_pool(UserPoolId=self.user_pool_id)
        for client in self._clients:
            client.close()

    def described(self) -> dict[str, Any]:
        """Return the pool, without what changes by itself and what AWS derives.

        UnusedAccountValidityDays is the old spelling of TemporaryPasswordValidityDays; the emulator
        keeps the two apart.
        """
        found = self.cognito.describe_user_pool(UserPoolId=self.user_pool_id)["UserPool"]
        found["AdminCreateUserConfig"].pop("UnusedAccountValidityDays", None)
        passing = {"LastModifiedDate", "EstimatedNumberOfUsers"}
        return {name: value for name, value in found.items() if name not in passing}

    def command(self, action: str, *options: str) -> str:
        """Run `attach` or `detach`, as make does, and return what it says."""
        done = subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", "existing_pool", action, self.name, *options],
            cwd=ROOT / "local",
            env=aws_environment(self._first.ports.stack),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _pool(self) -> str:
        made = self.cognito.create_user_pool(
            PoolName=self.name,
            UserPoolTier="ESSENTIALS",
            UsernameAttributes=["email"],
            UsernameConfiguration={"CaseSensitive": False},
            AutoVerifiedAttributes=["email"],
            DeletionProtection="ACTIVE",
            MfaConfiguration="OFF",
            Policies={
                "PasswordPolicy": {"MinimumLength": 10, "TemporaryPasswordValidityDays": 3},
                "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]},
            },
            AccountRecoverySetting={
                "RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]
            },
            EmailConfiguration={"EmailSendingAccount": "COGNITO_DEFAULT"},
            EmailVerificationSubject="Your code for Telephony",
            DeviceConfiguration={"ChallengeRequiredOnNewDevice": True},
            Schema=[{"Name": "tenant_id", "AttributeDataType": "String", "Mutable": True}],
            LambdaConfig={"PostConfirmation": self._own_trigger()},
            UserPoolTags={"team": "people"},
        )["UserPool"]["Id"]
        self.cognito.create_user_pool_domain(UserPoolId=made, Domain=self.name)
        self.cognito.create_group(UserPoolId=made, GroupName="tenant-admins")
        pool: str = made
        return pool

    def _own_trigger(self) -> str:
        """Any function will do: it is not called here, and must be there afterwards."""
        (function, *_) = self._lambda.list_functions()["Functions"]
        arn: str = function["FunctionArn"]
        return arn

    def _app_client(self, name: str, callback: str) -> str:
        made = self.cognito.create_user_pool_client(
            UserPoolId=self.user_pool_id,
            ClientName=name,
            CallbackURLs=[callback],
            LogoutURLs=[callback],
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthFlows=["code"],
            AllowedOAuthScopes=["openid", "email", "profile"],
            SupportedIdentityProviders=["COGNITO"],
            ExplicitAuthFlows=[
                "ALLOW_CUSTOM_AUTH",
                "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_REFRESH_TOKEN_AUTH",
            ],
            ReadAttributes=_ATTRIBUTES,
            WriteAttributes=["name"],
            PreventUserExistenceErrors="ENABLED",
        )
        client_id: str = made["UserPoolClient"]["ClientId"]
        return client_id

    def deploy(self) -> None:
        """Deploy our template onto this pool; `stack` is then that stack."""
        first = {"StackName": self._first.stack_name}
        (described,) = self._cloudformation.describe_stacks(**first)["Stacks"]
        parameters = {p["ParameterKey"]: p["ParameterValue"] for p in described["Parameters"]}
        parameters |= {
            "DomainName": self._host,
            "LocalBaseUrl": self.base_url,
            "ExistingUserPoolId": self.user_pool_id,
            "ExistingPoolDomainUrl": f"https://{self.name}.auth.eu-central-1.amazoncognito.com",
            "ExistingSettingsClientId": self.settings,
            "ExistingApplicationClientId": self.application,
        }
        packaged = self._cloudformation.get_template(**first, TemplateStage="Original")
        self._cloudformation.create_stack(
            StackName=self.name,
            TemplateURL=self._uploaded(packaged["TemplateBody"]),
            Parameters=[
                {"ParameterKey": name, "ParameterValue": value}
                for name, value in parameters.items()
            ],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        self.stack = replace(
            self._first,
            base_url=self.base_url,
            stack_name=self.name,
            user_pool_id=self.user_pool_id,
            app_client_id=self.application,
            settings_client_id=self.settings,
            settings_page_url=f"{self.base_url}/settings",
            outputs=self._outputs(),
        )

    def _uploaded(self, template: str) -> str:
        """Put it where SAM put the code: it is too large to be sent along."""
        (bucket,) = (one["Name"] for one in self._s3.list_buckets()["Buckets"])
        self._s3.put_object(Bucket=bucket, Key=self.name, Body=template)
        return f"https://s3.eu-central-1.amazonaws.com/{bucket}/{self.name}"

    def _outputs(self) -> dict[str, str]:
        made = self._cloudformation.get_waiter("stack_create_complete")
        made.wait(StackName=self.name, WaiterConfig=_READY_WITHIN_A_MINUTE)
        (now,) = self._cloudformation.describe_stacks(StackName=self.name)["Stacks"]
        return {one["OutputKey"]: one["OutputValue"] for one in now["Outputs"]}


class Customer(Organisation):
    """A customer of that SaaS; here Cognito names the users, by their addresses."""

    def _create(self, person: Person) -> None:
        pool = {"UserPoolId": self.stack.user_pool_id}
        made = self.add_user(person.email, tenant_id=self.tenant.tenant_id)
        self.cognito.admin_set_user_password(
            **pool, Username=made, Password=person.password, Permanent=True
        )
        if person.is_administrator:
            self.cognito.admin_add_user_to_group(**pool, Username=made, GroupName="tenant-admins")
        people = tuple(
            replace(one, username=made) if one == person else one for one in self.tenant.people
        )
        self.tenant = replace(self.tenant, people=people)

    def add_user(self, address: str, *, tenant_id: str) -> str:
        """Make a user as the SaaS does, and return the name that Cognito gives."""
        attributes = {
            "email": address,
            "email_verified": "true",
            "custom:tenant_id": tenant_id,
        }
        made: str = self.cognito.admin_create_user(
            UserPoolId=self.stack.user_pool_id,
            Username=address,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": name, "Value": value} for name, value in attributes.items()],
        )["User"]["Username"]
        return made
