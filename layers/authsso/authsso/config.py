"""What the deployment tells the code: the only reader of the environment."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from authsso.model import PROVIDER_KINDS, ProviderKind

# `client_id=url`, or the url alone. No fragment: hints are put behind the query.
_START_URL = re.compile(r"(?:(?P<client_id>[A-Za-z0-9]+)=)?(?P<url>https?://[^/?#\s]+[^#\s]*)")
# Its host goes into a policy header and the whole into markup, so nothing may end either early.
_LOGO_URL = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~%!$&()*+=:@/?-]*)?")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class ConfigurationError(RuntimeError):
    """The deployment is wrong; nothing may be answered until it is put right."""


@dataclass(frozen=True, slots=True)
class Config:
    """One field per environment variable of the same name in capitals; see docs/configuration.md.

    Args:
        base_url: Our own public origin, without a slash at the end.
        cognito_domain_url: The user pool's own sign-in pages and OAuth endpoints.
        user_pool_id: Empty in the Cognito triggers, which read it from their event.
        pool_issuer: `iss` of the pool's tokens; empty but in userinfo.
        pool_keys_url: Where the keys are that sign them; empty but in userinfo.
        settings_client_ids: App clients whose access tokens the settings API takes.
        settings_page_client_id: App client with which the settings page signs in.
        dashboard_origins: Origins that may show the settings page in a frame, and hand it a token.
        connection_table: Connections and their versions; the settings API writes it.
        domain_table: E-mail domains and who has proven them; the settings API writes it.
        provider_table: Snapshots of providers' metadata and keys.
        limit_table: What has been taken of each limit in this minute; items expire.
        tenant_sign_ins_per_minute: That one tenant may begin.
        tenant_changes_per_minute: Of settings, that one tenant may make.
        network_refusals_per_minute: Refused token requests, after which a network is not heard.
        sign_in_table: Sign-ins under way; items expire.
        code_table: Authorization codes and one-time tickets; items expire.
        identity_table: Which identity is which Cognito user.
        recovery_table: Recovery codes, hashed, and the lifts that spent ones began.
        evidence_table: What has been seen to work.
        federation_table: How each connection stands at the Cognito domain.
        audit_table: Every change of settings; items expire.
        audit_retention_days: How long a change stays written.
        trace_table: What each sign-in went through; items expire.
        trace_retention_days: How long a trace stays.
        secret_prefix: First part of the names of client secrets in Secrets Manager.
        secret_key_id: KMS key for client secrets.
        federated_clients: App clients, by name or id, that still use the Cognito domain.
        google_client_id: The SaaS's own client at Google; empty: Google is not offered.
        google_client_secret_id: Name or ARN of its secret in Secrets Manager.
        group_allow_list: Cognito groups that a provider's groups may be mapped to.
        dns_server: `address:port` that proofs of domains are asked of; empty: the system's.
        pinned_hosts: More hosts for a provider kind: `azure=localhost,okta=login.acme.example`.
        allow_loopback: True in the local stack only: http issuers on this machine.
        support_url: Where an error page sends people for help; may be empty.
        product_name: What the SaaS calls itself on our pages.
        logo_url: An https address of its logo, or empty.
        accent_colour: `#rrggbb` of its buttons, or empty.
        application_start_urls: Client id -> the address at which that application begins a
            sign-in; the one under "" is for all that have none.
    """

    base_url: str
    cognito_domain_url: str
    user_pool_id: str
    pool_issuer: str
    pool_keys_url: str
    settings_client_ids: tuple[str, ...]
    settings_page_client_id: str
    dashboard_origins: tuple[str, ...]
    connection_table: str
    domain_table: str
    provider_table: str
    limit_table: str
    tenant_sign_ins_per_minute: int
    tenant_changes_per_minute: int
    network_refusals_per_minute: int
    sign_in_table: str
    code_table: str
    identity_table: str
    recovery_table: str
    evidence_table: str
    federation_table: str
    audit_table: str
    audit_retention_days: int
    trace_table: str
    trace_retention_days: int
    secret_prefix: str
    secret_key_id: str
    federated_clients: tuple[str, ...]
    google_client_id: str
    google_client_secret_id: str
    group_allow_list: tuple[str, ...]
    dns_server: str
    pinned_hosts: Mapping[ProviderKind, tuple[str, ...]]
    allow_loopback: bool
    support_url: str
    product_name: str
    logo_url: str
    accent_colour: str
    application_start_urls: Mapping[str, str]

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
            pool_issuer=environ["POOL_ISSUER"],
            pool_keys_url=environ["POOL_KEYS_URL"],
            settings_client_ids=_words(environ["SETTINGS_CLIENT_IDS"]),
            settings_page_client_id=environ["SETTINGS_PAGE_CLIENT_ID"],
            dashboard_origins=_words(environ["DASHBOARD_ORIGINS"]),
            connection_table=environ["CONNECTION_TABLE"],
            domain_table=environ["DOMAIN_TABLE"],
            provider_table=environ["PROVIDER_TABLE"],
            limit_table=environ["LIMIT_TABLE"],
            tenant_sign_ins_per_minute=_number(
                "TENANT_SIGN_INS_PER_MINUTE", environ["TENANT_SIGN_INS_PER_MINUTE"]
            ),
            tenant_changes_per_minute=_number(
                "TENANT_CHANGES_PER_MINUTE", environ["TENANT_CHANGES_PER_MINUTE"]
            ),
            network_refusals_per_minute=_number(
                "NETWORK_REFUSALS_PER_MINUTE", environ["NETWORK_REFUSALS_PER_MINUTE"]
            ),
            sign_in_table=environ["SIGN_IN_TABLE"],
            code_table=environ["CODE_TABLE"],
            identity_table=environ["IDENTITY_TABLE"],
            recovery_table=environ["RECOVERY_TABLE"],
            evidence_table=environ["EVIDENCE_TABLE"],
            federation_table=environ["FEDERATION_TABLE"],
            audit_table=environ["AUDIT_TABLE"],
            audit_retention_days=_number("AUDIT_RETENTION_DAYS", environ["AUDIT_RETENTION_DAYS"]),
            trace_table=environ["TRACE_TABLE"],
            trace_retention_days=_number("TRACE_RETENTION_DAYS", environ["TRACE_RETENTION_DAYS"]),
            secret_prefix=environ["SECRET_PREFIX"],
            secret_key_id=environ["SECRET_KEY_ID"],
            federated_clients=_names(environ["FEDERATED_CLIENTS"]),
            google_client_id=environ["GOOGLE_CLIENT_ID"],
            google_client_secret_id=environ["GOOGLE_CLIENT_SECRET_ID"],
            group_allow_list=_words(environ["GROUP_ALLOW_LIST"]),
            dns_server=environ["DNS_SERVER"],
            pinned_hosts=_pinned_hosts(environ["PINNED_HOSTS"]),
            allow_loopback=_flag("ALLOW_LOOPBACK", environ["ALLOW_LOOPBACK"]),
            support_url=environ["SUPPORT_URL"],
            product_name=environ["PRODUCT_NAME"],
            logo_url=_fitting("LOGO_URL", environ["LOGO_URL"], _LOGO_URL),
            accent_colour=_fitting("ACCENT_COLOUR", environ["ACCENT_COLOUR"], _COLOUR),
            application_start_urls=_start_urls(environ["APPLICATION_START_URLS"]),
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def _names(text: str) -> tuple[str, ...]:
    """An app client's name may hold spaces."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _flag(name: str, text: str) -> bool:
    if text not in {"true", "false"}:
        raise ConfigurationError(f"{name} must be true or false, not {json.dumps(text)}")
    return text == "true"


def _fitting(name: str, text: str, pattern: re.Pattern[str]) -> str:
    if text and not pattern.fullmatch(text):
        raise ConfigurationError(f"{name}: {json.dumps(text)} is not {pattern.pattern}")
    return text


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ConfigurationError(f"{name} must be a number, not {json.dumps(text)}")
    return int(text)


def _pinned_hosts(text: str) -> dict[ProviderKind, tuple[str, ...]]:
    hosts: dict[ProviderKind, tuple[str, ...]] = {}
    for entry in _words(text):
        kind, _, host = entry.partition("=")
        if kind not in PROVIDER_KINDS or not host:
            raise ConfigurationError(f"PINNED_HOSTS: {json.dumps(entry)} is not kind=host")
        hosts[kind] = (*hosts.get(kind, ()), host)
    return hosts


def _start_urls(text: str) -> dict[str, str]:
    urls: dict[str, str] = {}
    for entry in _words(text):
        match = _START_URL.fullmatch(entry)
        client_id = (match["client_id"] or "") if match else ""
        if match is None or client_id in urls:
            raise ConfigurationError(
                f"APPLICATION_START_URLS: {json.dumps(entry)} is neither a url nor client_id=url, "
                "or is the second one for its application"
            )
        urls[client_id] = match["url"]
    return urls
