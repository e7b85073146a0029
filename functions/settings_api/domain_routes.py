"""/settings/sso/domains: the tenant's e-mail domains, each proven by a DNS record."""

from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Path

from authsso.web.settings import editing
from authsso.web.settings.description import described, described_empty
from authsso.web.settings.request_models import DomainClaim
from authsso.web.settings.resolver import SettingsResolver
from settings_api import domains
from settings_api.answer_models import DomainAnswer, DomainsAnswer
from settings_api.answering import nothing_left, shown

if TYPE_CHECKING:
    from authsso.services import Services

_ALL = "/settings/sso/domains"
_ONE = f"{_ALL}/<domain>"
_WRITE_REFUSALS = (400, 401, 403, 409, 412, 413, 415)
_ONE_REFUSALS = (401, 403, 404, 409, 412, 415)

_Domain = Annotated[str, Path(description="The domain, as it was added or in A-labels.")]


def add_routes(app: SettingsResolver, services: "Services") -> None:
    """Add the routes to an app."""

    @app.get(_ALL, responses=described(DomainsAnswer, 401, 403), tags=["domains"])
    def show_all() -> Response[DomainsAnswer]:
        """Show every domain that the tenant has added, proven or not."""
        found = services.domains.domains(app.administrator.tenant_id)
        return shown(DomainsAnswer(domains=[domains.show(claimed) for claimed in found]))

    @app.post(
        _ALL,
        responses=described(DomainAnswer, *_WRITE_REFUSALS, successes=(200, 201)),
        tags=["domains"],
    )
    def claim(wanted: Annotated[DomainClaim, Body()]) -> Response[DomainAnswer]:
        """Add a domain; the answer names the record that proves it."""
        claimed, is_new = domains.claim(editing.begin(app, services), wanted.domain)
        return shown(domains.show(claimed), 201 if is_new else 200)

    @app.post(f"{_ONE}/verify", responses=described(DomainAnswer, *_ONE_REFUSALS), tags=["domains"])
    def verify(domain: _Domain) -> Response[DomainAnswer]:
        """Look the record up now."""
        proven = domains.verify(editing.begin(app, services), unquote(domain))
        return shown(domains.show(proven))

    @app.delete(_ONE, responses=described_empty(*_ONE_REFUSALS), tags=["domains"])
    def remove(domain: _Domain) -> Response[None]:
        """Give a domain up; people are not led here by it any more."""
        domains.remove(editing.begin(app, services), unquote(domain))
        return nothing_left()
