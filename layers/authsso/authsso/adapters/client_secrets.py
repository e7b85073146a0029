"""Secrets Manager: the secrets that prove us to the tenants' providers.

Each secret entered is an object of its own, `{prefix}{connection_id}/{secret_id}`, and is never
overwritten: a version of a connection and its secret change together or not at all. It carries
the issuer and the client id that it belongs to (F10).

Who enters secrets cannot read them, and who reads them cannot write (I06): two classes, two
sets of IAM actions.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from authsso.adapters.aws import calling, error_code
from authsso.adapters.bounded_cache import BoundedCache

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

_logger = logging.getLogger(__name__)
_GONE = ("ResourceNotFoundException", "InvalidRequestException")  # the latter: being deleted
_KEPT_SECRETS = 256
_KEPT_SECONDS = 300
_RECOVERY_DAYS = 7  # the shortest that Secrets Manager offers


class SecretBindingError(RuntimeError):
    """A stored secret is gone, or belongs to another issuer or client id. It was not used."""


class NewSecrets:
    """What the settings API does with a secret: put it away, and throw it away. Never read it.

    IAM: `secretsmanager:CreateSecret` and `secretsmanager:DeleteSecret` on the prefix;
    `kms:GenerateDataKey` and `kms:Decrypt` on the key, by way of Secrets Manager only.

    Args:
        client: A low-level boto3 client.
        prefix: First part of every name.
        key_id: The KMS key that encrypts.
        new_token: Gives an unguessable string.
    """

    def __init__(
        self,
        client: "SecretsManagerClient",
        prefix: str,
        key_id: str,
        new_token: Callable[[], str],
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._key_id = key_id
        self._new_token = new_token

    def put(self, connection_id: str, *, client_secret: str, issuer: str, client_id: str) -> str:
        """Store a secret with what it belongs to.

        Returns:
            Its id, random, unknown to anything else yet.

        Raises:
            UnavailableError: It may or may not have been stored; nothing refers to it.
        """
        secret_id = _new_secret_id(self._new_token())
        bound = {"client_secret": client_secret, "issuer": issuer, "client_id": client_id}
        with calling("client secret: put"):
            self._client.create_secret(
                Name=_name(self._prefix, connection_id, secret_id),
                Description="Client secret of an authsso connection",
                KmsKeyId=self._key_id,
                SecretString=json.dumps(bound),
            )
        return secret_id

    def retire(self, connection_id: str, secret_id: str) -> None:
        """Have a secret deleted; from now on it cannot be read.

        Best effort: what asked for it has succeeded or failed already, and a secret left behind
        is of no use to anybody without its version. It is logged.
        """
        name = _name(self._prefix, connection_id, secret_id)
        try:
            self._client.delete_secret(SecretId=name, RecoveryWindowInDays=_RECOVERY_DAYS)
        except (BotoCoreError, ClientError) as error:
            if not isinstance(error, ClientError) or error_code(error) not in _GONE:
                _logger.exception("secret_not_retired: %s", name)


@dataclass(frozen=True, slots=True)
class SharedSecret:
    """A secret of the SaaS's own client at a provider, used for every tenant.

    Args:
        name: Name or ARN in Secrets Manager; its value is the client secret and nothing else.
        issuer: Whose client it is.
        client_id: Which.
    """

    name: str
    issuer: str
    client_id: str


class ClientSecrets:
    """What a sign-in does with a secret: read it, for the provider that it belongs to.

    IAM: `secretsmanager:GetSecretValue` on the prefix; `kms:Decrypt` on the key, by way of
    Secrets Manager only.

    Args:
        client: A low-level boto3 client.
        prefix: First part of every name.
        now: The clock; a secret is kept in memory for five minutes.
        shared: Secret ids of the SaaS's own clients.
    """

    def __init__(
        self,
        client: "SecretsManagerClient",
        prefix: str,
        now: Callable[[], int],
        shared: Mapping[str, SharedSecret] | None = None,
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._now = now
        self._shared = shared or {}
        self._kept: BoundedCache[str, dict[str, str]] = BoundedCache(_KEPT_SECRETS)

    def get(self, connection_id: str, secret_id: str, *, issuer: str, client_id: str) -> str:
        """Return a secret for use at one provider under one client id.

        Raises:
            SecretBindingError: It is gone, or was entered for another issuer or client id.
            UnavailableError: Secrets Manager or KMS did not answer.
        """
        shared = self._shared.get(secret_id)
        name = shared.name if shared else _name(self._prefix, connection_id, secret_id)
        bound = self._kept.find(name, now=self._now()) or self._read(name, shared)
        if (bound["issuer"], bound["client_id"]) != (issuer, client_id):
            raise SecretBindingError(f"{name} was entered for another issuer or client id")
        return bound["client_secret"]

    def _read(self, name: str, shared: SharedSecret | None) -> dict[str, str]:
        try:
            with calling("client secret: get", *_GONE):
                answer = self._client.get_secret_value(SecretId=name)
        except ClientError as error:
            raise SecretBindingError(f"{name} is gone") from error
        bound = _bound(answer["SecretString"], shared)
        self._kept.keep(name, bound, valid_until=self._now() + _KEPT_SECONDS)
        return bound


def _bound(text: str, shared: SharedSecret | None) -> dict[str, str]:
    if shared is None:
        bound: dict[str, str] = json.loads(text)
        return bound
    return {
        "client_secret": text.strip(),
        "issuer": shared.issuer,
        "client_id": shared.client_id,
    }


def _new_secret_id(token: str) -> str:
    # Letters and digits only: a name that ends like an ARN's own suffix ("-" and six characters)
    # is found by mistake for another (Secrets Manager, CreateSecret, Name).
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def _name(prefix: str, connection_id: str, secret_id: str) -> str:
    return f"{prefix}{connection_id}/{secret_id}"
