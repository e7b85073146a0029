"""Cognito: find and make users, and tell and change which groups they are in."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from authsso.adapters.aws import calling
from authsso.errors import UnavailableError
from authsso.model import Identity, User
from authsso.protocol import email_address
from authsso.protocol.cognito_provider import name_of
from authsso.protocol.pool_identities import read_identities
from authsso.protocol.token_claims import TENANT_CLAIM

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AdminGetUserResponseTypeDef, AttributeTypeTypeDef

ADMINISTRATORS = "tenant-admins"
# A user is in 100 groups at the most (Cognito's quota), and a page holds 60.
_GROUPS_A_PAGE = 60
_MOST_PAGES = 3
# That Cognito will not link an identity: it has a user, is linked, or its provider is gone.
_NO_LINK = ("InvalidParameterException", "AliasExistsException", "ResourceNotFoundException")


class UserPool:
    """The users of one pool.

    Args:
        client: Cognito client.
        user_pool_id: The pool.
        new_token: Gives 256 random bits, for passwords that nobody knows.
    """

    def __init__(
        self,
        client: "CognitoIdentityProviderClient",
        user_pool_id: str,
        new_token: Callable[[], str],
    ) -> None:
        self._client = client
        self._pool = user_pool_id
        self._new_token = new_token
        self._named_by_address: bool | None = None

    def find(self, username: str) -> User | None:
        """Return a user by username, None when there is none."""
        answer = self._described(username)
        if answer is None:
            return None
        return _user(
            answer["Username"],
            answer.get("UserAttributes", ()),
            enabled=answer.get("Enabled", False),
            status=answer.get("UserStatus", ""),
        )

    def attributes(self, username: str) -> Mapping[str, str] | None:
        """Return all attributes of a user; None when there is none, or it is disabled."""
        answer = self._described(username)
        if answer is None or not answer.get("Enabled", False):
            return None
        return {one["Name"]: one.get("Value", "") for one in answer.get("UserAttributes", ())}

    def _described(self, username: str) -> "AdminGetUserResponseTypeDef | None":
        try:
            with calling("get user", "UserNotFoundException"):
                return self._client.admin_get_user(UserPoolId=self._pool, Username=username)
        except ClientError:
            return None

    def with_email(self, address: str) -> tuple[User, ...]:
        """Return every user whose e-mail attribute is `address`, of whichever tenant.

        Args:
            address: Normalised, so it holds no quote that could end the filter.
        """
        with calling("list users"):
            answer = self._client.list_users(UserPoolId=self._pool, Filter=f'email = "{address}"')
        return tuple(
            _user(
                user["Username"],
                user.get("Attributes", ()),
                enabled=user.get("Enabled", False),
                status=user.get("UserStatus", ""),
            )
            for user in answer["Users"]
        )

    def are_named_by_address(self) -> bool:
        """Tell whether addresses are usernames in this pool, which is as it was made for ever.

        Cognito then takes only an address as the name of a new user, whom it gives a UUID, and no
        address twice, verified or not.
        """
        if self._named_by_address is None:
            with calling("describe user pool"):
                answer = self._client.describe_user_pool(UserPoolId=self._pool)
            attributes = answer["UserPool"].get("UsernameAttributes", ())
            self._named_by_address = "email" in attributes
        return self._named_by_address

    def create(self, username: str, identity: Identity) -> str | None:
        """Make a user for an identity, without an invitation.

        It is no error if that username is there. The address becomes an alias only if no other
        user has it as one.

        Args:
            username: From account.username_of; not used where addresses are usernames.
            identity: Its address has been proven to belong to its tenant.

        Returns:
            The username. None where addresses are usernames and a user has this one: nobody was
            made, and that user was not touched.
        """
        address = identity.email or ""
        attributes = {
            "email": address,
            "name": identity.name,
            "given_name": identity.given_name,
            "family_name": identity.family_name,
            TENANT_CLAIM: identity.tenant_id,
        }
        verified = {**attributes, "email_verified": "true"}
        if self.are_named_by_address():
            made = self._create(address, verified)
        else:
            made = username
            if not self._create(username, verified) and self._described(username) is None:
                self._create(username, {**attributes, "email_verified": "false"})
        if made is not None:
            self.confirm(made)
        return made

    def _create(self, username: str, attributes: Mapping[str, str | None]) -> str | None:
        """Make a user and return its name; None when name or alias is another's.

        AWS answers UsernameExistsException in both cases (boto/boto3#3213), and documents
        AliasExistsException for the second one.
        """
        try:
            with calling("create user", "UsernameExistsException", "AliasExistsException"):
                answer = self._client.admin_create_user(
                    UserPoolId=self._pool,
                    Username=username,
                    UserAttributes=[{"Name": k, "Value": v} for k, v in attributes.items() if v],
                    MessageAction="SUPPRESS",
                )
        except ClientError:
            return None
        return answer["User"]["Username"]

    def confirm(self, username: str) -> None:
        """Give a user a permanent password that nobody knows; else it stays second-class."""
        with calling("set password"):
            self._client.admin_set_user_password(
                UserPoolId=self._pool,
                Username=username,
                Password=f"Aa1!{self._new_token()}",
                Permanent=True,
            )

    def link(self, username: str, identity: Identity) -> None:
        """Let Cognito's own federation lead this identity to this user.

        It is no error if it does already.

        Raises:
            UnavailableError: Cognito did not answer, or knows the identity as somebody else: a
                federated user from before cannot be linked any more.
        """
        try:
            with calling("link user", "InvalidParameterException"):
                self._link(username, name_of(identity.connection_id), identity.subject)
        except ClientError as error:
            if "already" not in str(error):  # AWS: "SourceUser is already linked to ..."
                raise UnavailableError("user_not_linked", str(error)) from error

    def offer_link(self, username: str, provider: str, subject: str) -> None:
        """Let a provider of the pool lead this subject to this user, if Cognito will have it.

        Args:
            username: Of the user.
            provider: Its name in the pool.
            subject: `sub` there.
        """
        with suppress(ClientError), calling("link user", *_NO_LINK):
            self._link(username, provider, subject)

    def _link(self, username: str, provider: str, subject: str) -> None:
        self._client.admin_link_provider_for_user(
            UserPoolId=self._pool,
            DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": username},
            SourceUser={
                "ProviderName": provider,
                "ProviderAttributeName": "Cognito_Subject",
                "ProviderAttributeValue": subject,
            },
        )

    def has_provider(self, name: str) -> bool:
        """Tell whether the pool has a provider of that name."""
        pages = self._client.get_paginator("list_identity_providers")
        with calling("list providers"):
            return any(
                provider.get("ProviderName") == name
                for page in pages.paginate(UserPoolId=self._pool)
                for provider in page["Providers"]
            )

    def disable(self, username: str) -> None:
        """Let nobody come in as a user, by whichever way."""
        with calling("disable user"):
            self._client.admin_disable_user(UserPoolId=self._pool, Username=username)

    def set_tenant(self, username: str, tenant_id: str) -> None:
        """Say which tenant a user belongs to, who has none yet."""
        with calling("set tenant"):
            self._client.admin_update_user_attributes(
                UserPoolId=self._pool,
                Username=username,
                UserAttributes=[{"Name": TENANT_CLAIM, "Value": tenant_id}],
            )

    def groups_of(self, username: str) -> frozenset[str]:
        """Return the groups that a user is in, all of them.

        Raises:
            UnavailableError: Cognito failed, or there is no end of them.
        """
        found: set[str] = set()
        page: dict[str, str] = {}
        for _ in range(_MOST_PAGES):
            with calling("list groups"):
                answer = self._client.admin_list_groups_for_user(
                    UserPoolId=self._pool, Username=username, Limit=_GROUPS_A_PAGE, **page
                )
            found |= {name for group in answer["Groups"] if (name := group.get("GroupName"))}
            if not (token := answer.get("NextToken")):
                return frozenset(found)
            page = {"NextToken": token}
        raise UnavailableError("groups_not_listed", username)

    def join(self, username: str, group: str) -> bool:
        """Put a user into a group; it is no error if it is in there.

        Returns:
            False when the pool has no such group.

        Raises:
            ValueError: Nobody becomes an administrator here: the role may do it, since Cognito
                knows no permission for one group alone.
        """
        if group == ADMINISTRATORS:
            raise ValueError(group)
        try:
            with calling("add to group", "ResourceNotFoundException"):
                self._client.admin_add_user_to_group(
                    UserPoolId=self._pool, Username=username, GroupName=group
                )
        except ClientError:
            return False
        return True

    def leave(self, username: str, group: str) -> None:
        """Take a user out of a group; it is no error if there is no such group any more."""
        with suppress(ClientError), calling("take out of group", "ResourceNotFoundException"):
            self._client.admin_remove_user_from_group(
                UserPoolId=self._pool, Username=username, GroupName=group
            )

    def is_administrator(self, username: str) -> bool:
        """Tell whether a user is in the administrators' group now, whatever a token says."""
        try:
            with calling("list groups", "UserNotFoundException"):
                answer = self._client.admin_list_groups_for_user(
                    UserPoolId=self._pool, Username=username
                )
        except ClientError:
            return False
        return any(group.get("GroupName") == ADMINISTRATORS for group in answer["Groups"])


def _user(
    username: str,
    attributes: "Sequence[AttributeTypeTypeDef]",
    *,
    enabled: bool,
    status: str,
) -> User:
    values = {attribute["Name"]: attribute.get("Value", "") for attribute in attributes}
    return User(
        username=username,
        tenant_id=values.get(TENANT_CLAIM) or None,
        email=email_address.normalise(values.get("email")),
        email_verified=values.get("email_verified") == "true",
        enabled=enabled,
        confirmed=status == "CONFIRMED",
        name=values.get("name") or None,
        identities=read_identities(values.get("identities")),
    )
