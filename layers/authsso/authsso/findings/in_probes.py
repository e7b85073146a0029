"""Judge what a provider answered to a probe; `error` and status decide, numbers explain.

Source: shared/entra_facts.md 2.
"""

import re
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlsplit

from authsso.findings import provider_text
from authsso.findings.catalogue import finding
from authsso.findings.outcome import Outcome, Right, Unclear, Wrong
from authsso.findings.recognise import Observation, recognise
from authsso.findings.unknown import UNKNOWN
from authsso.model import ProviderKind

_OK = 200
_BAD_REQUEST = 400
_UNAUTHORIZED = 401
_METHOD_NOT_ALLOWED = 405
_TOO_MANY = 429
_SERVER_ERROR = 500
_REDIRECTION = 3
_SKEW_SECONDS = 60
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
# The provider knows client id and redirect URI, and would now have asked the person.
_SILENT = frozenset(
    {"login_required", "interaction_required", "consent_required", "account_selection_required"}
)


def named(seen: Observation) -> Outcome:
    """Explain a failure: by its finding, or as unclear when it may pass by itself."""
    found = recognise(seen)
    if found.finding.who == "nobody":
        return Unclear(found.finding.explanation)
    return Wrong(
        found.finding,
        found.provider_text if seen.error else "",
        found.look_up_url,
        found.correlation_id,
    )


def client(provider: ProviderKind, status: int, error: str | None, description: str) -> Outcome:
    """Judge the token endpoint's answer to `probe_request.client_form`.

    Args:
        provider: The connection's kind.
        status: HTTP status.
        error: OAuth `error`; None when there was none.
        description: `error_description`.
    """
    accepted = Right("The provider accepts Client ID and Client Secret.")
    if status == _OK or (error == "invalid_grant" and provider != "azure"):
        return accepted
    if status == _TOO_MANY or status >= _SERVER_ERROR:
        return Unclear(f"The token endpoint answered with HTTP {status}; try again in a minute.")
    if error is None:
        return Unclear(f"The token endpoint answered with HTTP {status} and without an error.")
    seen = Observation("client_check", provider, error=error, text=description, status=status)
    if error in {"invalid_client", "unauthorized_client"}:
        return named(seen)
    found = recognise(seen)
    if found.number is not None and found.finding is not UNKNOWN:
        return named(seen)
    return Unclear(f"The token endpoint answered otherwise than expected: {found.provider_text}")


def redirect_uri(
    provider: ProviderKind, registered: str, status: int, location: str, body: bytes
) -> Outcome:
    """Judge the authorize endpoint's answer to `probe_request.silent_url`.

    Args:
        provider: The connection's kind.
        registered: The redirect URI that was asked for.
        status: HTTP status.
        location: Where the answer leads.
        body: Its page.
    """
    if status // 100 == _REDIRECTION:
        return _redirected(provider, registered, location)
    page = body.decode(errors="replace")
    numbers = provider_text.all_numbers(page)
    # A page that is no error holds our own request, in which any phrase could be found.
    text = _TAG.sub(" ", page) if status >= _BAD_REQUEST else ""
    found = recognise(Observation("authorize", provider, text=text, numbers=numbers))
    if found.finding is not UNKNOWN:
        return Wrong(found.finding, "", found.look_up_url, found.correlation_id)
    return Unclear(
        "The provider shows a page of its own here, so this is seen only when somebody signs in."
    )


def _redirected(provider: ProviderKind, registered: str, location: str) -> Outcome:
    address, _, query = location.replace("#", "?", 1).partition("?")
    if address != registered:
        host = urlsplit(location).hostname or "another page"
        return Unclear(f"The provider leads to {provider_text.shown(host)} first.")
    answer = dict(parse_qsl(query))
    error = answer.get("error")
    if error is None or error in _SILENT:
        return Right("The redirect URI is registered.")
    description = answer.get("error_description", "")
    return named(Observation("authorize", provider, error=error, text=description))


def method(status: int) -> Outcome:
    """Judge UserInfo's answer, with the Method, to a token that cannot be valid."""
    if status == _METHOD_NOT_ALLOWED:
        return Wrong(finding("userinfo_method_refused"))
    if status in {_BAD_REQUEST, _UNAUTHORIZED}:
        return Right("UserInfo takes this Method.")
    return Unclear(f"UserInfo answered with HTTP {status}; the test sign-in tells more.")


def clock(date: str, now: int) -> Outcome:
    """Compare the provider's clock (RFC 9110, 6.6.1 `Date`) with ours.

    Args:
        date: The header.
        now: Seconds since the epoch.
    """
    try:
        difference = abs(parsedate_to_datetime(date).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return Unclear("The provider's answers do not tell the time.")
    if difference > _SKEW_SECONDS:
        return Wrong(finding("clocks_differ"))
    return Right("The provider's clock and ours agree within a minute.")
