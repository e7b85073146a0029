"""Client secrets: put by one, read by another, for one issuer and client id."""

from uuid import uuid4

import boto3
import pytest

from authsso.adapters.client_secrets import ClientSecrets, NewSecrets, SecretBindingError
from authsso.errors import UnavailableError
from harness.settings_fakes import Clock
from harness.settings_outside import FakeSecrets

OWNER = {"issuer": "https://idp.example.com", "client_id": "client"}


@pytest.fixture(scope="module")
def secrets_manager(dynamodb):
    """The same emulator's Secrets Manager."""
    return boto3.client(
        "secretsmanager",
        endpoint_url=dynamodb.client.meta.endpoint_url,
        region_name=dynamodb.client.meta.region_name,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


@pytest.fixture
def prefix():
    return f"authsso-test-{uuid4().hex}/"


@pytest.fixture
def clock():
    return Clock(1000)


@pytest.fixture(params=["fake", "secrets manager"])
def store(request):
    if request.param == "fake":
        fake = FakeSecrets()
        return fake, fake
    client, prefix = (request.getfixturevalue(name) for name in ("secrets_manager", "prefix"))
    return (
        NewSecrets(client, prefix, "alias/aws/secretsmanager", lambda: f"token-{uuid4().hex}"),
        ClientSecrets(client, prefix, request.getfixturevalue("clock")),
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"issuer": "https://idp.example.com/"}, id="F10-issuer"),
        pytest.param({"client_id": "Client"}, id="F10-client-id"),
    ],
)
def test_a_secret_is_for_its_own_issuer_and_client_id(store, change):
    new, reader = store
    secret_id = new.put("connection", client_secret="s", **OWNER)

    with pytest.raises(SecretBindingError):
        reader.get("connection", secret_id, **(OWNER | change))


def test_f05_a_secret_is_for_its_own_connection(store):
    new, reader = store
    secret_id = new.put("connection", client_secret="s", **OWNER)

    with pytest.raises(SecretBindingError):
        reader.get("other", secret_id, **OWNER)


@pytest.mark.parametrize("secret", ["a", "pä$$ wörd", '"quoted"\\', "x" * 2048])
def test_a_secret_comes_back_exactly(store, secret):
    new, reader = store

    secret_id = new.put("connection", client_secret=secret, **OWNER)

    assert reader.get("connection", secret_id, **OWNER) == secret


def test_a_retired_secret_is_not_used(store):
    new, reader = store
    secret_id = new.put("connection", client_secret="s", **OWNER)

    new.retire("connection", secret_id)

    with pytest.raises(SecretBindingError):
        reader.get("connection", secret_id, **OWNER)


def test_each_secret_is_an_object_of_its_own(store):
    new, reader = store
    first = new.put("connection", client_secret="one", **OWNER)
    second = new.put("connection", client_secret="two", **OWNER)

    assert reader.get("connection", first, **OWNER) == "one"
    assert reader.get("connection", second, **OWNER) == "two"


# Secrets Manager alone


def test_a_secret_is_kept_for_five_minutes(secrets_manager, prefix, clock):
    new = NewSecrets(secrets_manager, prefix, "alias/aws/secretsmanager", lambda: "token")
    reader = ClientSecrets(secrets_manager, prefix, clock)
    secret_id = new.put("connection", client_secret="s", **OWNER)
    reader.get("connection", secret_id, **OWNER)
    new.retire("connection", secret_id)

    clock.time += 299
    assert reader.get("connection", secret_id, **OWNER) == "s"
    clock.time += 1
    with pytest.raises(SecretBindingError):
        reader.get("connection", secret_id, **OWNER)


def test_a_name_never_ends_like_an_arn(secrets_manager, prefix):
    new = NewSecrets(secrets_manager, prefix, "alias/aws/secretsmanager", lambda: "a-bcdefg")

    secret_id = new.put("connection", client_secret="s", **OWNER)

    assert secret_id.isalnum()


def test_retiring_what_is_gone_already_is_no_fault(secrets_manager, prefix, caplog):
    new = NewSecrets(secrets_manager, prefix, "alias/aws/secretsmanager", lambda: "token")

    new.retire("connection", "no-such-secret")

    assert "secret_not_retired" not in caplog.text


def test_an_outage_is_ours_to_tell(clock):
    nobody = boto3.client(
        "secretsmanager",
        endpoint_url="http://127.0.0.1:9",
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )

    with pytest.raises(UnavailableError):
        ClientSecrets(nobody, "p/", clock).get("connection", "secret", **OWNER)
