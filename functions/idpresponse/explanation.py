"""What a failed or doubtful sign-in is called: in its trace, the log and the answer (design.md 7).

It explains, and decides nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from authsso.errors import AuthssoError, ProviderError
from authsso.findings import in_claims, provider_text
from authsso.findings.finding import Finding, Place
from authsso.findings.recognise import Observation, recognise
from authsso.findings.unknown import UNKNOWN
from authsso.model import Claims, ProviderKind
from authsso.protocol import identity
from authsso.protocol.trace import Noted
from authsso.web.entrypoint import carry
from idpresponse.arrival import Arrival

_OAUTH_ERROR = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_PLACES: Mapping[str, Place] = {
    "id_token_": "id_token",
    "userinfo_": "userinfo",
    "graph_": "userinfo",
    "key_": "keys",
}


def explain(
    error: AuthssoError, provider: ProviderKind, parameters: Mapping[str, str]
) -> Noted | None:
    """Name why a sign-in failed, and let the log line and the answer that follow carry the name.

    Args:
        error: What ended it.
        provider: The connection's kind.
        parameters: What the provider sent to the callback.

    Returns:
        None when it is a refusal of ours, or a fault, that its own code explains.
    """
    found = recognise(_seen(error, provider, parameters))
    if found.finding is UNKNOWN and found.number is None and error.code != "provider_refused":
        return None
    carry(finding=found.finding.code)
    error.finding = found.finding.code
    if found.number is not None:
        carry(aadsts=found.number)
    if found.correlation_id is not None:
        carry(provider_correlation_id=found.correlation_id)
    said = found.provider_text
    if isinstance(error, ProviderError):
        said = provider_text.of_refusal(error.error, error.detail)
    return Noted(found.finding.code, found.number, said, found.correlation_id)


def told_by(arrival: Arrival, id_token: Claims, merged: Claims) -> tuple[Finding, ...]:
    """Name what the claims tell about the provider's settings; the log lines carry it.

    Args:
        arrival: The sign-in; its connection decides what is looked for.
        id_token: Claims of the ID token.
        merged: The same with those of UserInfo.
    """
    version = arrival.version
    found = in_claims.find(
        {**merged, **id_token},
        arrival.connection.provider,
        groups_claim=identity.groups_claim(version.attribute_mapping),
        group_mapping=version.group_mapping,
    )
    if found:
        carry(claims_findings=[finding.code for finding in found])
    return found


def _seen(
    error: AuthssoError, provider: ProviderKind, parameters: Mapping[str, str]
) -> Observation:
    if isinstance(error, ProviderError):
        return Observation(
            _place(error.code),
            provider,
            error=error.error,
            text=error.detail,
            status=error.status,
            code=error.code,
        )
    if error.code == "provider_refused":
        return _answered(provider, parameters)
    return Observation("id_token", provider, code=error.code)


def _place(code: str) -> Place:
    return next((at for prefix, at in _PLACES.items() if code.startswith(prefix)), "token")


def _answered(provider: ProviderKind, parameters: Mapping[str, str]) -> Observation:
    error = parameters.get("error", "")
    seen = Observation("authorize", provider, text=parameters.get("error_description", ""))
    if not _OAUTH_ERROR.fullmatch(error):
        return seen
    carry(provider_error=error)
    return replace(seen, error=error)
