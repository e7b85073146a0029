"""Judge a provider's discovery document (OpenID Connect Discovery 1.0, 3 and 4)."""

from collections.abc import Mapping, Sequence

from authsso.errors import IssuerMismatchError, ProviderError
from authsso.model import ProviderMetadata, ProviderProfile
from authsso.protocol import outbound_url

WELL_KNOWN = "/.well-known/openid-configuration"
# python-jose knows no PS* and no EdDSA; HS* would make the client secret a signing key.
ID_TOKEN_ALGORITHMS = ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512")
CLIENT_AUTHENTICATIONS = ("client_secret_basic", "client_secret_post")
RESPONSE_MODES = ("query", "form_post")
_MAX_LIST_ITEMS = 100


def well_known_url(issuer_or_discovery_url: str) -> str:
    """Where the discovery document is, from either form that people type (Discovery, 4)."""
    if issuer_or_discovery_url.endswith(WELL_KNOWN):
        return issuer_or_discovery_url
    return issuer_or_discovery_url.removesuffix("/") + WELL_KNOWN


def locate(
    discovery_url: str,
    *,
    profile: ProviderProfile,
    extra_hosts: Sequence[str] = (),
    loopback_allowed: bool = False,
) -> str:
    """Check a discovery URL before anything is sent to it.

    Args:
        discovery_url: The issuer, or its well-known URL.
        profile: What the provider kind is held to.
        extra_hosts: Hosts that the deployment pins besides the profile's own.
        loopback_allowed: The local stack only.

    Returns:
        The well-known URL to fetch.

    Raises:
        ProviderError: `provider_url_refused` or `metadata_host_not_pinned`.
    """
    url = well_known_url(discovery_url)
    checked = outbound_url.check(url, loopback_allowed=loopback_allowed)
    if checked.has_query:
        raise ProviderError("provider_url_refused", "a discovery URL has no query")
    _check_pinned("discovery_url", checked.host, profile, extra_hosts)
    return url


def judge(
    document: Mapping[str, object],
    *,
    discovery_url: str,
    profile: ProviderProfile,
    extra_hosts: Sequence[str] = (),
    loopback_allowed: bool = False,
) -> ProviderMetadata:
    """Accept a discovery document whole, or not at all.

    Args:
        document: As fetched from `locate(...)`; unknown members are ignored (Discovery, 3).
        discovery_url: As the administrator saved it.
        profile: A kind with pinned hosts must have every endpoint on them: its connections share
            a redirect URI, and a foreign endpoint would harvest other tenants' codes
            (design.md 6.3).
        extra_hosts: Pinned by the deployment as well.
        loopback_allowed: The local stack only.

    Raises:
        ProviderError: `issuer_templated`, `issuer_mismatch`, `metadata_malformed`,
            `metadata_endpoint_refused`, `metadata_host_not_pinned`, `unsupported_alg`,
            `unsupported_pkce`, `unsupported_response_type`, `unsupported_client_authentication`.
    """
    located = locate(
        discovery_url, profile=profile, extra_hosts=extra_hosts, loopback_allowed=loopback_allowed
    )

    def optional_endpoint(member: str) -> str | None:
        url = document.get(member)
        if url is None:
            return None
        if not isinstance(url, str):
            raise _malformed(member)
        try:
            checked = outbound_url.check(url, loopback_allowed=loopback_allowed)
        except ProviderError as error:
            raise ProviderError("metadata_endpoint_refused", f"{member}: {error.detail}") from error
        _check_pinned(member, checked.host, profile, extra_hosts)
        return url

    def endpoint(member: str) -> str:
        url = optional_endpoint(member)
        if url is None:
            raise _malformed(member)
        return url

    _check_code_flow(document)
    return ProviderMetadata(
        issuer=_issuer(document, located.removesuffix(WELL_KNOWN)),
        authorization_endpoint=endpoint("authorization_endpoint"),
        token_endpoint=endpoint("token_endpoint"),
        jwks_uri=endpoint("jwks_uri"),
        userinfo_endpoint=optional_endpoint("userinfo_endpoint"),
        end_session_endpoint=optional_endpoint("end_session_endpoint"),
        id_token_algorithms=_id_token_algorithms(document),
        client_authentication=_client_authentication(document),
        response_modes=_response_modes(document),
        sends_iss_parameter=_sends_iss_parameter(document),
    )


def is_on(host: str, pinned_hosts: Sequence[str]) -> bool:
    """Whether a host is pinned; `*.okta.com` means any name that ends in `.okta.com`."""
    return any(
        host.endswith(pinned[1:]) if pinned.startswith("*.") else host == pinned
        for pinned in pinned_hosts
    )


def _check_pinned(
    member: str, host: str, profile: ProviderProfile, extra_hosts: Sequence[str]
) -> None:
    if profile.pinned_hosts and not is_on(host, (*profile.pinned_hosts, *extra_hosts)):
        raise ProviderError(
            "metadata_host_not_pinned", f"{member}: {host} is not one of {profile.name}'s hosts"
        )


def _issuer(document: Mapping[str, object], prefix: str) -> str:
    """Pin the issuer: the URL it was found under, or that and a slash (Discovery, 4.1, 4.3)."""
    issuer = document.get("issuer")
    if not isinstance(issuer, str):
        raise _malformed("issuer")
    if "{" in issuer:
        # Entra's `common` and `organizations`: a placeholder would accept every tenant.
        raise ProviderError("issuer_templated", issuer[:200])
    if issuer not in (prefix, prefix + "/"):
        raise IssuerMismatchError(issuer, prefix)
    return issuer


def _check_code_flow(document: Mapping[str, object]) -> None:
    if "code" not in _strings(document, "response_types_supported", ("code",)):
        raise ProviderError("unsupported_response_type", "the code flow is not offered")
    challenge_methods = _strings(document, "code_challenge_methods_supported", ())
    # Silence is no refusal: Entra does PKCE and does not say so (RFC 8414, 2).
    if challenge_methods and "S256" not in challenge_methods:
        raise ProviderError("unsupported_pkce", "S256 is not among the challenge methods")


def _id_token_algorithms(document: Mapping[str, object]) -> tuple[str, ...]:
    # RS256 must be supported by every provider (Discovery, 3).
    offered = _strings(document, "id_token_signing_alg_values_supported", ("RS256",))
    usable = tuple(algorithm for algorithm in offered if algorithm in ID_TOKEN_ALGORITHMS)
    if not usable:
        raise ProviderError("unsupported_alg", ", ".join(offered)[:200])
    return usable


def _client_authentication(document: Mapping[str, object]) -> tuple[str, ...]:
    member = "token_endpoint_auth_methods_supported"
    offered = _strings(document, member, ("client_secret_basic",))
    usable = tuple(method for method in offered if method in CLIENT_AUTHENTICATIONS)
    if not usable:
        raise ProviderError("unsupported_client_authentication", ", ".join(offered)[:200])
    return usable


def _response_modes(document: Mapping[str, object]) -> tuple[str, ...]:
    offered = _strings(document, "response_modes_supported", ("query", "fragment"))
    return tuple(mode for mode in offered if mode in RESPONSE_MODES)


def _sends_iss_parameter(document: Mapping[str, object]) -> bool:
    """Whether the provider promises `iss` in its answers (RFC 9207, 3)."""
    promised = document.get("authorization_response_iss_parameter_supported", False)
    if not isinstance(promised, bool):
        raise _malformed("authorization_response_iss_parameter_supported")
    return promised


def _strings(
    document: Mapping[str, object], member: str, default: tuple[str, ...]
) -> tuple[str, ...]:
    value = document.get(member)
    if value is None:
        return default
    if not isinstance(value, list) or len(value) > _MAX_LIST_ITEMS:
        raise _malformed(member)
    strings = tuple(item for item in value if isinstance(item, str))
    if len(strings) != len(value):
        raise _malformed(member)
    return strings


def _malformed(member: str) -> ProviderError:
    return ProviderError("metadata_malformed", f"{member} is missing or of the wrong type")
