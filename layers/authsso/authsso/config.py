"""What the deployment tells the code: the only reader of the environment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields

from authsso.model import PROVIDER_KINDS, ProviderKind


class ConfigurationError(RuntimeError):
    """The deployment is wrong; nothing may be answered until it is put right."""


@dataclass(frozen=True, slots=True)
class Config:
    """One field per environment variable of the same name in capitals; see docs/configuration.md.

    Args:
        base_url: Our own public origin, without a slash at the end.
        cognito_domain_url: The user pool's own sign-in pages and OAuth endpoints.
        user_pool_id: Empty in the Cognito triggers, which read it from their event.
        settings_client_ids: App clients whose access tokens the settings API takes.
        connection_table: Connections and their versions; the settings API writes it.
        domain_table: E-mail domains and who has proven them; the settings API writes it.
        provider_table: Snapshots of providers' metadata and keys.
        sign_in_table: Sign-ins under way; items expire.
        code_table: Authorization codes and one-time tickets; items expire.
        identity_table: Which identity is which Cognito user.
        secret_prefix: First part of the names of client secrets in Secrets Manager.
        secret_key_id: KMS key for client secrets.
        pinned_hosts: More hosts for a provider kind: `azure=localhost,okta=login.acme.example`.
        allow_loopback: True in the local stack only: http issuers on this machine.
        support_url: Where an error page sends people for help; may be empty.
        product_name: What the SaaS calls itself on our pages.
    """

    base_url: str
    cognito_domain_url: str
    user_pool_id: str
    settings_client_ids: tuple[str, ...]
    connection_table: str
    domain_table: str
    provider_table: str
    sign_in_table: str
    code_table: str
    identity_table: str
    secret_prefix: str
    secret_key_id: str
    pinned_hosts: Mapping[ProviderKind, tuple[str, ...]]
    allow_loopback: bool
    support_url: str
    product_name: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Config":
        """Read every field from `environ`.

        Raises:
            ConfigurationError: Variables are missing or malformed; all are named at once.
        """
        names = [field.name.upper() for field in fields(cls)]
        missing = [name for name in names if name not in environ]
        if missing:
            raise ConfigurationError(f"environment variables are missing: {', '.join(missing)}")
        return cls(
            base_url=environ["BASE_URL"].rstrip("/"),
            cognito_domain_url=environ["COGNITO_DOMAIN_URL"].rstrip("/"),
            user_pool_id=environ["USER_POOL_ID"],
            settings_client_ids=_words(environ["SETTINGS_CLIENT_IDS"]),
            connection_table=environ["CONNECTION_TABLE"],
            domain_table=environ["DOMAIN_TABLE"],
            provider_table=environ["PROVIDER_TABLE"],
            sign_in_table=environ["SIGN_IN_TABLE"],
            code_table=environ["CODE_TABLE"],
            identity_table=environ["IDENTITY_TABLE"],
            secret_prefix=environ["SECRET_PREFIX"],
            secret_key_id=environ["SECRET_KEY_ID"],
            pinned_hosts=_pinned_hosts(environ["PINNED_HOSTS"]),
            allow_loopback=_flag("ALLOW_LOOPBACK", environ["ALLOW_LOOPBACK"]),
            support_url=environ["SUPPORT_URL"],
            product_name=environ["PRODUCT_NAME"],
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def _flag(name: str, text: str) -> bool:
    if text not in {"true", "false"}:
        raise ConfigurationError(f"{name} must be true or false, not {json.dumps(text)}")
    return text == "true"


def _pinned_hosts(text: str) -> dict[ProviderKind, tuple[str, ...]]:
    hosts: dict[ProviderKind, tuple[str, ...]] = {}
    for entry in _words(text):
        kind, _, host = entry.partition("=")
        if kind not in PROVIDER_KINDS or not host:
            raise ConfigurationError(f"PINNED_HOSTS: {json.dumps(entry)} is not kind=host")
        hosts[kind] = (*hosts.get(kind, ()), host)
    return hosts
