"""Users of the pool: found, and made once whatever happens (F22, F35, design.md 6b)."""

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
    """Users by username; e-mail addresses that are verified are aliases, and unique."""

    def __init__(self):
        self.users = {}
        self.passwords = {}
        self.disabled = set()
        self.fails = False

    def admin_create_user(self, **asked):
        assert asked["MessageAction"] == "SUPPRESS"
        self._answer()
        attributes = {entry["Name"]: entry["Value"] for entry in asked["UserAttributes"]}
        if attributes["email_verified"] == "true" and self._aliases(attributes["email"]):
            raise _error("AliasExistsException")
        if asked["Username"] in self.users:
            raise _error("UsernameExistsException")
        self.users[asked["Username"]] = attributes

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


def test_an_address_that_is_anothers_alias_stays_its(pool, cognito):
    taken(cognito)
    pool.create("new", ADA)
    assert cognito.users["squatter"]["email_verified"] == "true"
    assert pool.find("new").email_verified is False


def test_making_it_again_with_a_taken_address_is_no_error_either(pool, cognito):
    """A retry after a crash: Cognito names the alias first, then the username."""
    taken(cognito)
    pool.create("new", ADA)
    pool.create("new", ADA)
    assert len(cognito.users) == 2


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


def test_an_outage_is_nobodys_absence(pool, cognito):
    cognito.fails = True
    for call in (
        lambda: pool.find("new"),
        lambda: pool.with_email("ada@acme.example"),
        lambda: pool.create("new", ADA),
    ):
        with pytest.raises(UnavailableError):
            call()
