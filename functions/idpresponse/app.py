"""GET, POST /oauth2/idpresponse: the provider's answer becomes our code for the application."""

from typing import TYPE_CHECKING

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

import authsso.adapters.guarded_http  # noqa: F401 - into SnapStart's snapshot, not after each restore
from authsso.errors import DisplayedError
from authsso.protocol.sign_in import hashed
from authsso.web import answers, cookies, organisation_cookie, session_cookies
from authsso.web.browser_app import belongs_to, browser_app, forget_if_it_fails, paper_of
from authsso.web.entrypoint import lambda_handler
from authsso.web.parameters import form, header, query
from idpresponse.arrival import Returned
from idpresponse.completion import complete
from idpresponse.trial import tried

if TYPE_CHECKING:
    from authsso.services import Services


def create_app(services: "Services") -> APIGatewayHttpResolver:
    """Return the app of these routes."""
    app = browser_app(services.config)

    @app.route("/oauth2/idpresponse", method=["GET", "POST"])
    def shared_callback() -> Response[str]:
        return answer(None)

    @app.route("/oauth2/idpresponse/<connection_id>", method=["GET", "POST"])
    def own_callback(connection_id: str) -> Response[str]:
        return answer(connection_id)

    def answer(callback_of: str | None) -> Response[str]:
        event = app.current_event.raw_event
        if "prefetch" in header(event, "sec-purpose"):
            raise DisplayedError("prefetched", status=503)
        method = app.current_event.http_method
        parameters = query(event) if method == "GET" else form(event)
        state_hash = hashed(parameters.get("state", ""))
        binding = cookies.binding_of(event, state_hash)
        if binding is None:
            raise DisplayedError("wrong_browser", "no cookie for this state")

        started = services.sign_ins.take(state_hash, hashed(binding), services.now())
        removal = cookies.expired(state_hash, started.response_mode)
        forget_if_it_fails(app, removal)
        belongs_to(app, started)
        returned = Returned(parameters, method, callback_of, binding)
        if started.started_by is not None:
            return tried(services, started, returned, paper_of(app, services.config), [removal])
        completed = complete(services, started, returned)
        return answers.redirect(
            answers.to_application(
                started.request.redirect_uri,
                {"code": completed.code, "state": started.request.state},
            ),
            [
                removal,
                organisation_cookie.remembered(started.connection_id, completed.email),
                session_cookies.signed_in(started.connection_id),
            ],
        )

    return app


handler = lambda_handler(create_app)
