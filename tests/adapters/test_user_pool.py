"""Users of the pool: found, and made once whatever happens (F22, F35, design.md 6b)."""

from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError

from authsso.adapters.user_pool import UserPool
from authsso.errors import UnavailableError
from authsso.model import Identity, User

ADA = Identity(
    connection_id="connection",
    issuer="https://idp.example",
    subject="subject",
    tenant_id="acme",
    email="ada@acme.example",
    name="Ada",
)


class Cognito:
    """Users by username; e-mail addresses that are verified are aliases, and unique.

    With `username_attributes` addresses are usernames: unique whether or not they are verified,
    and Cognito gives each user a UUID.
    """

    def __init__(self):
        self.username_attributes = None
        self.alias_error = "UsernameExistsException"
        self.described = 0
        self.users = {}
        self.passwords = {}
        self.disabled = set()
        self.groups = {"agents": set(), "tenant-admins": set()}
        self.a_page = 60
        self.fails = False

    def admin_create_user(self, **asked):
        assert asked["MessageAction"] == "SUPPRESS"
        self._answer()
        attributes = {entry["Name"]: entry["Value"] for entry in asked["UserAttributes"]}
        username = asked["Username"]
        if self.username_attributes:
            if "@" not in username:
                raise _error("InvalidParameterException")  # "Username should be an email."
            if any(username == user["email"] for user in self.users.values()):
                raise _error("UsernameExistsException")
            username = f"cognito-{len(self.users)}"
        if attributes["email_verified"] == "true" and self._aliases(attributes["email"]):
            raise _error(self.alias_error)
        if username in self.users:
            raise _error("UsernameExistsException")
        self.users[username] = attributes
        return {"User": {"Username": username}}

    def describe_user_pool(self, **asked):
        self._answer()
        assert asked == {"UserPoolId": "pool"}
        self.described += 1
        shown = {"UsernameAttributes": self.username_attributes}
        return {"UserPool": {name: value for name, value in shown.items() if value}}

    def admin_set_user_password(self, **asked):
        assert asked["Permanent"] is True
        self._answer()
        self.passwords[asked["Username"]] = asked["Password"]

    def admin_get_user(self, **asked):
        self._answer()
        if asked["Username"] not in self.users:
            raise _error("UserNotFoundException")
        return {
            "Username": asked["Username"],
            "UserAttributes": _listed(self.users[asked["Username"]]),
            "Enabled": asked["Username"] not in self.disabled,
            "UserStatus": "CONFIRMED"
            if asked["Username"] in self.passwords
            else "FORCE_CHANGE_PASSWORD",
        }

    def list_users(self, **asked):
        self._answer()
        return {
            "Users": [
                {"Username": name, "Attributes": _listed(values), "Enabled": True}
                for name, values in self.users.items()
                if asked["Filter"] == f'email = "{values["email"]}"'
            ]
        }

    def admin_list_groups_for_user(self, **asked):
        self._answer()
        assert asked["Limit"] <= 60
        found = sorted(name for name, users in self.groups.items() if asked["Username"] in users)
        start = int(asked.get("NextToken", 0))
        after = start + self.a_page
        more = {"NextToken": str(after)} if after < len(found) else {}
        return {"Groups": [{"GroupName": name} for name in found[start:after]], **more}

    def admin_add_user_to_group(self, **asked):
        self._answer()
        self._members(asked["GroupName"]).add(asked["Username"])

    def admin_remove_user_from_group(self, **asked):
        self._answer()
        self._members(asked["GroupName"]).discard(asked["Username"])

    def _members(self, group):
        if group not in self.groups:
            raise _error("ResourceNotFoundException")
        return self.groups[group]

    def _aliases(self, email):
        verified = (u for u in self.users.values() if u["email_verified"] == "true")
        return any(user["email"] == email for user in verified)

    def _answer(self):
        if self.fails:
            raise _error("TooManyRequestsException")


def _listed(values):
    return [{"Name": name, "Value": value} for name, value in values.items()]


def _error(code):
    return ClientError({"Error": {"Code": code, "Message": ""}}, "Admin")


@pytest.fixture
def cognito():
    return Cognito()


@pytest.fixture
def pool(cognito):
    return UserPool(cognito, "pool", lambda: "t" * 43)


def taken(cognito):
    cognito.users["squatter"] = {"email": ADA.email, "email_verified": "true"}


def test_a_new_user_is_of_the_tenant_and_first_class(pool, cognito):
    pool.create("new", ADA)
    assert pool.find("new") == User(
        "new",
        "acme",
        "ada@acme.example",
        email_verified=True,
        enabled=True,
        confirmed=True,
        name="Ada",
    )
    assert cognito.users["new"]["name"] == "Ada"
    assert "given_name" not in cognito.users["new"]
    assert cognito.passwords["new"].endswith("t" * 43)


def test_attributes_are_those_of_who_may_sign_in(pool, cognito):
    pool.create("new", ADA)
    assert pool.attributes("new") == cognito.users["new"]
    assert pool.attributes("other") is None
    cognito.disabled.add("new")
    assert pool.attributes("new") is None


def test_an_outage_is_not_an_unknown_user(pool, cognito):
    cognito.fails = True
    with pytest.raises(UnavailableError):
        pool.attributes("new")


def test_making_it_again_is_no_error(pool, cognito):
    pool.create("new", ADA)
    pool.create("new", ADA)
    assert len(cognito.users) == 1


# AWS answers the first one; its documentation of ForceAliasCreation speaks of the second one.
ALIAS_ERRORS = ["UsernameExistsException", "AliasExistsException"]


@pytest.mark.parametrize("error", ALIAS_ERRORS)
def test_F35_an_address_that_is_anothers_alias_stays_its(pool, cognito, error):
    cognito.alias_error = error
    taken(cognito)
    assert pool.create("new", ADA) == "new"
    assert cognito.users["squatter"]["email_verified"] == "true"
    assert pool.find("new").email_verified is False
    assert pool.find("new").confirmed


@pytest.mark.parametrize("error", ALIAS_ERRORS)
def test_making_it_again_with_a_taken_address_is_no_error_either(pool, cognito, error):
    """A retry after a crash: Cognito names the alias first, then the username."""
    cognito.alias_error = error
    taken(cognito)
    pool.create("new", ADA)
    pool.create("new", ADA)
    assert len(cognito.users) == 2


@pytest.mark.parametrize("verified", ["true", "false"])
def test_F35_where_addresses_are_usernames_a_taken_one_is_left_alone(pool, cognito, verified):
    cognito.username_attributes = ["email"]
    squatter = {"email": ADA.email, "email_verified": verified}
    cognito.users["squatter"] = dict(squatter)
    assert pool.create("new", ADA) is None
    assert cognito.users == {"squatter": squatter}
    assert not cognito.passwords


@pytest.mark.parametrize("attributes", [["email"], ["phone_number", "email"]])
def test_where_addresses_are_usernames_cognito_names_the_user(pool, cognito, attributes):
    cognito.username_attributes = attributes
    assert pool.create("new", ADA) == "cognito-0"
    made = pool.find("cognito-0")
    assert (made.tenant_id, made.email, made.email_verified) == ("acme", ADA.email, True)
    assert made.confirmed


def test_what_kind_of_pool_it_is_is_asked_once(pool, cognito):
    for subject in ("one", "two"):
        pool.create(subject, ADA)
    assert cognito.described == 1


def test_nobody_is_none(pool):
    assert pool.find("nobody") is None
    assert pool.with_email("nobody@acme.example") == ()


def test_everybody_with_an_address_is_found(pool, cognito):
    taken(cognito)
    pool.create("new", ADA)
    assert [user.username for user in pool.with_email("ada@acme.example")] == ["squatter", "new"]


def test_a_user_without_a_password_of_its_own_is_second_class(pool, cognito):
    taken(cognito)
    assert pool.find("squatter").confirmed is False
    pool.confirm("squatter")
    assert pool.find("squatter").confirmed is True


def test_F23_nobody_becomes_an_administrator_here(pool, cognito):
    with pytest.raises(ValueError, match="tenant-admins"):
        pool.join("new", "tenant-admins")
    assert not cognito.groups["tenant-admins"]


def test_a_user_joins_and_leaves_as_often_as_it_is_said(pool):
    assert pool.join("new", "agents")
    assert pool.join("new", "agents")
    assert pool.groups_of("new") == {"agents"}
    pool.leave("new", "agents")
    pool.leave("new", "agents")
    assert pool.groups_of("new") == frozenset()


def test_a_group_that_is_not_there_is_joined_by_nobody_and_left_by_all(pool):
    assert pool.join("new", "gone") is False
    pool.leave("new", "gone")


def test_groups_are_listed_to_the_last_page(pool, cognito):
    cognito.groups = {str(number): {"new"} for number in range(100)}
    assert len(pool.groups_of("new")) == 100


def test_groups_without_end_are_not_taken_for_all_of_them(pool, cognito):
    cognito.groups, cognito.a_page = {str(number): {"new"} for number in range(100)}, 1
    with pytest.raises(UnavailableError, match="groups_not_listed"):
        pool.groups_of("new")


def test_an_outage_is_nobodys_absence(pool, cognito):
    cognito.fails = True
    for call in (
        lambda: pool.find("new"),
        lambda: pool.with_email("ada@acme.example"),
        lambda: pool.create("new", ADA),
        lambda: pool.groups_of("new"),
        lambda: pool.join("new", "agents"),
        lambda: pool.leave("new", "agents"),
    ):
        with pytest.raises(UnavailableError):
            call()


# --- users whom Cognito's own federation has made


@pytest.mark.parametrize(
    ("status", "confirmed"),
    [("CONFIRMED", True), ("EXTERNAL_PROVIDER", False), ("FORCE_CHANGE_PASSWORD", False)],
)
def test_a_federated_user_without_a_password_is_no_first_class_user(status, confirmed):
    """Only with one can it sign in by the API's flows (AdminSetUserPassword)."""
    client = Mock()
    client.admin_get_user.return_value = {
        "Username": "Okta_1",
        "UserAttributes": [
            {"Name": "identities", "Value": '[{"providerName": "Okta", "userId": "1"}]'}
        ],
        "Enabled": True,
        "UserStatus": status,
    }
    found = UserPool(client, "pool", lambda: "t").find("Okta_1")
    assert (found.confirmed, found.identities) == (confirmed, {("Okta", "1")})


@pytest.mark.parametrize(
    "code", ["InvalidParameterException", "AliasExistsException", "ResourceNotFoundException"]
)
def test_a_link_that_cognito_will_not_have_is_no_failure(code):
    client = Mock()
    client.admin_link_provider_for_user.side_effect = _error(code)
    UserPool(client, "pool", lambda: "t").offer_link("ada", "Okta", "1")
    asked = client.admin_link_provider_for_user.call_args.kwargs
    assert asked["SourceUser"] == {
        "ProviderName": "Okta",
        "ProviderAttributeName": "Cognito_Subject",
        "ProviderAttributeValue": "1",
    }
    assert asked["DestinationUser"]["ProviderAttributeValue"] == "ada"


def test_J14_a_link_that_cognito_is_too_busy_for_is_one():
    client = Mock()
    client.admin_link_provider_for_user.side_effect = _error("TooManyRequestsException")
    with pytest.raises(UnavailableError):
        UserPool(client, "pool", lambda: "t").offer_link("ada", "Okta", "1")


def test_providers_of_the_pool_are_looked_through_page_by_page():
    client = Mock()
    pages = [{"Providers": [{"ProviderName": "A"}]}, {"Providers": [{"ProviderName": "Okta"}]}]
    client.get_paginator.return_value.paginate.side_effect = lambda **_: iter(pages)
    pool = UserPool(client, "pool", lambda: "t")
    assert pool.has_provider("Okta")
    assert not pool.has_provider("okta")


def test_the_tenant_alone_is_written():
    client = Mock()
    UserPool(client, "pool", lambda: "t").set_tenant("ada", "acme")
    client.admin_update_user_attributes.assert_called_once_with(
        UserPoolId="pool",
        Username="ada",
        UserAttributes=[{"Name": "custom:tenant_id", "Value": "acme"}],
    )
