"""What a failed or doubtful sign-in is called, in the log and in the answer (design.md 7)."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from authsso.errors import ProviderError, RedirectedError
from authsso.findings import in_claims
from authsso.findings.finding import Place
from authsso.findings.recognise import Observation, recognise
from authsso.findings.unknown import UNKNOWN
from authsso.model import Claims, ProviderKind
from authsso.protocol import identity
from authsso.web.entrypoint import carry
from idpresponse.arrival import Arrival

_OAUTH_ERROR = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_PLACES: Mapping[str, Place] = {
    "id_token_": "id_token",
    "userinfo_": "userinfo",
    "key_": "keys",
}


@contextmanager
def naming(provider: ProviderKind, parameters: Mapping[str, str]) -> Iterator[None]:
    """Let the log line of what fails in here carry the finding.

    Args:
        provider: The connection's kind.
        parameters: What the provider sent to the callback.
    """
    try:
        yield
    except RedirectedError as error:
        seen = Observation("id_token", provider, code=error.code)
        if error.code == "provider_refused":
            seen = _answered(provider, parameters)
        error.finding = _carry(seen)
        raise
    except ProviderError as error:
        error.finding = _carry(
            Observation(
                _place(error.code), provider, error=error.error, text=error.detail, code=error.code
            )
        )
        raise


def name_claims(arrival: Arrival, id_token: Claims, merged: Claims) -> None:
    """Let the log lines of a sign-in carry what its claims tell about the provider's settings.

    Args:
        arrival: The sign-in; its connection decides what is looked for.
        id_token: Claims of the ID token.
        merged: The same with those of UserInfo.
    """
    version = arrival.version
    found = in_claims.find(
        {**merged, **id_token},
        arrival.connection.provider,
        groups_claim={**identity.DEFAULT_MAPPING, **version.attribute_mapping}["groups"],
        group_mapping=version.group_mapping,
    )
    if found:
        carry(claims_findings=[finding.code for finding in found])


def _place(code: str) -> Place:
    return next((at for prefix, at in _PLACES.items() if code.startswith(prefix)), "token")


def _answered(provider: ProviderKind, parameters: Mapping[str, str]) -> Observation:
    error = parameters.get("error", "")
    seen = Observation("authorize", provider, text=parameters.get("error_description", ""))
    if not _OAUTH_ERROR.fullmatch(error):
        return seen
    carry(provider_error=error)
    return replace(seen, error=error)


def _carry(seen: Observation) -> str | None:
    found = recognise(seen)
    if found.finding is UNKNOWN and seen.code is not None:
        return None  # a refusal of ours, or a fault that its own code explains
    carry(finding=found.finding.code)
    if found.number is not None:
        carry(aadsts=found.number)
    if found.correlation_id is not None:
        carry(provider_correlation_id=found.correlation_id)
    return found.finding.code
