"""What a provider of the pool would become as a connection, or why it cannot. No network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from authsso.config import Config
from authsso.model import Method, ProviderKind
from authsso.protocol import cognito_provider, mapping_rules
from authsso.protocol.connection_settings import Submitted
from authsso.protocol.provider_metadata import is_on
from authsso.protocol.token_claims import TENANT_CLAIM
from authsso.providers import PROFILES
from authsso.providers.forms import FORMS
from authsso.providers.forms.typed_values import find_mistakes
from authsso.web.settings import submission

_MAPPED = ("email", "name", "given_name", "family_name")


class NotImportableError(Exception):
    """Why nothing was written, with the remedy."""


@dataclass(frozen=True, slots=True)
class PoolProvider:
    """A provider as DescribeIdentityProvider tells of it.

    Args:
        name: In the pool.
        provider_type: `OIDC`, `SAML`, `Google` ...
        details: ProviderDetails; the client secret is in there.
        attribute_mapping: The pool's attribute -> the provider's claim.
        identifiers: IdpIdentifiers.
    """

    name: str
    provider_type: str
    details: Mapping[str, str] = field(repr=False)
    attribute_mapping: Mapping[str, str]
    identifiers: tuple[str, ...]

    def chooses_the_tenant(self) -> str | None:
        """Say what to do where whoever runs the provider chooses an organisation, else None."""
        claim = self.attribute_mapping.get(TENANT_CLAIM)
        return claim and (
            f"it writes {TENANT_CLAIM} from its claim {claim}: whoever runs it chooses an "
            "organisation. Give its people the attribute yourself, and take it out of the "
            "provider's attribute mapping first."
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provider that can become a connection, as far as can be told without asking it."""

    provider: PoolProvider
    kind: ProviderKind
    submitted: Submitted


def judge(provider: PoolProvider, config: Config) -> Candidate:
    """Read a provider as an administrator's form.

    Args:
        provider: Of the pool.
        config: Of the deployment.

    Raises:
        NotImportableError: It is none of an OpenID Provider, or our rules refuse its values.
    """
    if cognito_provider.connection_id_of(provider.name):
        raise NotImportableError("it belongs to a connection already; authsso has made it.")
    if provider.provider_type != "OIDC":
        raise NotImportableError(
            f"it is of type {provider.provider_type}, and OIDC alone can be imported. It goes on "
            "as it is."
        )
    if reason := provider.chooses_the_tenant():
        raise NotImportableError(reason)
    kind = kind_of(provider.details.get("oidc_issuer", ""), config)
    if kind == "google":
        raise NotImportableError(
            "Google connections use the SaaS's own client (GoogleClientId), not this one. It goes "
            "on as it is."
        )
    submitted = _submitted(provider, kind)
    mistakes = [
        *find_mistakes(
            FORMS[kind], submission.typed(submitted), submission.surroundings(config, kind)
        ),
        *mapping_rules.scope_mistakes(submitted.scopes),
        *mapping_rules.attribute_mistakes(submitted.attribute_mapping),
    ]
    if not submitted.client_secret:
        raise NotImportableError("it has no client secret; give it one in the pool first.")
    if mistakes:
        raise NotImportableError(" ".join(f"{one.message} {one.fix}" for one in mistakes))
    return Candidate(provider, kind, submitted)


def kind_of(issuer: str, config: Config) -> ProviderKind:
    """Tell the provider kind by the issuer's host; a host that no kind knows may be any."""
    host = urlsplit(issuer).hostname or ""
    for kind, profile in PROFILES.items():
        more = config.pinned_hosts.get(kind, ())
        if profile.pinned_hosts and is_on(host, (*profile.pinned_hosts, *more)):
            return kind
    return "oidc"


def _submitted(provider: PoolProvider, kind: ProviderKind) -> Submitted:
    form, details = FORMS[kind], provider.details
    method: Method = "POST" if details.get("attributes_request_method") == "POST" else "GET"
    mapped = {
        ours: theirs for ours, theirs in provider.attribute_mapping.items() if ours in _MAPPED
    }
    return Submitted(
        discovery_url=form.normalise(details.get("oidc_issuer", "")),
        client_id=form.normalise_client_id(details.get("client_id", "")),
        client_secret=details.get("client_secret") or None,
        method=method,
        secret_expires_on=None,
        client_authentication=None,
        response_mode=form.response_mode,
        scopes=tuple(dict.fromkeys(details.get("authorize_scopes", "").split())),
        attribute_mapping={**form.attribute_mapping, **mapped},
        group_mapping={},
    )
