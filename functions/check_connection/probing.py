"""Run the probes side by side, and within one deadline."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import TYPE_CHECKING

from authsso.adapters.client_secrets import SecretBindingError
from authsso.adapters.deadline import Deadline
from authsso.errors import IssuerMismatchError, ProviderError
from authsso.findings import in_probes, provider_text
from authsso.findings.finding import Place
from authsso.findings.outcome import Outcome, Right, Unclear, Wrong
from authsso.findings.recognise import Observation
from authsso.model import ProviderMetadata
from authsso.protocol import bounded_json, client_authentication, sign_in
from authsso.providers import PROFILES
from check_connection.subject import Subject

if TYPE_CHECKING:
    from authsso.services import Services

SECONDS = 8.0
_NO_DISCOVERY = Unclear("The discovery document is needed for this.")
_MISTYPED_SECRET = Unclear("The Client Secret is mistyped, so it was not tried; mend it first.")
_DOCUMENT_BYTES = 262_144
_AFTER_DISCOVERY = (
    "keys",
    "clock",
    "pkce",
    "client",
    "redirect_uri_authsso",
    "redirect_uri_cognito",
    "method",
)


def probe(
    services: "Services", subject: Subject, *, seconds: float = SECONDS
) -> dict[str, Outcome]:
    """Ask the provider everything that can be asked without a person.

    Args:
        services: The world outside.
        subject: What is checked.
        seconds: For all of it; what has not answered by then cannot be told.
    """
    deadline = Deadline(seconds)
    pool = ThreadPoolExecutor(max_workers=len(_AFTER_DISCOVERY))
    profile = PROFILES[subject.connection.provider]
    try:
        try:
            metadata = services.provider.discover(subject.discovery_url, profile)
        except ProviderError as error:
            return {"discovery": _failed(subject, error, "discovery")} | dict.fromkeys(
                _AFTER_DISCOVERY, _NO_DISCOVERY
            )
        asked = {
            name: pool.submit(_answered, subject, question)
            for name, question in _questions(services, subject, metadata).items()
        }
        wait(asked.values(), timeout=deadline.remaining())
        return {"discovery": Right("The discovery document names this issuer and can be used.")} | {
            name: _outcome(future, seconds) for name, future in asked.items()
        }
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _outcome(future: "Future[Outcome]", seconds: float) -> Outcome:
    if future.done() and not future.cancelled():
        return future.result()
    return Unclear(f"There was no answer within {seconds:.0f} seconds; try again.")


def _answered(subject: Subject, question: Callable[[], Outcome]) -> Outcome:
    try:
        return question()
    except ProviderError as error:
        if error.code.startswith("key_"):
            return _failed(subject, error, "keys")
        return Unclear(f"The provider gave no answer that can be used ({error.code}).")


def _failed(subject: Subject, error: ProviderError, place: Place) -> Outcome:
    outcome = in_probes.named(
        Observation(
            place,
            subject.connection.provider,
            error=error.error,
            text=error.detail,
            code=error.code,
        )
    )
    if isinstance(outcome, Wrong):
        said = provider_text.of_refusal(error.error, error.detail)
        named = error.issuer if isinstance(error, IssuerMismatchError) else None
        return replace(outcome, provider_text=said, issuer=named)
    return outcome


def _questions(
    services: "Services", subject: Subject, metadata: ProviderMetadata
) -> dict[str, Callable[[], Outcome]]:
    provider, connection_id = subject.connection.provider, subject.connection.connection_id
    own = PROFILES[provider].has_own_callback
    ours = sign_in.callback_url(services.config.base_url, connection_id, own=own)
    cognitos = f"{services.config.cognito_domain_url}/oauth2/idpresponse"

    def keys() -> Outcome:
        services.provider.keys(metadata, services.now())
        return Right("The signing keys can be used.")

    def clock() -> Outcome:
        return in_probes.clock(services.probes.date(metadata.issuer), services.now())

    def pkce() -> Outcome:
        return Right("The provider does not rule PKCE with S256 out.")

    def client() -> Outcome:
        return _client(services, subject, metadata, ours)

    def registered(uri: str) -> Outcome:
        answer = services.probes.redirect_uri(metadata, subject.client_id, uri)
        return in_probes.redirect_uri(provider, uri, answer.status, answer.location, answer.body)

    def second() -> Outcome:
        if own:
            return Right("Providers of this kind need the first redirect URI alone.")
        return registered(cognitos)

    def method() -> Outcome:
        if metadata.userinfo_endpoint is None:
            return Unclear("The provider has no UserInfo endpoint, so Method has no effect.")
        answer = services.probes.userinfo(metadata.userinfo_endpoint, subject.method)
        return in_probes.method(answer.status)

    return {
        "keys": keys,
        "clock": clock,
        "pkce": pkce,
        "client": client,
        "redirect_uri_authsso": lambda: registered(ours),
        "redirect_uri_cognito": second,
        "method": method,
    }


def _client(
    services: "Services", subject: Subject, metadata: ProviderMetadata, redirect_uri: str
) -> Outcome:
    # The provider would only say that it is wrong, and people would make a new one.
    if any(mistake.field == "client_secret" for mistake in subject.mistakes):
        return _MISTYPED_SECRET
    secret = subject.client_secret or _stored_secret(services, subject, metadata)
    if secret is None:
        return Unclear("No Client Secret is stored for this issuer and Client ID; enter it.")
    provider = subject.connection.provider
    answer = services.probes.client(
        metadata,
        provider,
        client_id=subject.client_id,
        client_secret=secret,
        client_authentication=subject.client_authentication
        or client_authentication.choose(metadata),
        redirect_uri=redirect_uri,
    )
    try:
        members = bounded_json.parse_object(answer.body, limit=_DOCUMENT_BYTES)
    except bounded_json.MalformedJsonError:
        members = {}
    error, text = members.get("error"), members.get("error_description")
    return in_probes.client(
        provider,
        answer.status,
        error if isinstance(error, str) else None,
        text if isinstance(text, str) else "",
    )


def _stored_secret(
    services: "Services", subject: Subject, metadata: ProviderMetadata
) -> str | None:
    """Read a stored secret; one that was entered for another issuer or client id stays unread."""
    for version in subject.stored:
        if (version.metadata.issuer, version.client_id) != (metadata.issuer, subject.client_id):
            continue
        try:
            return services.client_secrets.get(
                subject.connection.connection_id,
                version.secret_id,
                issuer=metadata.issuer,
                client_id=subject.client_id,
            )
        except SecretBindingError:
            continue
    return None
