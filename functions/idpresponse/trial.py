"""A test sign-in that has come back: what would have happened; nobody is touched (design.md 5)."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie

from authsso import people
from authsso.adapters.evidence_table import AdministratorSignIn, Result
from authsso.errors import AuthssoError, UnavailableError
from authsso.model import Arrived, Identity, SignIn
from authsso.people import REASONS
from authsso.protocol import sign_in
from authsso.protocol.account import LinkUser, Refusal, UseUser
from authsso.web import pages
from authsso.web.browser_app import telling
from authsso.web.entrypoint import log_refusal
from authsso.web.pages import Paper
from idpresponse.arrival import Arrival, Returned, arrive
from idpresponse.proof import prove
from idpresponse.trail import Trail, following

if TYPE_CHECKING:
    from authsso.services import Services


def tried(
    services: "Services",
    started: SignIn,
    returned: Returned,
    paper: Paper,
    cookies: Sequence[Cookie],
) -> Response[str]:
    """Go through the whole sign-in but for its effects, and keep the result.

    Args:
        services: The world outside.
        started: The test, taken by this request alone.
        returned: What the browser brought back.
        paper: Brand and language.
        cookies: To be removed.

    Returns:
        The page that sends the administrator back to the settings, whatever came of it.
    """
    trail = Trail(services, started)
    try:
        with telling(started.request), following(trail, returned.parameters):
            arrival = arrive(services, started, returned)
            trail.reached("answer_accepted")
            identity = prove(services, arrival, returned.binding, trail)
            _judge(services, arrival, identity, trail)
            trail.reached("user_found")
    except AuthssoError as error:
        log_refusal(error)
    _record(services, trail)
    return _page(trail, started.request.redirect_uri, paper, cookies)


def _judge(services: "Services", arrival: Arrival, identity: Identity, trail: Trail) -> None:
    arrived = Arrived(arrival.connection, arrival.version, identity)
    decision = people.judge(services, services.users, arrived)
    match decision:
        case UseUser(user):
            trail.leads_to(user.username, "known")
        case LinkUser(user):
            trail.leads_to(user.username, "linked")
        case Refusal(code):
            raise sign_in.refused(arrival.started, code, "access_denied", REASONS[code])
        case _:
            trail.leads_to(None, "created")


def _record(services: "Services", trail: Trail) -> None:
    """Keep the result with the version that was tried; the trace has it too.

    An administrator who came back as nobody else may enforce this version. Whether they are one
    still is asked when Enforce is switched on.
    """
    trace, summary = trail.trace, trail.trace.summary
    noted = tuple(noted.code for noted in trace.findings)
    if summary.error and not summary.finding:
        noted = (summary.error, *noted)
    passed = summary.outcome == "signed_in"
    by = summary.started_by or ""
    result = Result(summary.version, services.now(), by, passed, noted, summary.reference)
    try:
        head = services.connections.connection(summary.tenant_id, summary.provider)
        named = head.named if head else frozenset[int]()
        services.evidence.record_result("test", trace.connection_id, result, named=named)
        if passed and trace.username == by:
            services.evidence.record_administrator(
                trace.connection_id, AdministratorSignIn(summary.version, by, services.now())
            )
    except UnavailableError as error:
        log_refusal(error)


def _page(
    trail: Trail, settings_url: str, paper: Paper, cookies: Sequence[Cookie]
) -> Response[str]:
    say = paper.texts.say
    summary = trail.trace.summary
    content = (
        f"<p>{escape(say('test.nothing_changed'))}</p>"
        f'<a class="button" href="{escape(settings_url)}">{escape(say("test.back"))}</a>'
        f'<p class="aside">{escape(say("test.or_close"))}</p>'
        f"<dl><dt>{escape(say('error.reference'))}</dt>"
        f"<dd><code>{escape(summary.reference)}</code></dd></dl>"
    )
    passed = summary.outcome == "signed_in"
    return pages.show(
        paper, say("test.passed" if passed else "test.refused"), content, cookies=cookies
    )
